"""The schema of the database: made in a new one, and brought up to date in one that an earlier Dateline made."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, func, insert, inspect, select

from ingest.database.engines.dialects import is_postgresql
from ingest.database.tables import metadata
from ingest.errors import ArchiveMismatch

HEAD = "0012"  # the newest of `migrations/versions`; each is later than those before it in the order of their letters
_MIGRATING = 0x64746C6E6D6967  # the lock of a database while its tables are made or changed
_noted = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def is_current(engine: Engine) -> bool:
    """Whether the database is as this Dateline has it. Raises ArchiveMismatch for a later version's."""
    with engine.connect() as sql:
        at = _version(sql)
    if at and at > HEAD:
        raise ArchiveMismatch(
            f"the archive's database belongs to a later version of Dateline ({at})", "upgrade Dateline"
        )
    return at == HEAD


def bring_up(engine: Engine) -> None:
    """Make the tables, or migrate those that are there: all of it or nothing.

    Raises ArchiveMismatch for the database of a later version.
    """
    if is_current(engine):
        return
    with engine.connect() as sql:
        if is_postgresql(sql):
            sql.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))  # another node may have begun
            if _version(sql) != HEAD:
                _bring_up(sql)
            sql.commit()
            return
        # Where a table is made anew under its name, what refers to it stays; and SQLite's driver begins a transaction
        # before rows are written, not before tables are.
        sql.exec_driver_sql("PRAGMA foreign_keys=OFF")
        sql.exec_driver_sql("BEGIN IMMEDIATE")
        _bring_up(sql)
        sql.commit()
        sql.exec_driver_sql("PRAGMA foreign_keys=ON")


def _bring_up(sql: Connection) -> None:
    if _has(sql, "articles"):
        _migrate(sql)
    else:
        make_tables(sql)


def _version(sql: Connection) -> str | None:
    return sql.execute(select(func.max(_noted.c.version_num))).scalar() if _has(sql, _noted.name) else None


def make_tables(sql: Connection) -> None:
    """The tables of a new database, without the migrations that led to them."""
    metadata.create_all(sql)
    _noted.create(sql)
    sql.execute(insert(_noted).values(version_num=HEAD))


def _has(sql: Connection, table: str) -> bool:
    return inspect(sql).has_table(table)


def _migrate(sql: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = sql
    command.upgrade(config, "head")
