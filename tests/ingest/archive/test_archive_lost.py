"""An archive that lost a part of itself: nothing is made anew over what is left, and the doctor can still look."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.archive.manifest import Manifest
from ingest.database import schema
from ingest.database.tables import metadata
from ingest.embedding.chunk import CHUNKER
from ingest.errors import ArchiveDamaged, ArchiveMismatch
from tests.fakes import HashEmbedder, an_article

AS_FOUND = Path(schema.__file__).with_name("migrations") / "versions" / "0001_as_found.sql"
WORDS = Manifest.of(HashEmbedder()).words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
    return tmp_path


@pytest.mark.parametrize("lost", ["missing", "empty"])
def test_a_lost_database_is_told_and_the_indexes_are_kept(folder: Path, lost: str) -> None:
    database = folder / "archive.sqlite3"
    database.unlink() if lost == "missing" else database.write_bytes(b"")
    with pytest.raises(ArchiveDamaged, match="missing or empty"):
        Archive.open(folder, HashEmbedder())
    assert (folder / WORDS).exists()
    assert (folder / "vectors-1").exists()
    assert not database.exists() or database.stat().st_size == 0


@pytest.mark.parametrize("part", ["vectors-1", WORDS])
def test_the_doctor_tells_of_an_index_that_is_gone(folder: Path, part: str) -> None:
    shutil.rmtree(folder / part)
    with Archive.open(folder, HashEmbedder(), check=False) as archive:
        [bad] = [finding for finding in examine(archive) if not finding.ok]
    assert bad.detail == "an index is missing; dateline repair fixes it"


def test_the_doctor_tells_of_a_word_index_that_cannot_be_read(folder: Path) -> None:
    (folder / WORDS / "meta.json").write_text("{")
    with Archive.open(folder, HashEmbedder(), check=False) as archive:
        [bad] = [finding for finding in examine(archive) if not finding.ok]
    assert "cannot be opened" in bad.detail


def test_an_archive_without_embeddings_of_sentences_gets_them_by_a_rebuild(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(CHUNKER, "sentences-200"))
    with sqlite3.connect(folder / "archive.sqlite3") as sql:
        sql.executescript("DROP TABLE sentence_embeddings; DROP TABLE alembic_version")
        for table in ("versions", "embeddings"):
            sql.execute(f"ALTER TABLE {table} DROP COLUMN checksum")
        for table in set(metadata.tables) - set(re.findall(r"EXISTS (\w+) \(", AS_FOUND.read_text())):
            sql.execute(f"DROP TABLE {table}")
        sql.execute("ALTER TABLE removed DROP COLUMN reason")
    with pytest.raises(ArchiveMismatch) as told:
        Archive.open(folder, HashEmbedder())
    assert "reindex --full" in told.value.hint
    with Archive.open(folder, HashEmbedder(), check=False) as archive:
        assert "embeddings" in {finding.name for finding in examine(archive) if not finding.ok}
        archive.rebuild()
        assert [finding for finding in examine(archive) if not finding.ok] == []


def test_an_archive_of_an_earlier_schema_says_what_to_do(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema_version": 2', '"schema_version": 1'))
    with sqlite3.connect(folder / "archive.sqlite3") as sql:
        sql.execute("DROP TABLE alembic_version")
    with pytest.raises(ArchiveMismatch, match="earlier version of Dateline"):
        Archive.open(folder, HashEmbedder())
