"""Files that have not changed since they were read are left closed, and nothing is missed by that."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.intake import ingest_sources, reindex_sources
from ingest.sources.seen import SETTLED_SECONDS
from ingest.types import Outcome
from tests.fakes import HashEmbedder

LONG_AGO = 1_700_000_000


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files and a dump that have settled."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_text(f"Report {number}\n\nThe ferry made trip number {number} on Monday.")
    records = [{"title": f"Record {n}", "text": f"The dam has crack number {n} since Monday."} for n in range(3)]
    (folder / "dump.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    time.sleep(SETTLED_SECONDS + 0.1)
    return folder


def told(archive: Archive, folder: Path) -> list[str]:
    events = ingest_sources(archive, [folder])
    return sorted(f"{event.status} {event.title}" for event in events if isinstance(event, Outcome))


ALL = ["Record 0", "Record 1", "Record 2", "Report 0", "Report 1"]


def test_files_that_have_not_changed_are_told_as_unchanged(archive: Archive, folder: Path) -> None:
    assert told(archive, folder) == [f"added {title}" for title in ALL]
    for _ in range(2):
        assert told(archive, folder) == [f"unchanged {title}" for title in ALL]
    assert archive.store.summary().articles == len(ALL)


def test_a_file_that_has_changed_is_read(archive: Archive, folder: Path) -> None:
    told(archive, folder)
    (folder / "1.txt").write_text("Report 1\n\nThe ferry made trip number 9 on Monday.")
    assert told(archive, folder) == ["unchanged Record 0", "unchanged Record 1", "unchanged Record 2",
                                     "unchanged Report 0", "updated Report 1"]  # fmt: skip


def test_a_change_that_keeps_size_and_time_is_seen(archive: Archive, folder: Path) -> None:
    path = folder / "1.txt"
    os.utime(path, (LONG_AGO, LONG_AGO))
    told(archive, folder)
    path.write_text(path.read_text().replace("number 1", "number 7"))
    os.utime(path, (LONG_AGO, LONG_AGO))
    time.sleep(SETTLED_SECONDS + 0.1)
    assert "updated Report 1" in told(archive, folder)


def test_a_removed_article_comes_back_when_its_file_is_named(archive: Archive, folder: Path) -> None:
    told(archive, folder)
    [gone] = [one.id for one in archive.store.all_articles() if one.title == "Record 1"]
    archive.remove(gone)
    events = reindex_sources(archive)
    assert "skipped" in {event.status for event in events if isinstance(event, Outcome)}
    assert "added Record 1" in told(archive, folder)


def test_records_that_have_gone_from_a_dump_are_not_told_of_again(archive: Archive, folder: Path) -> None:
    told(archive, folder)
    dump = folder / "dump.jsonl"
    dump.write_text(dump.read_text().splitlines()[0] + "\n")
    for _ in range(3):
        assert "unchanged Record 2" not in told(archive, folder)


def test_a_file_that_was_written_just_now_is_read_again(archive: Archive, folder: Path) -> None:
    (folder / "new.txt").write_text("Report 5\n\nThe ferry made trip number 5 on Monday.")
    told(archive, folder)
    with archive.store.engine.connect() as sql:
        seen = set(sql.exec_driver_sql("SELECT source FROM seen_files").scalars())
    assert {Path(source).name for source in seen} == {"0.txt", "1.txt", "dump.jsonl"}
