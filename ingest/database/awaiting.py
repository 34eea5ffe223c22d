"""Which passages are found by their words alone so far: their vectors are still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, bindparam, delete, exists, func, select

from ingest.database.change_log import log_changes
from ingest.database.engines.dialects import insert_new, take
from ingest.database.passage_rows import rows_among, slices
from ingest.database.tables import articles, awaiting, embeddings, passages


class Awaiting:
    """Reads and writes of what waits for its meaning, the passages of the newest articles first.

    A passage waits from the moment its article is shown until its vector is in the index: killed in between, it waits
    still.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self) -> int:
        with self._engine.connect() as sql:
            return int(sql.execute(select(func.count()).select_from(awaiting)).scalar_one())

    def ids(self) -> set[str]:
        with self._engine.connect() as sql:
            return set(sql.execute(select(awaiting.c.passage)).scalars())

    @contextmanager
    def taken(self, most: int, *, but: Collection[str] = (), lacking: str | None = None) -> Iterator[list[str]]:
        """The ids of those that come next, without some of them. No other process gets these until the `with` ends.

        lacking  a model: only those that have no embedding by it
        """
        query = select(awaiting.c.passage).where(awaiting.c.passage.not_in(but))
        query = query.order_by(awaiting.c.published.desc().nulls_last(), awaiting.c.passage)
        if lacking is not None:
            has = (embeddings.c.key == passages.c.embedding) & (embeddings.c.model == lacking)
            query = query.join(passages, passages.c.id == awaiting.c.passage).where(~exists().where(has))
        with self._engine.connect() as sql:
            yield list(take(sql, query, most).scalars())

    def still(self, ids: Sequence[str]) -> set[str]:
        """Those of these that wait."""
        with self._engine.connect() as sql:
            return {key for (key,) in rows_among(sql, select(awaiting.c.passage), awaiting.c.passage, ids)}

    def done(self, ids: Sequence[str]) -> None:
        """These wait no more: their vectors are there, for others who share the database too."""
        with self._engine.begin() as sql:
            for some in slices(ids):
                sql.execute(delete(awaiting).where(awaiting.c.passage.in_(some)))
                log_changes(sql, _of(sql, some))

    def begin(self, ids: Sequence[str]) -> None:
        """Let passages wait."""
        with self._engine.begin() as sql:
            for some in slices(ids):
                query = _WITH_TIMES.where(passages.c.id.in_(some))
                sql.execute(insert_new(sql, awaiting).from_select(["passage", "published"], query))


def _of(sql: Connection, ids: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For `log_changes`: the articles of passages, none of which is gone; asked for only where changes are noted."""
    found = select(passages.c.article_id).where(passages.c.id.in_(ids)).distinct()
    yield from ((article_id, ()) for article_id in sql.execute(found).scalars())


_WITH_TIMES = select(passages.c.id, articles.c.published).join(articles, articles.c.id == passages.c.article_id)


def wait_anew(sql: Connection, versions: Iterable[tuple[str, str]]) -> None:
    """Of articles by (id, digest) let the passages of these versions wait, and none of others.

    Those of others are still in the table of passages.
    """
    rows = [{"a": article_id, "b": digest} for article_id, digest in versions]
    if not rows:
        return
    others = select(passages.c.id).where(passages.c.article_id == bindparam("a"))
    sql.execute(delete(awaiting).where(awaiting.c.passage.in_(others)), rows)
    mine = _WITH_TIMES.where((passages.c.article_id == bindparam("a")) & (passages.c.version == bindparam("b")))
    sql.execute(insert_new(sql, awaiting).from_select(["passage", "published"], mine), rows)


def wait_no_more(sql: Connection, article_ids: Sequence[str]) -> None:
    """Let none of the passages of articles wait, which are still in the table of passages."""
    mine = select(passages.c.id).where(passages.c.article_id.in_(article_ids))
    sql.execute(delete(awaiting).where(awaiting.c.passage.in_(mine)))
