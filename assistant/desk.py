"""The archive and its assistant as one: what the service and the command line both offer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import catalogue
from assistant.library import Library
from assistant.runs import Emit, Stop
from assistant.settings import Settings
from assistant.types import (
    Answer,
    AskRequest,
    FeedCheckRequest,
    Filter,
    Outcome,
    Progress,
    Readiness,
    Report,
    SearchOrder,
    SearchResults,
    SourceKind,
    StreamEvent,
)
from assistant.uploads import UPLOADS, stored
from assistant.waiting import wait_for
from assistant.wording import UNREAD
from ingest.archive.archive import Archive
from ingest.database.subscriptions import EVERY
from ingest.types import Page

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from ingest.archive.doctor import Finding
    from ingest.fetch.fetcher import Fetcher
    from ingest.pipeline import Event


class Desk(Library):
    """Everything that can be asked of an archive in this process.

    Reading and asking go on while articles are ingested; what writes takes turns, an article boundary at a time.
    """

    def __init__(self, settings: Settings, archive: Archive) -> None:
        super().__init__(archive)
        self.settings, self.archive = settings, archive

    @cached_property
    def assistant(self) -> Assistant:
        """Made when first needed: ingesting articles needs no chat model, nor its key."""
        from assistant.build import make_assistant

        return make_assistant(self.settings, self.archive)

    def close(self) -> None:
        self.archive.close()

    def ignored(self, _settings: Settings) -> Iterable[str]:
        """No setting: it was opened with them."""
        return ()

    # Asking

    def ask(self, request: AskRequest) -> Answer:
        return wait_for(self.assistant.ask(request))

    def events(self, request: AskRequest) -> Iterator[StreamEvent]:
        """The answer as it comes about: any number of events, then one Done or Failed."""
        events = self.assistant.events(request)

        async def following() -> StreamEvent | None:
            return await anext(events, None)

        try:
            while (event := wait_for(following())) is not None:
                yield event
        finally:
            wait_for(events.aclose())  # who leaves before the end leaves no chat model writing

    def search(self, query: str, filters: Filter, limit: int, order: SearchOrder = "relevance") -> SearchResults:
        return wait_for(self.assistant.search(query, filters, limit, order))

    # Its state

    def readiness(self) -> Readiness:
        used = self.settings
        return catalogue.readiness(self.archive.store, model=used.model or "extractive", reader=used.reader)

    def examine(self) -> list[Finding]:
        from ingest.archive.doctor import Finding, examine

        found = examine(self.archive)
        if self.settings.reader == "none":
            found.append(Finding(name="reader", ok=True, detail=f"DATELINE_READER=none: {UNREAD} and checker"))
        return found

    def check_feeds(self, request: FeedCheckRequest, *, emit: Emit, stop: Stop) -> Report:
        """Check feeds and ingest what is new. Raises NotFound for one that nobody subscribed to."""
        from ingest.polling import check

        every = timedelta(minutes=request.minutes or self.settings.feeds_every) or EVERY
        # Those that are due in a moment go along: who looks every fifteen minutes must not find them a second early.
        soon = {one.address for one in self.archive.subscriptions.due(within=every / 5)}
        everyone = [one for one in self.archive.subscriptions.list() if one.due]
        named = self.archive.subscriptions.named(request.addresses) if request.addresses else everyone
        feeds = [one for one in named if one.address in soon or not request.due]
        events = check(
            self.archive, self.archive.subscriptions, feeds, self._fetcher(), every=every, turn=self._turn, stop=stop
        )
        return _follow(events, emit)

    # Writing

    def remove(self, article_id: str) -> None:
        """Raises NotFound when there is no such article."""
        with self._turn():
            self.archive.remove(article_id)

    def ingest(
        self,
        sources: Sequence[str],
        *,
        kind: SourceKind = "auto",
        captured: datetime | None = None,
        mapping: tuple[str, ...] = (),
        emit: Emit,
        stop: Stop,
    ) -> Report:
        """Ingest files, folders and links and remember them."""
        from ingest.intake import take_in

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

    def ingest_upload(
        self,
        content: bytes,
        name: str,
        *,
        captured: datetime | None = None,
        mapping: tuple[str, ...] = (),
        emit: Emit,
        stop: Stop,
    ) -> Report:
        """Ingest a file that was handed over under a name; it is not a source to look at again."""
        from ingest.extract.record.mapping import field_map
        from ingest.pipeline import ingest
        from ingest.sources import files

        field_map(mapping)
        with stored(self.archive.folder / UPLOADS, content, name) as path:
            found = files.pages(path, captured=captured, mapping=mapping)
            pages = (_renamed(one, f"upload:{name}") for one in found)
            return _follow(ingest(pages, self.archive, turn=self._turn, stop=stop), emit)

    def reindex(self, *, full: bool, emit: Emit, stop: Stop) -> Report:
        """Read every remembered source again; or, in full, rebuild both search indexes from the texts."""
        if full:
            return self._rebuild(emit, stop)
        from ingest.intake import look_again

        events = look_again(self.archive, open_fetcher=self._fetcher, turn=self._turn, stop=stop)
        return _follow(events, emit)

    def retry(self, *, emit: Emit, stop: Stop) -> Report:
        """Read the files and links again of which something has failed."""
        from ingest.intake import retry

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
            emit(Progress(done=done, total=total, place="rebuilding the search indexes"))

        try:
            with self._turn():
                embedded = self.archive.rebuild(progress)
                embedded += self.archive.finish_pending()
        except _Stopped:
            return Report(seconds=time.monotonic() - began, interrupted=True)
        return Report(passages_embedded=embedded, seconds=time.monotonic() - began)


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
