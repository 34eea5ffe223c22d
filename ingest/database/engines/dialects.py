"""What SQLite and PostgreSQL have other words for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Connection, Result, Select, Table, cast, text, type_coerce

POSTGRESQL = "postgresql"
# What a process has taken is free again then, also where its machine has vanished without a word.
_AT_LONGEST = text("SET LOCAL idle_in_transaction_session_timeout = '5min'")


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


def take(sql: Connection, query: Select[Any], table: Table) -> Result[Any]:
    """The rows of a SELECT that no other transaction has taken; this one has them until its end.

    A SQLite file is used by one process, which gets them all.
    """
    if not is_postgresql(sql):
        return sql.execute(query)
    sql.execute(_AT_LONGEST)
    return sql.execute(query.with_for_update(of=table, skip_locked=True))
