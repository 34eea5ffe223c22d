"""What keeps an archive: doctor, repair, backup, restore and export, and what a full disk does to it."""

from __future__ import annotations

import gzip
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant.cli.run import run
from tests.assistant.cli.shell import Shell
from tests.assistant.processes import dateline, running_service

COMMAND = [sys.executable, "-m", "assistant"]


def test_a_text_that_changed_on_the_disk_is_found_and_named(
    tmp_path: Path, newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "archive")]
    assert run([*data, "ingest", str(newsroom)]) == 0
    with closing(sqlite3.connect(tmp_path / "archive" / "archive.sqlite3")) as sql:
        sql.execute("UPDATE versions SET text = replace(text, '14 metres', '41 metres')")
        sql.commit()
    assert run([*data, "ask", "How long is the crack in the Aldermoss dam?"]) == 4
    assert "dateline repair" in capsys.readouterr().err
    assert run([*data, "doctor", "--deep"]) == 4
    assert "the text of article" in capsys.readouterr().out
    assert run([*data, "repair"]) == 1
    assert "✗ lost: article" in (printed := capsys.readouterr().out)
    assert "dateline reindex reads" in printed
    assert run([*data, "reindex"]) == 0
    assert run([*data, "doctor", "--deep"]) == 0
    capsys.readouterr()
    assert run([*data, "repair", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"mended": [], "lost": []}


def test_an_archive_moves_by_backup_and_its_articles_by_export(
    tmp_path: Path, newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = (["--data", str(tmp_path / name)] for name in ("first", "second", "third"))
    backup, dump = str(tmp_path / "news.backup"), str(tmp_path / "news.jsonl.gz")
    assert run([*first, "ingest", str(newsroom)]) == 0
    assert run([*first, "backup", backup]) == 0
    assert run([*first, "backup", backup]) == 2
    assert run([*second, "restore", backup]) == 0
    assert run([*second, "restore", backup]) == 2
    assert run([*second, "export", dump]) == 0
    with gzip.open(dump) as lines:
        assert {json.loads(line)["outlet"] for line in lines} == {"Harbour Post", "Valley Gazette"}
    capsys.readouterr()
    assert run([*third, "ingest", dump]) == 0
    assert capsys.readouterr().out.startswith("3 added")
    assert run([*third, "ingest", str(newsroom)]) == 0
    assert "3 unchanged" in capsys.readouterr().out
    assert run([*third, "export"]) == 0
    assert capsys.readouterr().out.count('{"dateline":"article"') == 3


@pytest.mark.parametrize("command", ["backup", "export"])
def test_no_file_is_overwritten_unasked_and_none_of_the_archive_ever(
    newsroom_archive: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = ["--data", str(newsroom_archive)], tmp_path / "note.md"
    file.write_text("mine")
    assert run([*data, command, str(file)]) == 2
    assert "note.md exists already - name another file, or pass --replace" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert run([*data, command, "--replace", str(newsroom_archive / "archive.sqlite3")]) == 2
    assert "is in the folder of the archive" in capsys.readouterr().err
    os.mkfifo(tmp_path / "pipe")
    assert run([*data, command, "--replace", str(tmp_path / "pipe")]) == 2
    assert "is no regular file" in capsys.readouterr().err
    assert run([*data, command, "--replace", str(file)]) == 0
    assert "3 articles" in capsys.readouterr().err
    assert run([*data, "doctor"]) == 0


@pytest.mark.parametrize("command", ["backup", "export"])
@pytest.mark.usefixtures("newsroom_archive")
def test_the_file_that_a_link_leads_to_is_written(shell: Shell, tmp_path: Path, command: str) -> None:
    link, there = tmp_path / "latest", tmp_path / "elsewhere"
    there.mkdir()
    link.symlink_to(there / "news")
    assert [shell(command, link).code, shell(command, link).code, shell(command, link, "--replace").code] == [0, 2, 0]
    assert link.is_symlink()
    assert [path.name for path in there.iterdir()] == ["news"]


def test_nothing_is_exported_where_there_is_no_archive(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text("of an archive that is elsewhere")
    for command in ("backup", "export"):
        done = shell(command, file, "--replace")
        assert (done.code, "there is no archive in" in done.err) == (2, True)
    assert file.read_text() == "of an archive that is elsewhere"


def test_the_doctor_makes_no_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", str(tmp_path / "archive"), "doctor"]) == 2
    assert "there is no archive in" in capsys.readouterr().err
    assert not (tmp_path / "archive").exists()


def test_an_empty_database_is_not_for_repair(newsroom_archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (newsroom_archive / "archive.sqlite3").write_bytes(b"")
    assert run(["--data", str(newsroom_archive), "repair"]) == 2
    assert "dateline restore brings one back from a backup" in capsys.readouterr().err


@pytest.mark.slow
def test_a_backup_is_made_beside_a_running_service(tmp_path: Path, newsroom: Path, shell: Shell) -> None:
    file = tmp_path / "news.backup"
    with running_service(shell.data) as (_, client):
        assert client.post("/sources", json={"sources": [str(newsroom)]}).status_code == 200
        done = shell("backup", file)
        assert (done.code, "3 articles backed up" in done.err) == (0, True)
        deep = client.get("/doctor", params={"deep": True})
        assert deep.status_code in (200, 401)
        assert shell("repair").code == 3
        assert shell("restore", file, "--replace").code == 3
        assert shell("doctor", "--deep").code == 0
    shell.data = tmp_path / "other"
    assert shell("restore", file).code == 0


def test_new_files_are_private_in_a_folder_that_was_there(tmp_path: Path, newsroom: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir(mode=0o755)
    assert run(["--data", str(folder), "ingest", str(newsroom)]) == 0
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077] == []


def limited(quarters: int) -> None:
    """No file may grow beyond so many quarters of a megabyte, which fails as a full disk does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (quarters * 2**18, quarters * 2**18))


@pytest.mark.slow
@pytest.mark.parametrize("quarters", [2, *(pytest.param(one, marks=pytest.mark.thorough) for one in (0, 1, 3, 4, 6))])
def test_no_room_is_one_clear_error_and_the_next_run_completes(tmp_path: Path, quarters: int) -> None:
    data, dump = tmp_path / "archive", tmp_path / "dump.jsonl"
    texts = (
        " ".join(f"Report {n} of harbour {n} says that item {item} was decided." for item in range(90))
        for n in range(60)
    )
    dump.write_text(
        "".join(json.dumps({"title": f"Report {n}", "text": text}) + "\n" for n, text in enumerate(texts))
    )
    ingest = [*COMMAND, "--data", str(data), "ingest", str(dump)]
    done = subprocess.run(
        ingest,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: limited(quarters),
    )
    assert done.returncode in (0, 5), done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "no room" in done.stderr
    assert subprocess.run(ingest, capture_output=True, check=False).returncode == 0
    assert dateline(data, "doctor", "--deep").returncode == 0
    assert json.loads(dateline(data, "articles", "list", "--json").stdout)["total"] == 60


def test_a_backup_is_not_for_standard_output(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = shell("backup", "-")
    assert (told.code, told.err.count("standard output")) == (2, 1)
    assert not Path("-").exists()
