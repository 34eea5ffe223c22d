"""How long the articles of a source, feed or collection are kept, and which of them are due to be dropped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic_core import from_json
from sqlalchemy import ColumnElement, Connection, Engine, case, delete, func, select, union

from ingest.database.collections import folded, require_collection, require_member
from ingest.database.engines.dialects import is_postgresql, upsert
from ingest.database.passage_rows import rows_among, shown
from ingest.database.store import now
from ingest.database.tables import (
    articles,
    collection_members,
    collections,
    feed_entries,
    outcomes,
    retention,
    turns,
    versions,
)
from ingest.errors import NotFound
from ingest.types import Member, Outcome, Retention, RetentionKind

Rule = tuple[str, str]  # kind and value


@dataclass(frozen=True)
class Due:
    """An article that is to be dropped.

    place  the source or feed that keeps it longest
    days   for how long
    rule   what says so
    """

    article_id: str
    title: str
    place: str
    days: int
    rule: Rule

    @property
    def reason(self) -> str:
        return f"{self.days:,} days after it was ingested"

    def outcome(self) -> Outcome:
        """What becomes of it."""
        return Outcome(
            status="dropped", source=self.place, reason=self.reason, article_id=self.article_id, title=self.title
        )


@dataclass(frozen=True)
class _Period:
    """For how many days what is read at an address, and beneath it, is kept."""

    address: str
    days: int
    rule: Rule

    def holds(self, place: str) -> bool:
        return place == self.address or place.startswith(f"{self.address}/")

    def read_at(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """The same in SQL, in the order of the addresses: “0” is the sign after “/”."""
        return (column == self.address) | ((column > f"{self.address}/") & (column < f"{self.address}0"))


class Retentions:
    """Reads and writes of how long articles are kept, from when their text was last ingested."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime] = now) -> None:
        self._engine, self._now = engine, now

    def list(self) -> tuple[Retention, ...]:
        """Every rule, with how many articles the next run drops by it."""
        with self._engine.connect() as sql:
            due = Counter(one.rule for one in self._due(sql))
            names = {row.folded: row.name for row in sql.execute(select(collections))}
            rows = sql.execute(select(retention).order_by(retention.c.kind, retention.c.value)).all()
        return tuple(
            Retention(
                kind=row.kind,
                value=names.get(row.value, row.value) if row.kind == "collection" else row.value,
                days=row.days,
                due=due[row.kind, row.value],
            )
            for row in rows
        )

    def set(self, kind: RetentionKind, value: str, days: int) -> Retention:
        """Keep the articles of a source, feed or collection for so many days. Raises NotFound."""
        rule = _rule(kind, value)
        with self._engine.begin() as sql:
            if kind == "collection":
                require_collection(sql, value)
            else:
                require_member(sql, Member(kind=kind, value=value))
            row = {"kind": kind, "value": rule[1], "days": days}
            sql.execute(upsert(sql, retention).values(row))
        return next(one for one in self.list() if _rule(one.kind, one.value) == rule)

    def end(self, kind: RetentionKind, value: str) -> None:
        """Keep them for good again. Raises NotFound where there was no limit."""
        with self._engine.begin() as sql:
            if not forget_retention(sql, kind, value):
                raise NotFound(f"the {kind} {value} has no retention", "dateline retention list shows which have")

    def due(self) -> Sequence[Due]:
        """The articles whose time is over."""
        with self._engine.connect() as sql:
            return list(self._due(sql))

    def _due(self, sql: Connection) -> Iterator[Due]:
        """An article that was read at several places is kept as long as the place that keeps it longest.

        What a conversation cites and what a collection names stays.
        """
        periods, at = _periods(sql), self._now()
        old = {found for one in periods for found in _ingested_before(sql, one, at - timedelta(days=one.days))}
        if not old:
            return
        places, ages = _places(sql, old), _ages(sql, old)
        for article_id in sorted(old - _named(sql) - _cited(sql)):
            longest = _longest(places[article_id], periods)
            title, seen = ages[article_id]
            if longest and seen < (at - timedelta(days=longest[1].days)).timestamp():
                place, period = longest
                yield Due(article_id, title, place, period.days, period.rule)


