"""All rows of a database into another one, of whatever kind: batch by batch, so that who is killed can go on."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, delete, func, insert, select, tuple_

from ingest.database.tables import changes, facts, metadata

AT_ONCE = 500  # rows
COPIED = [
    table for table in metadata.sorted_tables if table not in (facts, changes)
]  # those that others refer to first
Done = Callable[[int], None]


def count_rows(sql: Connection) -> int:
    return sum(sql.execute(select(func.count()).select_from(table)).scalar_one() for table in COPIED)


def is_empty(sql: Connection) -> bool:
    return all(sql.execute(select(table).limit(1)).first() is None for table in COPIED)


def copy_rows(old: Connection, new: Engine, done: Done) -> None:
    """Copy what is not there yet; `done` is told of each batch how many rows it had."""
    for table in COPIED:
        with new.connect() as sql:
            last = sql.execute(_ordered(table, backwards=True).limit(1)).first()
        query = _ordered(table)
        if last is not None:
            query = query.where(tuple_(*_key(table)) > tuple(last._mapping[column.name] for column in _key(table)))
        for rows in _batches(old, query):
            with new.begin() as sql:
                sql.execute(insert(table), rows)
            done(len(rows))


def first_difference(old: Connection, new: Connection, done: Done) -> str:
    """The table in which two databases differ; empty where every row is the same."""
    for table in COPIED:
        pairs = itertools.zip_longest(_batches(old, _ordered(table)), _batches(new, _ordered(table)))
        for one, other in pairs:
            if one != other:
                return table.name
            done(len(one))
    return ""


def clear(sql: Connection) -> None:
    """Delete all rows."""
    for table in reversed(COPIED):
        sql.execute(delete(table))


def _batches(sql: Connection, query: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    with sql.execute(query, execution_options={"yield_per": AT_ONCE}) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


def _ordered(table: Table, *, backwards: bool = False) -> Select[Any]:
    """The rows of a table in the order of their keys, which is the same in every database."""
    return select(table).order_by(*(column.desc() if backwards else column for column in _key(table)))


def _key(table: Table) -> list[Any]:
    return list(table.primary_key)
