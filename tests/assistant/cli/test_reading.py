"""Commands that only read: they load nothing that searches, and need nobody's leave."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.run import run
from ingest.archive.lock import ArchiveLock
from tests.assistant.processes import dateline

HEAVY = {"numpy", "openvino", "chromadb", "tantivy", "langchain_core", "httpx", "fastapi", "rich", "filelock"}
SCRIPT = """
import sys
from assistant.cli.run import run
assert run(sys.argv[1:]) == 0
print(*sorted(sys.modules), file=sys.stderr)
"""
READING = [
    ["articles", "list"],
    ["outlets"],
    ["sources", "list"],
    ["outcomes"],
    ["feeds", "list"],
    ["feeds", "export"],
    ["retry"],
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading")
    (folder / "bus.md").write_text("---\ntitle: Night bus\noutlet: Tide\n---\n\nA night bus runs from December on.\n")
    assert run(["--data", str(folder / "archive"), "ingest", str(folder / "bus.md")]) == 0
    return folder / "archive"


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_it_loads_nothing_heavy(data: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-c", SCRIPT, "--data", str(data), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert set(done.stderr.split()) & HEAVY == set()


@pytest.mark.parametrize("arguments", [["feeds", "add", "https://news.example/rss"], ["sources", "remove", "/gone"]])
def test_what_is_noted_loads_no_model_and_no_index(data: Path, arguments: list[str]) -> None:
    script = SCRIPT.replace("assert run(sys.argv[1:]) == 0", "run(sys.argv[1:])")
    command = [sys.executable, "-c", script, "--data", str(data), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert set(done.stderr.split()) & (HEAVY - {"filelock"}) == set()


@pytest.mark.parametrize("arguments", [["ask", "When does the night bus run?"], ["ingest", "bus.md"]], ids=" ".join)
def test_one_question_and_a_file_that_has_not_changed_need_neither_chroma_nor_langchain(
    data: Path, arguments: list[str]
) -> None:
    command = [sys.executable, "-c", SCRIPT, "--data", str(data), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=data.parent)
    assert done.returncode == 0, done.stderr
    assert {"chromadb", "langchain_core"}.isdisjoint(done.stderr.split())


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_it_reads_while_another_process_owns_the_archive(data: Path, arguments: list[str]) -> None:
    lock = ArchiveLock(data).acquire("dateline ingest")
    try:
        done = dateline(data, *arguments)
    finally:
        lock.release()
    assert (done.returncode, "error" in done.stderr) == (0, False)


def test_an_article_is_shown_while_another_process_owns_the_archive(data: Path) -> None:
    [article] = json.loads(dateline(data, "articles", "list", "--json").stdout)["articles"]
    lock = ArchiveLock(data).acquire("dateline ingest")
    try:
        assert "runs from December" in dateline(data, "articles", "show", article["article_id"]).stdout
        assert dateline(data, "feeds", "add", "https://news.example/two").returncode == 3
    finally:
        lock.release()


def test_another_embedder_does_not_matter_to_a_list(data: Path) -> None:
    done = dateline(data, "articles", "list", env={"DATELINE_EMBEDDER": "/some/model", "PATH": ""})
    assert (done.returncode, "Night bus" in done.stdout) == (0, True)


def test_where_there_is_no_archive_it_says_so_and_makes_none(tmp_path: Path) -> None:
    done = dateline(tmp_path / "typo", "articles", "list", "--json")
    assert (done.returncode, json.loads(done.stdout)["total"]) == (0, 0)
    assert "no archive in" in done.stderr
    assert not (tmp_path / "typo").exists()
