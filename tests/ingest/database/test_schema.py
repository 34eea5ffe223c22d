"""The database of an earlier Dateline opens in this one, with everything that was in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ingest.archive.archive import Archive
from ingest.archive.shelf import LooseShelf
from ingest.database import schema
from ingest.database.store import open_engine
from ingest.database.tables import metadata
from ingest.errors import ArchiveDamaged, ArchiveMismatch
from tests.fakes import HashEmbedder, an_article

# Archives from before migrations began have no note of their schema, and lack the tables that came last.
LATER = (
    *("alembic_version", "names", "turns", "keys", "conversations", "turn_words", "awaiting", "seen_files"),
    *("collections", "collection_members", "jobs", "retention", "facts", "changes", "job_files"),
)
CHECKED = ("versions", "embeddings", "sentence_embeddings")
AS_BEFORE = "".join(f"DROP TABLE {table};" for table in LATER)
AS_BEFORE += "".join(f"ALTER TABLE {table} DROP COLUMN checksum;" for table in CHECKED)
AS_BEFORE += "ALTER TABLE removed DROP COLUMN reason;"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
    return tmp_path


def execute(folder: Path, statements: str) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as sql:
        sql.executescript(statements)


def tables(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as sql:
        return {name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_the_migrations_lead_to_the_schema_of_a_new_archive(tmp_path: Path) -> None:
    execute(tmp_path, "CREATE TABLE articles (id VARCHAR NOT NULL PRIMARY KEY)")
    execute(tmp_path, "".join(f"ALTER TABLE articles ADD COLUMN {column};" for column in (
        "version VARCHAR", "outlet VARCHAR NOT NULL DEFAULT ''", "folded_outlet VARCHAR NOT NULL DEFAULT ''",
        "title TEXT NOT NULL DEFAULT ''", "url TEXT", "published INTEGER", "day INTEGER",
        "added INTEGER NOT NULL DEFAULT 0", "removing BOOLEAN DEFAULT 0 NOT NULL",
    )))  # fmt: skip
    engine = open_engine(tmp_path / "archive.sqlite3")
    with engine.connect() as sql:
        differences = compare_metadata(MigrationContext.configure(sql), metadata)
    engine.dispose()
    assert differences == []


def test_the_newest_migration_is_the_one_that_is_noted() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_an_archive_from_before_migrations_opens_with_what_it_holds(folder: Path) -> None:
    execute(folder, AS_BEFORE)
    with Archive.open(folder, HashEmbedder()) as archive:
        assert [article.title for article in archive.store.all_articles()] == [an_article().title]
        assert archive.add([an_article("Another text.", title="Another")]) > 0
    assert tables(folder) >= metadata.tables.keys()


def test_an_archive_that_noted_another_migration_by_the_number_of_keys_gets_them(folder: Path) -> None:
    execute(folder, "DROP TABLE keys; DROP TABLE job_files; UPDATE alembic_version SET version_num = '0010'")
    Archive.open(folder, HashEmbedder()).close()
    assert tables(folder) >= metadata.tables.keys()


def test_one_who_only_reads_an_archive_from_before_migrations_has_it_brought_up_to_date(folder: Path) -> None:
    execute(folder, AS_BEFORE)
    with LooseShelf.to_read(folder) as shelf:
        assert shelf.store.summary().articles == 1
    assert tables(folder) >= {"names", "turns"}


def test_the_database_of_a_later_dateline_is_left_as_it_is(folder: Path) -> None:
    execute(folder, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArchiveMismatch, match="later version of Dateline"):
        Archive.open(folder, HashEmbedder())
    with pytest.raises(ArchiveMismatch, match="later version of Dateline"):
        LooseShelf.to_read(folder)


def test_a_migration_that_fails_leaves_nothing_half_done(folder: Path) -> None:
    execute(folder, AS_BEFORE + "DROP TABLE stories; CREATE TABLE stories (article_id VARCHAR PRIMARY KEY);")
    before = tables(folder)
    with pytest.raises(ArchiveDamaged):
        Archive.open(folder, HashEmbedder())
    assert tables(folder) == before
