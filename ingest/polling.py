"""Checking feeds: what is new or changed in them is fetched and ingested, and only then counts as seen."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from ingest.archive.archive import Archive
from ingest.archive.catching_up import Turn
from ingest.database.journal import PlaceOutcomes
from ingest.database.subscriptions import EVERY, Known, Seen, Subscriptions
from ingest.errors import FeedError, FetchError, IngestError
from ingest.feeds import parse as feeds
from ingest.feeds.entry import Entry, Feed, once, same_site
from ingest.pipeline import Event, always, ingest
from ingest.sources import saved_feeds
from ingest.sources.expected import Expected
from ingest.types import Outcome, Page, Report, Subscription

if TYPE_CHECKING:
    from ingest.fetch.fetcher import Fetched, Fetcher

_GONE = 410
_MOST_SITEMAPS = 10
_AHEAD = 8  # pages fetched before they are made safe: few, since fetching them again costs others something


def check(
    archive: Archive,
    subscriptions: Subscriptions,
    feeds: Sequence[Subscription],
    fetcher: Fetcher,
    *,
    every: timedelta = EVERY,
    turn: Turn = always,
    stop: Callable[[], bool] = lambda: False,
    by_words_only: bool = False,
) -> Iterator[Event]:
    """Check feeds and ingest what is new; yields what `pipeline.ingest` yields.

    An entry counts as seen only when its outcome is certain, and a feed's ETag is believed only when all its entries
    are: killed at any point, the next check ingests what is missing, and nothing twice. What scrolled off a feed
    stays, and what the user removed stays out.
    """
    look = _Look(archive, subscriptions, fetcher, every, stop)
    look.expected.pages = len(feeds)
    events = ingest(
        look.pages(feeds), archive, expected=look.expected, again=True, ahead=_AHEAD, turn=turn, stop=stop,
        by_words_only=by_words_only,
    )  # fmt: skip
    for event in events:
        if isinstance(event, Outcome):
            look.acknowledge(event)
        elif isinstance(event, Report):
            look.end()
        yield event


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An entry whose outcome is not known yet; `tries` counts this one, `in_part` when its page could not be had."""

    entry: Entry
    tries: int
    in_part: bool


@dataclass
class _Reading:
    """A feed between the answer of its server and the last outcome of its entries."""

    feed: Subscription
    title: str
    known: Known
    waiting: dict[str, _Waiting] = field(default_factory=dict)
    all_told: bool = False

    @property
    def is_done(self) -> bool:
        return self.all_told and not self.waiting


