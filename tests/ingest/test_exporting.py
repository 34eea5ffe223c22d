"""Articles that are exported and ingested again are as they were, with their versions and where they came from."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.archive.archive import Archive
from ingest.database.exporting import exported_articles
from ingest.intake import ingest_sources, reindex_sources
from ingest.types import Report
from tests.fakes import HashEmbedder

CHANGED = "Engineers found a crack of 41 metres in the Aldermoss dam."


def ingested(archive: Archive, path: Path) -> Report:
    *_, report = ingest_sources(archive, [path])
    assert isinstance(report, Report)
    return report


def written(archive: Archive, path: Path) -> list[dict[str, Any]]:
    records = [one.model_dump(mode="json", exclude_none=True) for one in exported_articles(archive.store.engine)]
    marked = [{"dateline": one.pop("dateline"), **one} for one in records]
    path.write_text("".join(json.dumps(one) + "\n" for one in marked))
    return marked


@pytest.fixture
def folder(tmp_path: Path, newsroom: Path) -> Path:
    """An archive of three articles, one of which was corrected."""
    folder = tmp_path / "archive"
    with Archive.open(folder, HashEmbedder()) as archive:
        ingested(archive, newsroom)
        page = newsroom / "dam.md"
        page.write_text(page.read_text().replace("a crack of 14 metres", "a crack of 41 metres"))
        ingested(archive, newsroom)
    return folder


def rows(folder: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as sql:
        return sql.execute(query).fetchall()


def test_an_export_is_read_back_with_versions_and_origins(folder: Path, newsroom: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "news.jsonl", tmp_path / "other"
    with Archive.open(folder, HashEmbedder()) as archive:
        exported = written(archive, file)
    assert len(exported) == 4
    with Archive.open(other, HashEmbedder()) as archive:
        counts = ingested(archive, file).counts
        assert (counts["added"], counts["updated"], counts["failed"]) == (3, 1, 0)
        again = written(archive, tmp_path / "again.jsonl")
        own = [
            {**one, "outcomes": [from_ for from_ in one["outcomes"] if from_["source"] != str(file)]} for one in again
        ]
        assert own == exported
        assert ingested(archive, newsroom).counts["unchanged"] == 3
        assert ingested(archive, file).counts["unchanged"] == 4
    for query in (
        "SELECT article_id, digest, record, text, seen, state FROM versions ORDER BY 1, 5",
        "SELECT id, version, outlet, title, url, published, day FROM articles ORDER BY 1",
        "SELECT id, version, ordinal, start, end, embedding FROM passages ORDER BY 1, 2",
    ):
        assert rows(other, query) == rows(folder, query)


def test_what_was_removed_is_not_exported(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        gone = next(archive.store.all_articles())
        archive.remove(gone.id)
        assert gone.id not in {one["id"] for one in written(archive, tmp_path / "news.jsonl")}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "Something else."}, "title, text or id were changed"),
        ({"id": "../../etc"}, "title, text or id were changed"),
        ({"published": "yesterday"}, "published"),
        ({"outcomes": [{"source": "x", "page": "not hex", "status": "added", "at": "2026-10-01T00:00:00Z"}]}, "page"),
        ({"weather": "fine"}, "weather"),
    ],
)
def test_a_changed_record_is_refused_with_what_is_wrong(
    folder: Path, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    file = tmp_path / "news.jsonl"
    with Archive.open(folder, HashEmbedder()) as archive:
        [first, *_] = written(archive, file)
    file.write_text(json.dumps({**first, **change}) + "\n")
    with Archive.open(tmp_path / "other", HashEmbedder()) as archive:
        [outcome] = ingested(archive, file).outcomes
    assert outcome.status == "failed"
    assert said in outcome.reason
    assert "dateline export" in outcome.reason


def test_a_reindex_of_an_export_changes_nothing(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        written(archive, tmp_path / "news.jsonl")
    with Archive.open(tmp_path / "other", HashEmbedder()) as archive:
        ingested(archive, tmp_path / "news.jsonl")
        *_, report = reindex_sources(archive)
        assert isinstance(report, Report)
        assert report.counts["unchanged"] == 4
