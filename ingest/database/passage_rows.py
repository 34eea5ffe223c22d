"""Reading passages from the SQL store: those of the current versions of articles that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, case, func, select

from ingest.database.collections import collected
from ingest.database.tables import articles, passages, versions
from ingest.types import Filter, Passage

Value = TypeVar("Value")

MANY = 500  # values in one SQL statement


class PassageRows:
    """The reading half of the store that is about passages."""

    engine: Engine

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Passages of current versions by id."""
        text = func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
        query = _passage_rows(text).join(articles, current_passage())
        with self.engine.connect() as sql:
            rows = rows_among(sql, query, passages.c.id, ids)
        return {row.id: _passage(row) for row in rows}

    def whereabouts(self, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """(article id, ordinal) of passages of current versions by id, without reading the texts."""
        query = select(passages.c.id, passages.c.article_id, passages.c.ordinal).join(articles, current_passage())
        with self.engine.connect() as sql:
            rows = rows_among(sql, query, passages.c.id, ids)
        return {key: (article_id, ordinal) for key, article_id, ordinal in rows}

    def passage_ids(self) -> list[str]:
        """Ids of all passages of current versions."""
        with self.engine.connect() as sql:
            return list(sql.execute(select(passages.c.id).join(articles, current_passage())).scalars())

    def current_ids_of(self, article_ids: Sequence[str]) -> list[str]:
        """Ids of the passages of the current versions of articles."""
        query = select(passages.c.id).join(articles, current_passage())
        with self.engine.connect() as sql:
            return [key for (key,) in rows_among(sql, query, passages.c.article_id, article_ids)]

    def indexed(self) -> tuple[set[str], set[str]]:
        """(ids of the passages that the indexes must have, ids of those that they may have).

        An interrupted run leaves both versions of an article's passages there in part.
        """
        unfinished = select(versions.c.article_id).where(versions.c.state == "pending")
        must = select(passages.c.id).join(articles, current_passage()).where(articles.c.id.not_in(unfinished))
        with self.engine.connect() as sql:
            return set(sql.execute(must).scalars()), set(sql.execute(select(passages.c.id)).scalars())

    def passage_ids_of(self, article_id: str, *, but: str | None = None) -> set[str]:
        """Ids of an article's passages, in all versions but one."""
        query = select(passages.c.id).where(passages.c.article_id == article_id)
        if but is not None:
            query = query.where(passages.c.version != but)
        with self.engine.connect() as sql:
            return set(sql.execute(query).scalars())

    def passage_ids_of_others(self, current: Sequence[tuple[str, str]]) -> set[str]:
        """Ids of the passages of articles, given by (id, digest), in all versions but that one."""
        digests = dict(current)
        query = select(passages.c.id, passages.c.article_id, passages.c.version)
        with self.engine.connect() as sql:
            rows = rows_among(sql, query, passages.c.article_id, list(digests))
        return {row.id for row in rows if row.version != digests[row.article_id]}

    def candidates(self, filters: Filter, limit: int) -> list[str] | None:
        """Ids of the passages that a filter lets through; None when there are more than `limit`."""
        query = select(passages.c.id).join(articles, current_passage()).where(let_in(filters))
        with self.engine.connect() as sql:
            found = list(sql.execute(query.limit(limit + 1)).scalars())
        return found if len(found) <= limit else None

    def let_through(self, ids: Sequence[str], filters: Filter) -> set[str]:
        """Those of the passages that a filter lets through."""
        query = select(passages.c.id).join(articles, current_passage()).where(let_in(filters))
        with self.engine.connect() as sql:
            return {key for (key,) in rows_among(sql, query, passages.c.id, ids)}

    def newest_passages(self, limit: int, filters: Filter, until: datetime) -> dict[str, str]:
        """The first passage of each of the articles published last, the latest first and undated ones last.

        Ids of articles by the ids of their passages. One that says a time after `until` counts as undated.
        """
        query = select(passages.c.id, passages.c.article_id).join(articles, current_passage())
        query = query.where(let_in(filters), passages.c.ordinal == 0)
        query = query.order_by(known_by(until).desc().nulls_last(), articles.c.id).limit(limit)
        with self.engine.connect() as sql:
            return {row.id: row.article_id for row in sql.execute(query)}


def slices(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), MANY):
        yield values[start : start + MANY]


def rows_among(sql: Connection, query: Select[Any], column: Any, values: Sequence[Any]) -> list[Any]:
    """The rows in which a column has one of the values, however many these are."""
    return [row for some in slices(values) for row in sql.execute(query.where(column.in_(some))).all()]


def let_in(filters: Filter) -> Any:
    """The shown articles that a filter lets in: an undated one where only a last day is set."""
    found = shown()
    if filters.outlets:
        found &= articles.c.folded_outlet.in_(filters.names)
    if filters.first is not None:
        found &= articles.c.day >= filters.first
    if filters.last is not None:
        within = articles.c.day <= filters.last
        found &= within if filters.first is not None else within | articles.c.day.is_(None)
    if filters.collection is not None:
        found &= articles.c.id.in_(collected(filters.collection))
    return found


def known_by(until: datetime) -> Any:
    """When an article was published; nothing where it says a later time than that."""
    return case((articles.c.published <= int(until.timestamp()), articles.c.published))


def shown() -> Any:
    return articles.c.version.is_not(None) & ~articles.c.removing


def current_passage() -> Any:
    return (
        (articles.c.id == passages.c.article_id) & (articles.c.version == passages.c.version) & ~articles.c.removing
    )


def _passage_rows(text: Any) -> Any:
    same = (versions.c.article_id == passages.c.article_id) & (versions.c.digest == passages.c.version)
    columns = [passages.c[name] for name in ("id", "article_id", "version", "ordinal", "start", "end")]
    return select(*columns, text.label("text")).join(versions, same)


def _passage(row: Row[Any]) -> Passage:
    return Passage(row.id, row.article_id, row.version, row.ordinal, row.start, row.end, row.text)
