"""Subscriptions to feeds and what is known of each, in the archive's database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, Row, delete, func, literal, select, update

from ingest.database.collections import keep_member
from ingest.database.engines.dialects import insert_new, upsert
from ingest.database.retention import forget_retention
from ingest.database.store import epoch, now
from ingest.database.tables import feed_entries, feeds, outcomes, retention
from ingest.errors import FeedError, NotFound
from ingest.feeds.address import feed_address
from ingest.language.text import squeeze
from ingest.types import Subscription

EVERY = timedelta(minutes=15)
NOTHING = "no article has come from it yet; dateline outcomes says why"
_LONGEST_WAIT = timedelta(days=1)
_ENTRY_WAIT, _ENTRY_TRIES = timedelta(hours=1), 5


@dataclass(frozen=True, slots=True)
class Known:
    """By which a server can tell that nothing has changed, and the address that it was said at."""

    etag: str | None = None
    modified: str | None = None
    answered: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the feed said of an entry when it was last taken, and whether it is to be tried again."""

    digest: str
    failures: int
    due: bool


class Subscriptions:
    """Reads and writes of subscriptions; every write is one transaction."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime] = now) -> None:
        self._engine, self._now = engine, now

    def add(self, address: str, title: str = "") -> bool:
        """Subscribe; False where that was so already. Raises FeedError for what is no web address."""
        url = feed_address(address)
        if url is None:
            raise FeedError(f"{squeeze(address)[:100]!r} is not a web address", "give one that begins with https://")
        at = epoch(self._now())
        row = {"address": url, "title": squeeze(title)[:300], "added": at, "failures": 0, "reason": "", "due": at}
        with self._engine.begin() as sql:
            return sql.execute(insert_new(sql, feeds).values(row).returning(feeds.c.address)).first() is not None

    def remove(self, address: str) -> None:
        """Unsubscribe; the articles stay. Raises NotFound."""
        known = self.named([address])[0].address
        with self._engine.begin() as sql:
            sql.execute(delete(feed_entries).where(feed_entries.c.feed == known))
            sql.execute(delete(feeds).where(feeds.c.address == known))
            forget_retention(sql, "feed", known)

    def move(self, address: str, to: str) -> Subscription:
        """A feed has another address for good; what was taken from it stays known."""
        url = feed_address(to)
        if url is None or url == address:
            return self.named([address])[0]
        with self._engine.begin() as sql:
            if sql.execute(select(feeds.c.address).where(feeds.c.address == url)).first():
                sql.execute(delete(feeds).where(feeds.c.address == address))
            else:
                sql.execute(update(feeds).where(feeds.c.address == address).values(address=url))
            taken = select(feed_entries.c.key).where(feed_entries.c.feed == url)
            mine = feed_entries.c.feed == address
            sql.execute(update(feed_entries).where(mine & feed_entries.c.key.not_in(taken)).values(feed=url))
            sql.execute(delete(feed_entries).where(mine))
            keep_member(sql, "feed", address, url)
            _rename(sql, retention.c.value, address, url, retention.c.kind == "feed")
            _rename(sql, outcomes.c.source, address, url, outcomes.c.item != "")
        return self.named([url])[0]

    def list(self) -> list[Subscription]:
        with self._engine.connect() as sql:
            return [_subscription(row) for row in sql.execute(_FEEDS.order_by(feeds.c.added, feeds.c.address))]

    def named(self, addresses: Sequence[str]) -> Sequence[Subscription]:
        """The subscriptions with these addresses. Raises NotFound for any other."""
        known = {one.address: one for one in self.list()}
        for address in addresses:
            if feed_address(address) not in known:
                raise NotFound(
                    f"you are not subscribed to {squeeze(address)[:100]}", "dateline feeds list shows them"
                )
        return [known[feed_address(address) or ""] for address in addresses]

    def due(self, *, within: timedelta = timedelta()) -> Sequence[Subscription]:
        """The subscriptions whose time has come, or comes that soon, the longest waiting first."""
        query = _FEEDS.where(feeds.c.due <= epoch(self._now() + within)).order_by(feeds.c.due, feeds.c.address)
        with self._engine.connect() as sql:
            return [_subscription(row) for row in sql.execute(query)]

    def failing(self) -> Sequence[Subscription]:
        return [one for one in self.list() if one.failing_since]

    # The state of a feed

    def known(self, address: str) -> Known:
        """What to ask with; nothing while an entry waits to be tried again, which needs the feed whole."""
        waiting = select(func.count()).where(feed_entries.c.feed == address, feed_entries.c.due <= epoch(self._now()))
        with self._engine.connect() as sql:
            row = sql.execute(select(feeds).where(feeds.c.address == address)).one()
            return Known() if sql.execute(waiting).scalar() else Known(row.etag, row.modified, row.answered)

    def succeeded(
        self, address: str, *, title: str = "", known: Known | None = None, every: timedelta = EVERY
    ) -> None:
        """A check ended well; with `known` everything that the answer held is safe."""
        at = self._now()
        change: dict[str, Any] = {
            "checked": epoch(at), "failing_since": None, "failures": 0, "reason": "", "due": epoch(at + every),
        }  # fmt: skip
        if known:
            change |= {"etag": known.etag, "modified": known.modified, "answered": known.answered}
        if title:
            change["title"] = squeeze(title)[:300]
        self._change(address, change)

    def failed(
        self, address: str, reason: str, *, gone: bool = False, wait: float | None = None, every: timedelta = EVERY
    ) -> None:
        """A check failed: wait twice as long each time up to a day, and never less than the server asks."""
        at = self._now()
        with self._engine.connect() as sql:
            row = sql.execute(select(feeds).where(feeds.c.address == address)).one()
        patience = min(every * 2 ** min(row.failures, 20), max(_LONGEST_WAIT, every))
        patience = max(patience, timedelta(seconds=min(wait or 0.0, 30 * 86_400)))
        change = {
            "checked": epoch(at), "failing_since": row.failing_since or epoch(at), "failures": row.failures + 1,
            "reason": reason[:500], "due": None if gone else epoch(at + patience),
        }  # fmt: skip
        self._change(address, change)

    def _change(self, address: str, change: dict[str, Any]) -> None:
        with self._engine.begin() as sql:
            sql.execute(update(feeds).where(feeds.c.address == address).values(change))

    # Its entries

    def seen(self, address: str) -> dict[str, Seen]:
        """What was taken from a feed, by key."""
        at = epoch(self._now()) or 0
        with self._engine.connect() as sql:
            rows = sql.execute(select(feed_entries).where(feed_entries.c.feed == address)).all()
        return {row.key: Seen(row.digest, row.failures, row.due is not None and row.due <= at) for row in rows}

    def took(self, address: str, key: str, digest: str, article_id: str | None, *, new: bool, failures: int) -> None:
        """An entry is safe, or yielded nothing; after a failure it is tried again, later each time."""
        at = self._now()
        again = failures and failures < _ENTRY_TRIES
        row = {
            "feed": address, "key": key, "digest": digest, "article_id": article_id, "taken": epoch(at),
            "failures": failures, "due": epoch(at + _ENTRY_WAIT * 2 ** (failures - 1)) if again else None,
        }  # fmt: skip
        with self._engine.begin() as sql:
            sql.execute(upsert(sql, feed_entries), row)
            if new:
                sql.execute(update(feeds).where(feeds.c.address == address).values(last_new=epoch(at)))


def _rename(sql: Connection, column: Column[str], before: str, after: str, only: ColumnElement[bool]) -> None:
    """Change a part of the keys of rows; a row whose new key is taken gives way."""
    mine = (column == before) & only
    table = column.table
    renamed = select(*(literal(after) if one is column else one for one in table.columns)).where(mine)
    sql.execute(insert_new(sql, table).from_select([one.name for one in table.columns], renamed))
    sql.execute(delete(table).where(mine))


_GAVE = select(feed_entries.c.feed).where(
    (feed_entries.c.feed == feeds.c.address) & feed_entries.c.article_id.is_not(None)
)
_FEEDS = select(feeds, _GAVE.exists().label("gave"))


def _subscription(row: Row[Any]) -> Subscription:
    in_vain = row.checked is not None and not row.gave
    names = ("added", "checked", "last_new", "failing_since", "due")
    times = {name: datetime.fromtimestamp(value, UTC) for name in names if (value := row._mapping[name]) is not None}
    reason = row.reason or (NOTHING if in_vain else "")
    return Subscription(address=row.address, title=row.title, reason=reason, **times)
