"""The archive and its assistant as one: what the service and the command line both offer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import catalogue
from assistant.difference import Difference, difference
from assistant.runs import Emit, Stop
from assistant.settings import Settings
from assistant.types import (
    Answer,
    Article,
    ArticleList,
    AskRequest,
    FeedCheckRequest,
    FeedRequest,
    Filter,
    KeptSource,
    Outcome,
    OutcomeList,
    Progress,
    Readiness,
    Related,
    Report,
    SearchOrder,
    SearchResults,
    SourceKind,
    Subscription,
    Version,
)
from assistant.waiting import wait_for
from ingest.archive import Archive
from ingest.doubt import believed
from ingest.errors import ArchiveBusy, NotFound
from ingest.feeds import EVERY, Subscriptions
from ingest.intake import look_again, retry, take_in
from ingest.pipeline import Event, ingest
from ingest.sources import files
from ingest.sources.source import source
from ingest.store import now
from ingest.types import ListOrder, Page, Status

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from ingest.doctor import Finding
    from ingest.fetch import Fetcher

_PATIENCE_SECONDS = 20.0


class Desk:
    """Everything that can be asked of an archive in this process.

    Reading and asking go on while articles are taken in; what writes takes turns, an article boundary at a time.
    """

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self.settings, self.archive = settings, archive
        self._writing = threading.Lock()

    @cached_property
    def assistant(self) -> Assistant:
        """Made when first needed: taking in articles needs no chat model, nor its key."""
        from assistant.build import make_assistant

        return make_assistant(self.settings, self.archive)

    def close(self) -> None:
        self.archive.close()

    # Asking

    def ask(self, request: AskRequest) -> Answer:
        return wait_for(self.assistant.ask(request))

    def search(self, query: str, filters: Filter, limit: int, order: SearchOrder = "relevance") -> SearchResults:
        return wait_for(self.assistant.search(query, filters, limit, order))

    # Looking

    def readiness(self) -> Readiness:
        return catalogue.readiness(self.archive.store, model=self.settings.model or "extractive")

    def articles(
        self, *, text: str = "", outlet: str = "", order: ListOrder = "published", limit: int = 50, offset: int = 0
    ) -> ArticleList:
        store = self.archive.store
        return catalogue.list_articles(store, text=text, outlet=outlet, order=order, limit=limit, offset=offset)

    def article(self, article_id: str, version: str | None = None) -> Article:
        """Raises NotFound when there is no such article, or no such version of it."""
        found = self.archive.store.article(article_id, version)
        if found is None:
            what = f"version {version} of article {article_id}" if version else f"article {article_id}"
            raise NotFound(f"there is no {what}", "dateline articles list shows what there is")
        return believed(found, now())

    def versions(self, article_id: str) -> tuple[Version, ...]:
        return catalogue.list_versions(self.archive.store, article_id)

    def outcomes(
        self, *, status: Status | None = None, since: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> OutcomeList:
        total, found = self.archive.journal.list_outcomes(status=status, since=since, limit=limit, offset=offset)
        return OutcomeList(total=total, outcomes=tuple(found))

    def related(self, article_id: str) -> Related:
        """Raises NotFound when there is no such article."""
        return catalogue.related(self.archive, self.article(article_id))

    def difference(self, article_id: str, earlier: str | None = None, later: str | None = None) -> Difference:
        """Between two versions by digest: by default the current one and the one before it.

        Raises NotFound when there is no such article or version, or no version before.
        """
        after = self.article(article_id, later)
        digests = [version.digest for version in self.versions(article_id)]
        if earlier is None:
            before = digests[: digests.index(after.digest)]
            if not before:
                raise NotFound(
                    f"there is no version of {article_id} before this one", "articles show ID names them all"
                )
            earlier = before[-1]
        return difference(self.article(article_id, earlier), after)

    def examine(self) -> list[Finding]:
        from ingest.doctor import examine

        return examine(self.archive)

    # Feeds

    def feeds(self) -> tuple[Subscription, ...]:
        return tuple(self._subscriptions.list())

    def feeds_are_due(self) -> bool:
        return bool(self._subscriptions.due())

    def add_feeds(self, request: FeedRequest) -> tuple[Subscription, ...]:
        """Subscribe; returns the feeds that are new. Raises FeedError for what is no web address."""
        pairs = list(zip_longest(request.addresses, request.titles[: len(request.addresses)], fillvalue=""))
        with self._turn():
            added = [address for address, title in pairs if self._subscriptions.add(address, title)]
        return tuple(self._subscriptions.named(added))

    def remove_feed(self, address: str) -> None:
        """Raises NotFound where there is no such subscription."""
        with self._turn():
            self._subscriptions.remove(address)

    def check_feeds(self, request: FeedCheckRequest, *, emit: Emit, stop: Stop) -> Report:
        """Look at feeds and take in what is new. Raises NotFound for one that nobody subscribed to."""
        from ingest.polling import check

        every = timedelta(minutes=request.minutes or self.settings.feeds_every) or EVERY
        # Those that are due in a moment go along: who looks every fifteen minutes must not find them a second early.
        soon = {one.address for one in self._subscriptions.due(within=every / 5)}
        everyone = [one for one in self._subscriptions.list() if one.due]
        named = self._subscriptions.named(request.addresses) if request.addresses else everyone
        feeds = [one for one in named if one.address in soon or not request.due]
        events = check(
            self.archive, self._subscriptions, feeds, self._fetcher(), every=every, turn=self._turn, stop=stop
        )
        return _follow(events, emit)

    @property
    def _subscriptions(self) -> Subscriptions:
        return Subscriptions(self.archive.store.engine)

    # Writing

    def remove(self, article_id: str) -> None:
        """Raises NotFound when there is no such article."""
        with self._turn():
            self.archive.remove(article_id)

    def take_in(
        self,
        sources: Sequence[str],
        *,
        kind: SourceKind = "auto",
        captured: datetime | None = None,
        mapping: tuple[str, ...] = (),
        emit: Emit,
        stop: Stop,
    ) -> Report:
        """Take in files, folders and links and remember them."""
        events = take_in(
            self.archive,
            sources,
            kind=kind,
            captured=captured,
            mapping=mapping,
            open_fetcher=self._fetcher,
            turn=self._turn,
            stop=stop,
        )
        return _follow(events, emit)

    def take_in_upload(self, path: Path, name: str, *, captured: datetime | None, emit: Emit, stop: Stop) -> Report:
        """Take in a file that was handed over under a name; it is not a source to look at again."""
        pages = (_renamed(found, f"upload:{name}") for found in files.pages(path, captured=captured))
        return _follow(ingest(pages, self.archive, turn=self._turn, stop=stop), emit)

    def reindex(self, *, full: bool, emit: Emit, stop: Stop) -> Report:
        """Look at every remembered source again; or, in full, make words and vectors anew from the texts."""
        if full:
            return self._rebuild(emit, stop)
        events = look_again(self.archive, open_fetcher=self._fetcher, turn=self._turn, stop=stop)
        return _follow(events, emit)

    def sources(self) -> tuple[KeptSource, ...]:
        """What a reindex looks at, in the order in which it was given."""
        return tuple(
            KeptSource(address=one.address, kind=one.kind, captured_at=one.captured, map=one.mapping)
            for one in self.archive.journal.sources()
        )

    def forget_source(self, address: str) -> None:
        """Look at it no more; its articles stay. Raises NotFound where it is not remembered."""
        with self._turn():
            self.archive.journal.forget_source(source(address).address)

    def retry(self, *, emit: Emit, stop: Stop) -> Report:
        """Look once more at the files and links of which something has failed."""
        return _follow(retry(self.archive, open_fetcher=self._fetcher, turn=self._turn, stop=stop), emit)

    def _fetcher(self) -> Fetcher:
        from assistant.build import make_fetcher

        return make_fetcher(self.settings)

    def _rebuild(self, emit: Emit, stop: Stop) -> Report:
        began = time.monotonic()
        total = self.archive.store.summary().passages

        def progress(done: int) -> None:
            if stop():
                raise _Stopped
            emit(Progress(done=done, total=total, place="rebuilding words and vectors"))

        try:
            with self._turn():
                embedded = self.archive.rebuild(progress)
                embedded += self.archive.finish_pending()
        except _Stopped:
            return Report(seconds=time.monotonic() - began, interrupted=True)
        return Report(passages_embedded=embedded, seconds=time.monotonic() - began)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=_PATIENCE_SECONDS):
            raise ArchiveBusy("the archive is being rebuilt", "try again when that is done")
        try:
            yield
        finally:
            self._writing.release()


def _follow(events: Iterable[Event], emit: Emit) -> Report:
    for event in events:
        if isinstance(event, Report):
            return event
        emit(event)
    raise AssertionError("a run ends with its report")


class _Stopped(Exception):
    """Ends a rebuild before its swap; the indexes in use are untouched."""


def _renamed(found: Page | Outcome, source: str) -> Page | Outcome:
    return replace(found, source=source) if isinstance(found, Page) else found.model_copy(update={"source": source})
