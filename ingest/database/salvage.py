"""A database that SQLite calls malformed: what can still be read is put into a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from ingest.database.rows import connect, integrity
from ingest.database.store import open_engine
from ingest.database.tables import metadata

DERIVED = frozenset({"shingles", "sketches", "likenesses", "stories"})  # made anew from the texts
_FAR = 2**17  # row numbers tried where the last one cannot be read
_TOGETHER = 512  # rows read at once


def is_malformed(path: Path) -> bool:
    """Whether SQLite's own check finds the file at fault."""
    try:
        with closing(connect(path)) as sql:
            return bool(integrity(sql))
    except sqlite3.DatabaseError:
        return True


def reindexed(path: Path) -> bool:
    """Make the indexes within the database anew; whether that was all it lacked."""
    try:
        with closing(connect(path, writing=True)) as sql:
            sql.execute("REINDEX")
            sql.commit()
    except sqlite3.DatabaseError:
        return False
    return not is_malformed(path)


def salvage(damaged: Path, fresh: Path) -> dict[str, int]:
    """Copy every readable row into a new database; how many rows of each table could not be read, where any.

    Raises sqlite3.DatabaseError where the file is no database any more.
    """
    fresh.unlink(missing_ok=True)
    open_engine(fresh).dispose()
    with closing(connect(damaged)) as old, closing(connect(fresh, writing=True)) as new:
        old.row_factory = None
        old.text_factory = bytes
        old.execute("SELECT name FROM sqlite_schema").fetchall()
        new.execute("PRAGMA foreign_keys=OFF")
        lost = {table.name: _copy(old, new, table) for table in metadata.sorted_tables if table.name not in DERIVED}
        new.commit()
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {name: count for name, count in lost.items() if count}


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: Table) -> int:
    """Copy a table; returns how many of its rows could not be read."""
    try:
        names = [row[1].decode() for row in old.execute(f"PRAGMA table_info({table.name})")]
    except sqlite3.DatabaseError:
        names = [column.name for column in table.columns]
    there = [name for name in names if name in table.columns]
    places = ", ".join("CAST(? AS TEXT)" if _is_text(table, name) else "?" for name in there)
    columns = ", ".join(f'"{name}"' for name in there)
    statement = f"INSERT OR IGNORE INTO {table.name} ({columns}) VALUES ({places})"  # noqa: S608
    lost = 0
    for row in _rows(old, table.name, columns):
        if row is None:
            lost += 1
            continue
        try:
            new.execute(statement, row)
        except sqlite3.DatabaseError:  # a value that must not be empty is
            lost += 1
    return lost


def _is_text(table: Table, name: str) -> bool:
    return bool(table.columns[name].type.python_type is str)


def _rows(sql: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...] | None]:
    last = _last(sql, table)
    for first in range(1, last + 1, _TOGETHER):
        yield from _between(sql, table, columns, first, min(first + _TOGETHER - 1, last))


def _last(sql: sqlite3.Connection, table: str) -> int:
    try:
        return int(sql.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0])  # noqa: S608
    except sqlite3.DatabaseError:
        return _FAR


def _between(
    sql: sqlite3.Connection, table: str, columns: str, first: int, last: int
) -> Iterator[tuple[Any, ...] | None]:
    """The rows whose numbers lie between two; None for each that cannot be read."""
    query = f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ?"  # noqa: S608
    try:
        found = sql.execute(query, (first, last)).fetchall()
    except sqlite3.DatabaseError:
        if first == last:
            yield None
            return
        middle = (first + last) // 2
        yield from _between(sql, table, columns, first, middle)
        yield from _between(sql, table, columns, middle + 1, last)
    else:
        yield from found
