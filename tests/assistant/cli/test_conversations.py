"""`dateline conversations`, on an archive that nobody serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.run import run
from assistant.conversations.memory import Memory
from ingest.archive.archive import Archive
from tests.assistant.conversations.test_kept import RAISE, an_answer, an_article
from tests.fakes import HashEmbedder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([an_article()])
        memory = Memory(archive.store.engine)
        memory.add(an_answer("How did it end?", RAISE))
        memory.add(an_answer("Where is the lighthouse?", talk="light"))
        archive.add([an_article("Quite another text.")])
    return folder


def test_they_are_listed_searched_and_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(folder), "conversations", "list", "--limit", "1"]) == 0
    listed = capsys.readouterr()
    assert listed.out.startswith("light  ")
    cursor = listed.err.rpartition(" ")[2].strip()
    assert run(["--data", str(folder), "conversations", "list", "--cursor", cursor, "--json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["conversations"]] == ["talk"]
    assert run(["--data", str(folder), "conversations", "list", "--text", "raise percent"]) == 0
    assert "> How did it end? — Crews accepted a raise" in capsys.readouterr().out
    assert run(["--data", str(folder), "conversations", "show", "talk"]) == 0
    assert "! [1] the article has been corrected since and no longer says this" in capsys.readouterr().out


def test_one_is_named_exported_and_deleted(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(folder), "conversations", "rename", "talk", "The", "strike"]) == 0
    assert "The strike · 1 question" in capsys.readouterr().out
    assert run(["--data", str(folder), "conversations", "rename", "talk", "x" * 201]) == 2
    file = tmp_path / "strike.md"
    assert run(["--data", str(folder), "conversations", "export", "talk", "--output", str(file)]) == 0
    assert file.read_text(encoding="utf-8").startswith("# The strike\n")
    assert run(["--data", str(folder), "conversations", "export", "talk", "--output", str(file)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert run(["--data", str(folder), "conversations", "delete", "talk"]) == 2
    assert run(["--data", str(folder), "conversations", "delete", "talk", "light", "--yes"]) == 0
    capsys.readouterr()
    assert run(["--data", str(folder), "conversations", "show", "talk"]) == 2
    assert "there is no conversation talk" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "nowhere" / "x.md")
    assert run(["--data", str(folder), "conversations", "export", "talk", "--output", place]) == 2
    assert "cannot be written" in capsys.readouterr().err
