"""The SQL store: articles, versions and passages. The source of truth."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Row,
    and_,
    bindparam,
    case,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.pool import StaticPool

from ingest.database.awaiting import wait_anew, wait_no_more
from ingest.database.change_log import gone_of, log_changes
from ingest.database.collections import collected, require_collection
from ingest.database.engines.dialects import insert_new, told_in, upsert
from ingest.database.passage_rows import PassageRows, current_passage, known_by, let_in, rows_among, shown, slices
from ingest.database.schema import bring_up, make_tables
from ingest.database.tables import (
    articles,
    checksum,
    embeddings,
    outcomes,
    passages,
    removed,
    seen_files,
    sentence_embeddings,
    versions,
)
from ingest.doubt import latest
from ingest.embedding.chunk import embedding_key
from ingest.private import private
from ingest.types import EVERYTHING, Article, Filter, ListOrder, Passage, folded_outlet

EVERYTHING_AT_ONCE = 200


def now() -> datetime:
    return datetime.now(UTC)


def open_engine(path: Path) -> Engine:
    """A SQLite database in which a committed transaction survives the loss of power, with today's schema.

    Raises ArchiveMismatch for the database of a later version.
    """
    with suppress(FileExistsError):  # readable for this user alone, and so are the files that SQLite puts beside it
        open(path, "xb", opener=private).close()
    address = URL.create("sqlite", database=str(path))
    engine = _engine(address, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
    try:
        bring_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def is_unchanging(path: Path) -> bool:
    """Whether a database is in a folder that cannot be written, where SQLite could not make its own files."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


def open_to_read(path: Path) -> Engine:
    """The same database for one who writes nothing, beside its owner, and also in a folder that cannot be written."""
    options = {"uri": "true", "mode": "rw", **({"immutable": "1"} if is_unchanging(path) else {})}
    address = URL.create("sqlite", database=f"file:{quote(str(path))}", query=options)
    return _engine(address, "query_only=ON", "busy_timeout=5000")


