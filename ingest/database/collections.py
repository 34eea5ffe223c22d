"""Collections: a name for a set of articles, of sources with what was read from them, of feeds and of outlets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, literal, select, union

from ingest.database.engines.dialects import insert_new
from ingest.database.tables import (
    articles,
    collection_members,
    collections,
    feed_entries,
    feeds,
    outcomes,
    retention,
    sources,
)
from ingest.errors import NotFound
from ingest.types import Collection, Member, MemberKind, folded_outlet

# Where members stand, and what shows them.
_PLACES = {
    "article": (articles.c.id, "dateline articles list"),
    "source": (sources.c.address, "dateline sources list"),
    "feed": (feeds.c.address, "dateline feeds list"),
    "outlet": (articles.c.folded_outlet, "dateline outlets"),
}


def folded(name: str) -> str:
    """The name of a collection as it is compared."""
    return name.strip().casefold()


def collected(name: str) -> Select[Any]:
    """The ids of the articles in a collection, as it is when the database is asked."""
    mine = collection_members.c.collection == folded(name)
    value, kind = collection_members.c.value, collection_members.c.kind
    named = select(value.label("id")).where(mine & (kind == "article"))
    beneath = func.substr(outcomes.c.source, 1, func.length(value) + 1) == value + "/"
    read = outcomes.join(collection_members, (outcomes.c.source == value) | beneath)
    from_sources = select(outcomes.c.article_id).select_from(read).where(mine & (kind == "source"))
    from_sources = from_sources.where(outcomes.c.article_id.is_not(None))
    taken = feed_entries.join(collection_members, feed_entries.c.feed == value)
    from_feeds = select(feed_entries.c.article_id).select_from(taken).where(mine & (kind == "feed"))
    from_feeds = from_feeds.where(feed_entries.c.article_id.is_not(None))
    written = articles.join(collection_members, articles.c.folded_outlet == value)
    from_outlets = select(articles.c.id).select_from(written).where(mine & (kind == "outlet"))
    together = union(named, from_sources, from_feeds, from_outlets).subquery()
    return select(together.c.id)


class Collections:
    """Reads and writes of collections; their names are compared without regard to case and to space around them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(self) -> tuple[Collection, ...]:
        with self._engine.connect() as sql:
            names = sql.execute(select(collections.c.name).order_by(collections.c.folded)).scalars().all()
            return tuple(_read(sql, name) for name in names)

    def require(self, name: str | None) -> None:
        """Raises NotFound for the name of no collection."""
        if name is not None:
            with self._engine.connect() as sql:
                require_collection(sql, name)

    def change(self, name: str, add: Sequence[Member], remove: Sequence[Member]) -> Collection:
        """Put members into a collection, which is made where there is none, and take others out of it.

        Raises NotFound for a member to add that the archive does not have, and for a collection that is not there
        where something is only taken out.
        """
        key = folded(name)
        rows = [{"collection": key, **one.model_dump()} for one in dict.fromkeys(map(_compared, add))]
        with self._engine.begin() as sql:
            if remove and not add:
                require_collection(sql, name)
            for one in add:
                require_member(sql, one)
            sql.execute(insert_new(sql, collections).values(folded=key, name=name))
            if rows:
                sql.execute(insert_new(sql, collection_members), rows)
            for one in map(_compared, remove):
                mine = collection_members.c.collection == key
                same = (collection_members.c.kind == one.kind) & (collection_members.c.value == one.value)
                sql.execute(delete(collection_members).where(mine & same))
            return _read(sql, require_collection(sql, name))

    def remove(self, name: str) -> None:
        """Forget a collection; its articles stay. Raises NotFound."""
        with self._engine.begin() as sql:
            require_collection(sql, name)
            sql.execute(delete(collection_members).where(collection_members.c.collection == folded(name)))
            sql.execute(delete(collections).where(collections.c.folded == folded(name)))
            sql.execute(delete(retention).where(retention.c.kind == "collection", retention.c.value == folded(name)))


def keep_member(sql: Connection, kind: MemberKind, value: str, to: str) -> None:
    """Have collections hold under another id or address what they held under this one."""
    mine = (collection_members.c.kind == kind) & (collection_members.c.value == value)
    renamed = select(collection_members.c.collection, collection_members.c.kind, literal(to)).where(mine)
    sql.execute(insert_new(sql, collection_members).from_select(["collection", "kind", "value"], renamed))
    sql.execute(delete(collection_members).where(mine))


def require_collection(sql: Connection, name: str) -> str:
    """The name as it was given first."""
    found = sql.execute(select(collections.c.name).where(collections.c.folded == folded(name))).scalar()
    if found is None:
        raise NotFound(f"there is no collection {name}", "dateline collections list shows them")
    return str(found)


def require_member(sql: Connection, one: Member) -> None:
    place, shown_by = _PLACES[one.kind]
    known = sql.execute(select(literal(1)).where(place == _compared(one).value).limit(1)).scalar()
    if known is None and one.kind == "source":  # a file that was read, in a folder that is remembered
        known = sql.execute(select(literal(1)).where(outcomes.c.source == one.value).limit(1)).scalar()
    if known is None:
        raise NotFound(f"there is no {one.kind} {one.value}", f"{shown_by} shows what there is")


def _compared(one: Member) -> Member:
    """A member as it is kept."""
    return one.model_copy(update={"value": folded_outlet(one.value)}) if one.kind == "outlet" else one


def _read(sql: Connection, name: str) -> Collection:
    """Outlets are spelled as the archive does, where it has articles of them."""
    shown = articles.c.version.is_not(None) & ~articles.c.removing
    kind, value = collection_members.c.kind, collection_members.c.value
    written = shown & (articles.c.folded_outlet == value) & (kind == "outlet")
    spelled = select(func.max(articles.c.outlet)).where(written).scalar_subquery()
    members_of = select(kind, func.coalesce(spelled, value).label("value"))
    rows = sql.execute(members_of.where(collection_members.c.collection == folded(name)).order_by(kind, value)).all()
    held = select(func.count()).select_from(articles).where(shown & articles.c.id.in_(collected(name)))
    members = tuple(Member(kind=row.kind, value=row.value) for row in rows)
    return Collection(name=name, articles=sql.execute(held).scalar_one(), members=members)
