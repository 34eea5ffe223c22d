"""The vectors of passages in PostgreSQL with pgvector: the same index for all who share the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from ingest.archive.vectors.chroma import NEIGHBOURS, Vectors, metadata_of
from ingest.database.engines.postgres import translated
from ingest.errors import SettingsError
from ingest.types import EVERYTHING, Article, Filter, Passage

_AT_ONCE = 500  # rows in a statement
_READ = 5000
# As Chroma is set up. An iterative scan goes on where a filter leaves too few of those.
_LINKS = f"m = {NEIGHBOURS}, ef_construction = 128"
_SEARCH = ("hnsw.ef_search = 300", "hnsw.iterative_scan = strict_order")
_HINT = "install pgvector 0.8 or later on the server and let the user run CREATE EXTENSION vector"


class PgVectors:
    """A table for the vectors of one model, as half-precision numbers, which is what they are kept as.

    may_write  whether this process writes to the table; others find in it what that one has written
    """

    def __init__(
        self, engine: Engine, *, model: str, dimension: int, may_write: Callable[[], bool] = lambda: True
    ) -> None:
        self._engine, self.dimension, self._may_write = engine, dimension, may_write
        self._table = f"vectors_{hashlib.sha256(f'{model} {dimension}'.encode()).hexdigest()[:12]}"

    def exists(self) -> bool:
        with self._engine.connect() as sql:
            return sql.execute(text("SELECT to_regclass(:name)"), {"name": self._table}).scalar() is not None

    def was_left_open(self) -> bool:
        return False

    def broken(self) -> Iterator[str]:
        """PostgreSQL looks after its own files."""
        yield from ()

    def open(self) -> None:
        """Raises SettingsError for a server without pgvector."""
        if self.exists():
            return
        try:
            with self._engine.begin() as sql:
                sql.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
                self._create(sql)
        except DBAPIError as exc:
            raise SettingsError(
                f"DATELINE_VECTORS=pgvector cannot be used: {translated(exc).message}", _HINT
            ) from exc

    def _create(self, sql: Connection) -> None:
        kept = f'outlet VARCHAR COLLATE "C" NOT NULL, day BIGINT NOT NULL, vector HALFVEC({self.dimension}) NOT NULL'
        key = 'id VARCHAR COLLATE "C" PRIMARY KEY'
        sql.execute(text(f"CREATE TABLE IF NOT EXISTS {self._table} ({key}, {kept})"))
        kind = "USING hnsw (vector halfvec_cosine_ops)"
        sql.execute(text(f"CREATE INDEX IF NOT EXISTS {self._table}_near ON {self._table} {kind} WITH ({_LINKS})"))

    def close(self) -> None:
        """The connections are those of the database."""

    def put(self, items: Sequence[tuple[Passage, Article]], vectors: Vectors, *, pause: float = 0.0) -> None:
        """Add passages, and bring up to date what is known of the articles of those that are there already."""
        if not self._may_write():
            return
        rows = [
            {"id": passage.id, "vector": _written(vector), **metadata_of(article)}
            for (passage, article), vector in zip(items, vectors, strict=True)
        ]
        statement = text(
            f"INSERT INTO {self._table} AS t (id, outlet, day, vector) "  # noqa: S608
            "VALUES (:id, :outlet, :day, CAST(:vector AS HALFVEC)) ON CONFLICT (id) DO UPDATE SET "
            "outlet = excluded.outlet, day = excluded.day, vector = excluded.vector WHERE "
            "(t.outlet, t.day, t.vector) IS DISTINCT FROM (excluded.outlet, excluded.day, excluded.vector)"
        )
        for start in range(0, len(rows), _AT_ONCE):
            with self._engine.begin() as sql:
                sql.execute(statement, rows[start : start + _AT_ONCE])

    def relink(self) -> int:
        return 0

    def delete(self, ids: Sequence[str]) -> None:
        for some in _pages(ids) if self._may_write() else ():
            with self._engine.begin() as sql:
                sql.execute(text(f"DELETE FROM {self._table} WHERE id = ANY(:ids)"), {"ids": some})  # noqa: S608

    def search(self, vector: Vectors, limit: int, filters: Filter = EVERYTHING) -> list[tuple[str, float]]:
        """(passage id, cosine similarity), best first, among the articles that the filter lets through."""
        where, values = _where(filters)
        near = f"SELECT id, vector FROM {self._table}{where} ORDER BY vector <=> CAST(:v AS HALFVEC) LIMIT :n"  # noqa: S608
        exact = "SELECT id, CAST(vector AS VECTOR) <=> CAST(:v AS VECTOR) AS far FROM near ORDER BY far, id"
        with self._engine.begin() as sql:
            for setting in _SEARCH:
                sql.execute(text(f"SET LOCAL {setting}"))
            statement = text(f"WITH near AS MATERIALIZED ({near}) {exact}")
            found = sql.execute(statement, {"v": _written(vector), "n": limit, **values})
            return [(row.id, 1.0 - row.far) for row in found]

    def count(self) -> int:
        with self._engine.connect() as sql:
            return int(sql.execute(text(f"SELECT count(*) FROM {self._table}")).scalar_one())  # noqa: S608

    def having(self, ids: Sequence[str]) -> set[str]:
        """Which of these ids are there."""
        return {row.id for row in self._rows("id", ids)}

    def kept(self, ids: Sequence[str]) -> Iterator[tuple[str, Vectors, dict[str, Any]]]:
        """(id, vector, metadata) of those that are there."""
        for row in self._rows("id, outlet, day, CAST(vector AS TEXT) AS vector", ids):
            yield row.id, np.array(json.loads(row.vector), np.float32), {"outlet": row.outlet, "day": row.day}

    def _rows(self, columns: str, ids: Sequence[str]) -> Iterator[Any]:
        for some in _pages(ids):
            with self._engine.connect() as sql:
                statement = text(f"SELECT {columns} FROM {self._table} WHERE id = ANY(:ids)")  # noqa: S608
                yield from sql.execute(statement, {"ids": some}).all()

    def ids(self) -> set[str]:
        with self._engine.connect() as sql:
            return set(sql.execute(text(f"SELECT id FROM {self._table}")).scalars())  # noqa: S608

    def visible(self) -> set[str]:
        """Every id that a vector search finds: what is in the table is in its index."""
        return self.ids()


def _written(vector: Vectors) -> str:
    return f"[{','.join(map(repr, vector.tolist()))}]"


def _pages(ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _READ):
        yield list(ids[start : start + _READ])


def _where(filters: Filter) -> tuple[str, dict[str, Any]]:
    """As the filter of the index in Chroma: an undated article may be from before the last day."""
    parts: list[str] = []
    if filters.outlets:
        parts.append("outlet = ANY(:outlets)")
    if filters.first is not None:
        parts.append("day >= :first")
    if filters.last is not None:
        parts.append("day <= :last")
    values = {"outlets": list(filters.names), "first": filters.first, "last": filters.last}
    return f" WHERE {' AND '.join(parts)}" if parts else "", {
        name: one for name, one in values.items() if one is not None
    }