class _Look:
    """One look at several feeds: tells pages, hears what became of them, and keeps that."""

    def __init__(
        self,
        archive: Archive,
        subscriptions: Subscriptions,
        fetcher: Fetcher,
        every: timedelta,
        stop: Callable[[], bool],
    ) -> None:
        self._journal, self._identities = archive.journal, archive.identities
        self._subscriptions, self._fetcher, self._every, self._stop = subscriptions, fetcher, every, stop
        self.expected = Expected()
        self._readings: dict[str, _Reading] = {}
        self._moved: dict[str, Subscription] = {}

    def pages(self, feeds: Iterable[Subscription]) -> Iterator[Page | Outcome]:
        for feed in feeds:
            if self._stop():
                return
            try:
                yield from self._feed(feed)
            except IngestError as exc:
                yield self._failed(feed, exc)
            except Exception as exc:  # one bad feed must not end the look at the others
                yield self._failed(feed, FeedError(f"it could not be read: {type(exc).__name__}: {exc}"[:300]))

    def acknowledge(self, outcome: Outcome) -> None:
        """Keep what became of an entry."""
        reading = self._readings.get(outcome.source)
        found = reading.waiting.pop(outcome.item, None) if reading else None
        if reading is None or found is None:
            return
        failures = found.tries if found.in_part or outcome.status == "failed" else 0
        new = outcome.status in ("added", "updated", "copy")
        key, digest = found.entry.identity, found.entry.digest
        self._subscriptions.took(outcome.source, key, digest, outcome.article_id, new=new, failures=failures)
        if reading.is_done:
            self._close(reading)

    def end(self) -> None:
        """What was interrupted is checked again next time, from the beginning."""
        for reading in self._readings.values():
            if not reading.is_done:
                self._subscriptions.succeeded(reading.feed.address, title=reading.title, every=timedelta())

    def _close(self, reading: _Reading) -> None:
        address = reading.feed.address
        self._subscriptions.succeeded(address, title=reading.title, known=reading.known, every=self._every)

    def _failed(self, feed: Subscription, exc: IngestError) -> Outcome:
        feed = self._moved.get(feed.address, feed)
        gone = isinstance(exc, FetchError) and exc.status == _GONE
        wait = exc.retry_after if isinstance(exc, FetchError) else None
        reason = f"{exc.message}; it is no longer checked" if gone else exc.message
        self._subscriptions.failed(feed.address, reason, gone=gone, wait=wait, every=self._every)
        return Outcome(status="failed", source=feed.address, reason=reason, title=feed.title)

    def _feed(self, feed: Subscription) -> Iterator[Page | Outcome]:
        known = self._subscriptions.known(feed.address)
        fetched = self._fetcher.get(
            feed.address, etag=known.etag, modified=known.modified, known_at=known.answered, limit=feeds.MOST_BYTES
        )
        if feed.failing_since:
            mended = Outcome(status="unchanged", source=feed.address, reason="it can be read again", title=feed.title)
            self._journal.keep([PlaceOutcomes(feed.address, "", "", [(mended, None)])])
            self.expected.pages += 1
            yield mended
        if fetched.not_modified:
            self.expected.read(0)
            self._subscriptions.succeeded(feed.address, every=self._every)
            return
        found, fetched, moved = self._read(feed, fetched)
        if moved:
            feed = self._moved[feed.address] = self._subscriptions.move(feed.address, moved)
        # What is missing may be there next time, and the parts of an index change without it.
        known = Known() if found.damage or found.more else Known(fetched.etag, fetched.modified, fetched.final_url)
        reading = _Reading(feed, found.title, known)
        self._readings[feed.address] = reading
        due = self._due(reading, found)
        self.expected.read(len(due) + (1 if found.damage or not found.entries else 0))
        if found.damage:
            yield Outcome(status="failed", source=feed.address, reason=f"it is damaged: {found.damage}")
        elif not found.entries:
            yield Outcome(
                status="skipped", source=feed.address, reason="the feed holds no entries", title=found.title
            )
        yield from self._entries(reading, due, found, fetched)

    def _read(self, feed: Subscription, fetched: Fetched) -> tuple[Feed, Fetched, str]:
        """The feed, the answer that it stands in, and its address, where that is another one for good.

        A page that was subscribed to stands for the feed that it names; a feed that has become a page is broken.
        """
        try:
            return self._parts(fetched), fetched, fetched.moved
        except FeedError:
            named = feeds.named_on(fetched.content, address=fetched.final_url, charset=fetched.charset)
            if not named or self._subscriptions.seen(feed.address):
                raise
            try:
                answer = self._fetcher.get(named, limit=feeds.MOST_BYTES)
                return self._parts(answer), answer, named
            except IngestError:
                pass
            raise

    def _parts(self, fetched: Fetched) -> Feed:
        """The feed; for an index of sitemaps the entries of the newest of those on its own site."""
        found = feeds.read(fetched.content, address=fetched.final_url, charset=fetched.charset)
        entries = list(found.entries)
        for address in [url for url in found.more if same_site(url, fetched.final_url)][:_MOST_SITEMAPS]:
            part = self._fetcher.get(address, limit=feeds.MOST_BYTES)
            entries += feeds.read(part.content, address=part.final_url, charset=part.charset).entries
        return replace(found, entries=tuple(entries[: feeds.MOST_ENTRIES]))

    def _due(self, reading: _Reading, found: Feed) -> list[tuple[Entry, Seen]]:
        """The entries that are new, changed or to be tried again, and how they were before."""
        seen = self._subscriptions.seen(reading.feed.address)
        entries = [(entry, seen.get(entry.identity, Seen("", 0, due=False))) for entry in once(found.entries)]
        return [(entry, before) for entry, before in entries if before.digest != entry.digest or before.due]

    def _entries(
        self, reading: _Reading, due: Sequence[tuple[Entry, Seen]], found: Feed, fetched: Fetched
    ) -> Iterator[Page | Outcome]:
        for entry, before in due:
            if self._stop():
                return
            item = _item(entry, reading.waiting)
            page, in_part = self._page(entry, found, fetched, Place(reading.feed.address, item))
            tries = before.failures + 1 if before.digest == entry.digest else 1
            reading.waiting[item] = _Waiting(entry, tries, in_part)
            yield page
        reading.all_told = True
        if reading.is_done:
            self._close(reading)

    def _page(self, entry: Entry, found: Feed, fetched: Fetched, place: Place) -> tuple[Page | Outcome, bool]:
        """The page of an entry; and whether it could not be fetched, so that it is what the feed says."""
        foreign = entry.is_foreign(fetched.final_url)
        entry = saved_feeds.at_home(entry, place.source)
        said = partial(saved_feeds.page, entry, found, source=place.source, item=place.item, foreign=foreign)
        if entry.url is None or saved_feeds.is_enough(
            entry, foreign=foreign, shared=self._identities.is_shared(entry.url)
        ):
            return said(), False
        try:
            answer = self._fetcher.get(entry.url)
        except IngestError as exc:
            if not entry.has_text:
                return Outcome(status="failed", source=place.source, item=place.item, reason=str(exc)), False
            return said(why=f"{saved_feeds.EXCERPT}; its page could not be fetched: {exc.message}"), True
        page = Page(
            place.source, answer.content, answer.media_type, item=place.item, url=answer.final_url,
            captured=answer.at, charset=answer.charset, told=entry.told,
            otherwise=said(why=saved_feeds.EXCERPT) if entry.text else None,
        )  # fmt: skip
        return page, False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is kept: the feed's address, and what stands for the entry in it."""

    source: str
    item: str


def _item(entry: Entry, taken: Container[str]) -> str:
    return entry.item if entry.item not in taken else f"{entry.item} {entry.identity}"
