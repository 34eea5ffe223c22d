"""What is known of a shared database as a whole."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, delete, select

from ingest.database.engines.dialects import insert_new, upsert
from ingest.database.tables import facts

Fact = Literal["id", "made_with", "moved_from"]


def fact(sql: Connection, name: Fact) -> str | None:
    return sql.execute(select(facts.c.value).where(facts.c.name == name)).scalar()


def keep_fact(sql: Connection, name: Fact, value: str, *, first: bool = False) -> None:
    """Keep what is known; with `first` only where nothing was known."""
    statement = insert_new(sql, facts) if first else upsert(sql, facts)
    sql.execute(statement.values(name=name, value=value))


def forget_fact(sql: Connection, name: Fact) -> None:
    sql.execute(delete(facts).where(facts.c.name == name))