def empty_engine() -> Engine:
    """A database in memory that holds nothing."""
    engine = create_engine(URL.create("sqlite"), poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.begin() as sql:
        make_tables(sql)
    return engine


def _engine(address: URL, *pragmas: str) -> Engine:
    engine = create_engine(address, connect_args={"timeout": 5})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine


class Store(PassageRows):
    """Reads and writes of the SQL database; each public write is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._changes = 0  # to what is shown
        self._of_all: dict[str, tuple[int, Any]] = {}

    def close(self) -> None:
        self.engine.dispose()

    def changed_by_others(self) -> None:
        """Another process may have changed articles, while this one was not the archive's owner."""
        self._changes += 1

    # Writing articles

    def stage(self, batch: Sequence[tuple[Article, Sequence[Passage]]]) -> None:
        """Keep articles and their passages as pending: nothing of them is shown yet."""
        if not batch:
            return
        at = now()
        rows = [{"id": article.id, "added": epoch(at), **listed_columns(article)} for article, _ in batch]
        # Each a microsecond after the one before it: that orders them, and is what an export can tell.
        texts = [
            _version_row(article, (at + timedelta(microseconds=place)).timestamp())
            for place, (article, _) in enumerate(batch)
        ]
        with self.engine.begin() as sql:
            sql.execute(insert_new(sql, articles), rows)
            sql.execute(delete(removed).where(removed.c.article_id == bindparam("a")), _named(batch, "a"))
            sql.execute(upsert(sql, versions), texts)
            self._stage_passages(sql, batch)

    def _stage_passages(self, sql: Connection, batch: Sequence[tuple[Article, Sequence[Passage]]]) -> None:
        mine = (passages.c.article_id == bindparam("a")) & (passages.c.version == bindparam("b"))
        sql.execute(delete(passages).where(mine), _named(batch, "a", "b"))
        rows = [
            {
                "id": passage.id, "article_id": article.id, "version": article.digest, "ordinal": passage.ordinal,
                "start": passage.start, "end": passage.end, "embedding": embedding_key(article.title, passage.text),
            }
            for article, cut in batch for passage in cut
        ]  # fmt: skip
        if rows:
            sql.execute(insert(passages), rows)

    def publish(self, batch: Sequence[Article]) -> None:
        """Make these versions the current ones, whose passages wait for their vectors.

        The passages of older versions go, their texts stay.
        """
        if not batch:
            return
        of = articles.c.id == bindparam("a")
        rows = [{"a": article.id, "version": article.digest, **listed_columns(article)} for article in batch]
        names = [{"a": article.id, "b": article.digest} for article in batch]
        version = (versions.c.article_id == bindparam("a")) & (versions.c.digest == bindparam("b"))
        old = (passages.c.article_id == bindparam("a")) & (passages.c.version != bindparam("b"))
        with self.engine.begin() as sql:
            sql.execute(update(articles).where(of), rows)
            sql.execute(update(versions).where(version).values(state="ready"), names)
            wait_anew(sql, [(article.id, article.digest) for article in batch])
            log_changes(sql, gone_of(sql, {article.id: article.digest for article in batch}))
            sql.execute(delete(passages).where(old), names)
        self._changes += 1

    def pending(self) -> list[tuple[Article, list[Passage]]]:
        """What an interrupted run left: staged, not yet published."""
        with self.engine.connect() as sql:
            found = sql.execute(select(versions).where(versions.c.state == "pending").order_by(versions.c.seen)).all()
            return [(article, _passages(sql, article)) for article in map(_article, found)]

    # Removing

    def begin_removal(self, reasons: Mapping[str, str | None]) -> None:
        """Show these articles no longer; a reason says why they are dropped, None that their user removes them."""
        at = epoch(now())
        dropped = [{"article_id": one, "at": at, "reason": reason} for one, reason in reasons.items() if reason]
        with self.engine.begin() as sql:
            for some in slices(list(reasons)):
                sql.execute(update(articles).where(articles.c.id.in_(some)).values(removing=True))
            if dropped:
                sql.execute(upsert(sql, removed), dropped)
        self._changes += 1

    def removing(self) -> list[str]:
        with self.engine.connect() as sql:
            return list(sql.execute(select(articles.c.id).where(articles.c.removing)).scalars())

    def finish_removal(self, article_ids: Sequence[str]) -> None:
        """Delete all that is kept of articles; remember only that they went, and of those that were dropped, why."""
        with self.engine.begin() as sql:
            for some in slices(article_ids):
                _forget_places(sql, some)
                wait_no_more(sql, some)
                log_changes(sql, gone_of(sql, dict.fromkeys(some, "")))
                for table in (passages, versions):
                    sql.execute(delete(table).where(table.c.article_id.in_(some)))
                sql.execute(delete(articles).where(articles.c.id.in_(some)))
                rows = [{"article_id": one, "at": epoch(now())} for one in some]
                sql.execute(insert_new(sql, removed), rows)
            for table in (embeddings, sentence_embeddings):
                sql.execute(delete(table).where(table.c.key.not_in(select(passages.c.embedding))))

    # Reading articles

    def article(self, article_id: str, digest: str | None = None) -> Article | None:
        """The article in its current version, or in the one named."""
        wanted = versions.c.digest == digest if digest else versions.c.digest == articles.c.version
        query = select(versions).join(articles).where((articles.c.id == article_id) & wanted & ~articles.c.removing)
        with self.engine.connect() as sql:
            row = sql.execute(query).first()
        return _article(row) if row else None

    def articles(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """The current versions by article id."""
        query = select(versions).join(articles).where(versions.c.digest == articles.c.version)
        with self.engine.connect() as sql:
            rows = rows_among(sql, query, articles.c.id, article_ids)
        return {row.article_id: _article(row) for row in rows}

    def outlets(self) -> tuple[str, ...]:
        """The outlets of all articles, each once."""
        query = select(articles.c.outlet).where(shown()).distinct()
        found: tuple[str, ...] = self._once("outlets", lambda sql: tuple(sql.execute(query).scalars()))
        return found

    def count_by_outlet(self) -> list[Row[Any]]:
        """(outlet, articles, day) of every outlet, most articles first; `day` is the latest, as `Article.day`."""
        query = select(
            func.max(articles.c.outlet).label("outlet"), func.count().label("articles"),
            func.max(case((known_by(latest(now())).is_not(None), articles.c.day))).label("day"),
        ).where(shown()).group_by(articles.c.folded_outlet)  # fmt: skip
        with self.engine.connect() as sql:
            return list(sql.execute(query.order_by(func.count().desc(), articles.c.folded_outlet)))

    def _once(self, name: str, read: Callable[[Connection], Any]) -> Any:
        """What is read of all articles, for every question: read again only after a change to them."""
        now_at = self._changes
        if name not in self._of_all or self._of_all[name][0] != now_at:
            with self.engine.connect() as sql:
                self._of_all[name] = (now_at, read(sql))
        return self._of_all[name][1]

    def headings(self, article_ids: Sequence[str]) -> dict[str, tuple[str, int | None]]:
        """Title and time of publication (epoch seconds) by article id, without reading the texts."""
        query = select(articles.c.id, articles.c.title, articles.c.published)
        with self.engine.connect() as sql:
            rows = rows_among(sql, query, articles.c.id, article_ids)
        return {key: (title, published) for key, title, published in rows}

    def has_version(self, article: Article) -> bool:
        query = select(versions.c.state).where(_is_version(article))
        with self.engine.connect() as sql:
            return sql.execute(query).scalar() == "ready"

    def current_version(self, article_id: str) -> str | None:
        with self.engine.connect() as sql:
            return sql.execute(select(articles.c.version).where(articles.c.id == article_id)).scalar()

    def versions(self, article_id: str) -> list[Row[Any]]:
        """(digest, seen, record, state) of every version, oldest first."""
        query = select(versions.c.digest, versions.c.seen, versions.c.record, versions.c.state)
        with self.engine.connect() as sql:
            return list(sql.execute(query.where(versions.c.article_id == article_id).order_by(versions.c.seen)))

    def list_articles(
        self,
        *,
        text: str = "",
        outlet: str = "",
        collection: str | None = None,
        order: ListOrder = "published",
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[int, list[Row[Any]]]:
        """How many match, and one page of them: by time of publication, or by when they were ingested, latest first.

        Every word of `text` stands in the title or the outlet; or `text` is the beginning of an id. Raises NotFound
        for a collection that is not there.
        """
        matching = shown()
        if words := _lower(text).split():
            holds = func.lower(articles.c.title + " " + articles.c.outlet).contains
            named = and_(*(holds(word, autoescape=True) for word in words))
            matching &= named | articles.c.id.startswith(" ".join(words), autoescape=True)
        if outlet:
            matching &= articles.c.folded_outlet == folded_outlet(outlet)
        if collection is not None:
            matching &= articles.c.id.in_(collected(collection))
        cut = select(passages.c.article_id, func.count().label("n")).group_by(passages.c.article_id).subquery()
        kept = (
            select(versions.c.article_id, func.count().label("n"), func.min(versions.c.seen).label("first"))
            .group_by(versions.c.article_id)
            .subquery()
        )
        by = [known_by(latest(now())).desc().nulls_last(), kept.c.first.desc()]
        by = by if order == "published" else by[::-1]
        query = (
            select(articles, versions.c.record, func.coalesce(cut.c.n, 0).label("cut"), kept.c.n.label("kept"))
            .join(versions, (versions.c.article_id == articles.c.id) & (versions.c.digest == articles.c.version))
            .join(kept, kept.c.article_id == articles.c.id)
            .outerjoin(cut, cut.c.article_id == articles.c.id)
            .where(matching)
            .order_by(*by, articles.c.id)
        )
        with self.engine.connect() as sql:
            if collection is not None:
                require_collection(sql, collection)
            total = sql.execute(select(func.count()).select_from(articles).where(matching)).scalar_one()
            return total, list(sql.execute(query.limit(limit).offset(offset)))

    def summary(self, filters: Filter = EVERYTHING) -> Row[Any]:
        """Of what a filter lets in: articles, passages, outlets, newest and oldest publication (epoch or None)."""
        through = let_in(filters)
        cut = select(func.count()).select_from(passages).join(articles, current_passage()).where(through)
        query = select(
            func.count().label("articles"), cut.scalar_subquery().label("passages"),
            func.count(articles.c.outlet.distinct()).label("outlets"),
            func.max(known_by(latest(now()))).label("newest"), func.min(articles.c.published).label("oldest"),
        )  # fmt: skip
        with self.engine.connect() as sql:
            return sql.execute(query.where(through)).one()

    def count_passages(self) -> int:
        """How many passages the articles that are shown have."""
        query = select(func.count()).select_from(passages).join(articles, current_passage())
        return int(self._once("passages", lambda sql: sql.execute(query).scalar_one()))

    def languages(self) -> dict[str, int]:
        """How many articles are in which language, most first; by the empty code, how many are in an unknown one."""
        current = (versions.c.article_id == articles.c.id) & (versions.c.digest == articles.c.version)
        with self.engine.connect() as sql:
            code = func.coalesce(told_in(sql, versions.c.record, "language"), "").label("code")
            query = select(code, func.count()).select_from(articles).join(versions, current).where(shown())
            query = query.group_by("code").order_by(func.count().desc(), "code")
            return {row[0]: row[1] for row in sql.execute(query)}

    def first_year(self) -> int:
        """The year of the earliest article; 0 where none has a date."""
        oldest = select(func.min(articles.c.published)).where(shown())
        seconds = self._once("oldest", lambda sql: sql.execute(oldest).scalar_one())
        return 0 if seconds is None else datetime.fromtimestamp(seconds, UTC).year

    def all_articles(self) -> Iterator[Article]:
        """Every article in its current version; the database may be written to meanwhile."""
        with self.engine.connect() as sql:
            ids = list(sql.execute(select(articles.c.id).where(shown()).order_by(articles.c.id)).scalars())
        for some in slices(ids):
            yield from self.articles(some).values()

    def everything(self) -> Iterator[list[tuple[Article, list[Passage]]]]:
        """Every article with its current passages, a few hundred articles at a time."""
        batch: list[tuple[Article, list[Passage]]] = []
        for article in self.all_articles():
            with self.engine.connect() as sql:
                batch.append((article, _passages(sql, article)))
            if len(batch) == EVERYTHING_AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch

    def recut(self, article: Article, cut: Sequence[Passage]) -> None:
        """Replace the passages of an article's version."""
        with self.engine.begin() as sql:
            gone = gone_of(sql, {article.id: ""})
            self._stage_passages(sql, [(article, cut)])
            log_changes(sql, gone)


def _lower(text: str) -> str:
    """A text without regard to the case of ASCII letters, as both databases take the lower case of a column."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def _forget_places(sql: Connection, article_ids: Sequence[str]) -> None:
    """Read the pages of these articles again the next time; but those of articles that were dropped stay as read."""
    reason = select(removed.c.reason).where(removed.c.article_id == outcomes.c.article_id).scalar_subquery()
    mine = outcomes.c.article_id.in_(article_ids) & outcomes.c.status.not_in(("failed", "skipped"))
    change = {"status": "dropped", "reason": reason, "at": epoch(now())}
    sql.execute(update(outcomes).where(mine & reason.is_not(None)).values(change))
    looked_at = outcomes.alias()
    gone = looked_at.c.article_id.in_(article_ids) & (looked_at.c.status != "dropped") & (looked_at.c.page != "")
    pages = select(looked_at.c.page).where(gone)
    having = select(outcomes.c.source).where(outcomes.c.page.in_(pages))
    sql.execute(delete(seen_files).where(seen_files.c.source.in_(having)))
    sql.execute(delete(outcomes).where(outcomes.c.page.in_(pages)))


def epoch(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _version_row(article: Article, seen: float) -> dict[str, Any]:
    record = article.model_dump_json(exclude={"text"})
    return {
        "article_id": article.id,
        "digest": article.digest,
        "state": "pending",
        "record": record,
        "text": article.text,
        "seen": seen,
        "checksum": checksum(record),
    }


def _named(batch: Sequence[tuple[Article, Sequence[Passage]]], *names: str) -> list[dict[str, str]]:
    """Ids and digests of articles, as the values of parameters."""
    return [dict(zip(names, (article.id, article.digest), strict=False)) for article, _ in batch]


def _is_version(article: Article) -> Any:
    return (versions.c.article_id == article.id) & (versions.c.digest == article.digest)


def listed_columns(article: Article) -> dict[str, Any]:
    return {
        "outlet": article.outlet,
        "folded_outlet": folded_outlet(article.outlet),
        "title": article.title,
        "url": article.url,
        "published": epoch(article.dated),
        "day": article.day,
    }


def _article(row: Row[Any]) -> Article:
    return Article.model_validate({**json.loads(row.record), "text": row.text})


def _passages(sql: Connection, article: Article) -> list[Passage]:
    mine = (passages.c.article_id == article.id) & (passages.c.version == article.digest)
    rows = sql.execute(select(passages).where(mine).order_by(passages.c.ordinal))
    return [
        Passage(
            row.id, article.id, article.digest, row.ordinal, row.start, row.end, article.text[row.start : row.end]
        )
        for row in rows
    ]