def forget_retention(sql: Connection, kind: RetentionKind, value: str) -> bool:
    """Whether there was one."""
    mine = (retention.c.kind == kind) & (retention.c.value == _rule(kind, value)[1])
    return sql.execute(delete(retention).where(mine)).rowcount > 0


def _rule(kind: str, value: str) -> Rule:
    return kind, folded(value) if kind == "collection" else value


def _periods(sql: Connection) -> list[_Period]:
    """Those of sources and feeds, also as members of collections."""
    rows = sql.execute(select(retention)).all()
    found = [_Period(row.value, row.days, (row.kind, row.value)) for row in rows if row.kind != "collection"]
    mine = (retention.c.kind == "collection") & (retention.c.value == collection_members.c.collection)
    members = select(collection_members.c.value.label("address"), retention.c.days, retention.c.value)
    members = members.join(retention, mine).where(collection_members.c.kind.in_(("source", "feed")))
    return [*found, *(_Period(row.address, row.days, ("collection", row.value)) for row in sql.execute(members))]


def _ingested_before(sql: Connection, period: _Period, at: datetime) -> Sequence[str]:
    read = select(outcomes.c.article_id).where(period.read_at(outcomes.c.source))
    taken = select(feed_entries.c.article_id).where(feed_entries.c.feed == period.address)
    fresh = select(versions.c.digest).where(versions.c.article_id == articles.c.id, versions.c.seen >= at.timestamp())
    query = select(articles.c.id).where(shown() & articles.c.id.in_(union(read, taken)) & ~fresh.exists())
    return sql.execute(query).scalars().all()


def _places(sql: Connection, ids: Collection[str]) -> dict[str, set[str]]:
    """The sources and feeds that articles were read from."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for id_of, place in (
        (outcomes.c.article_id, outcomes.c.source),
        (feed_entries.c.article_id, feed_entries.c.feed),
    ):
        for article_id, at in rows_among(sql, select(id_of, place), id_of, sorted(ids)):
            found[article_id].add(at)
    return found


def _ages(sql: Connection, ids: Collection[str]) -> dict[str, tuple[str, float]]:
    """Title, and when the text was last ingested."""
    query = select(articles.c.id, articles.c.title, func.max(versions.c.seen)).join(versions).group_by(articles.c.id)
    return {row[0]: (row[1], row[2]) for row in rows_among(sql, query, articles.c.id, sorted(ids))}


def _longest(places: Collection[str], periods: Sequence[_Period]) -> tuple[str, _Period] | None:
    """The place that keeps what was read there longest, and for how long; None where one keeps it for good."""
    kept = [(place, [one for one in periods if one.holds(place)]) for place in sorted(places)]
    if not all(found for _, found in kept):
        return None
    longest = [(place, max(found, key=lambda one: one.days)) for place, found in kept]
    return max(longest, key=lambda pair: pair[1].days, default=None)


def _named(sql: Connection) -> set[str]:
    """The articles that collections name."""
    query = select(collection_members.c.value).where(collection_members.c.kind == "article")
    return set(sql.execute(query).scalars())


def _cited(sql: Connection) -> set[str]:
    """The articles that the answers of conversations cite."""
    if is_postgresql(sql):
        return {one for answer in sql.execute(select(turns.c.answer)).scalars() for one in _cited_by(answer)}
    answer = case((func.json_valid(turns.c.answer) == 1, turns.c.answer), else_="{}")
    citation: Any = func.json_each(answer, "$.citations").table_valued("value")
    article = func.json_extract(citation.c.value, "$.article_id")
    return set(
        sql.execute(select(article).distinct().select_from(turns).join(citation, answer.is_not(None))).scalars()
    )


def _cited_by(answer: str) -> Iterator[str]:
    try:
        citations = from_json(answer)["citations"]
        yield from [str(one["article_id"]) for one in citations]
    except (ValueError, TypeError, KeyError):  # of an earlier version, whose answers had another form
        return
