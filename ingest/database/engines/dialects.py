"""What SQLite and PostgreSQL have other words for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Connection, Result, Select, Table, cast, func, select, type_coerce

POSTGRESQL = "postgresql"
_TAKING = 0x7461_6B65  # the first number of the locks on rows that are taken; the second is of the row
_PROCESSES = 16  # that take rows at a time find some that are free


def is_postgresql(sql: Connection) -> bool:
    return sql.dialect.name == POSTGRESQL


def insert_new(sql: Connection, table: Table) -> Any:
    """An INSERT that leaves the rows as they are whose key is there."""
    return _insert(sql, table).on_conflict_do_nothing()


def upsert(sql: Connection, table: Table, *names: str, change: Mapping[str, Any] | None = None) -> Any:
    """An INSERT that changes the rows whose key is there.

    names   the columns that are taken from the new row; by default all
    change  the new values, instead
    """
    statement = _insert(sql, table)
    taken = names or [column.name for column in table.columns if not column.primary_key]
    change = change or {name: statement.excluded[name] for name in taken}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=change)


def _insert(sql: Connection, table: Table) -> Any:
    if is_postgresql(sql):
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def told_in(sql: Connection, column: Any, name: str) -> Any:
    """The text that a column of JSON has under a name."""
    record = cast(column, JSON) if is_postgresql(sql) else type_coerce(column, JSON)
    return record[name].as_string()


def take(sql: Connection, query: Select[Any], most: int) -> Result[Any]:
    """The first rows of a SELECT of a key that no other transaction has taken; this one has them until its end.

    The rows themselves are not locked: who changes or deletes them does not wait. A SQLite file is used by one
    process, which gets them all.
    """
    if not is_postgresql(sql):
        return sql.execute(query.limit(most))
    found = query.limit(_PROCESSES * most).subquery()
    [key] = found.columns
    is_free = func.pg_try_advisory_xact_lock(_TAKING, func.hashtext(key))
    return sql.execute(select(key).where(is_free).limit(most))
