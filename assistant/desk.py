"""The archive and its assistant as one: what the service and the command line both offer."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import catalogue
from assistant.runs import Emit, Stop
from assistant.settings import Settings
from assistant.types import (
    Answer,
    Article,
    ArticleList,
    AskRequest,
    Filter,
    Outcome,
    Progress,
    Readiness,
    Report,
    SearchResults,
    SourceKind,
    Version,
)
from ingest.archive import Archive
from ingest.errors import ArchiveBusy, NotFound
from ingest.intake import look_again, take_in
from ingest.pipeline import Event, ingest
from ingest.sources import files
from ingest.types import Page

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
        return asyncio.run(self.assistant.ask(request))

    def search(self, query: str, filters: Filter, limit: int) -> SearchResults:
        return asyncio.run(self.assistant.search(query, filters, limit))

    # Looking

    def readiness(self) -> Readiness:
        return catalogue.readiness(self.archive.store, model=self.settings.model or "extractive")

    def articles(self, *, text: str = "", outlet: str = "", limit: int = 50, offset: int = 0) -> ArticleList:
        return catalogue.list_articles(self.archive.store, text=text, outlet=outlet, limit=limit, offset=offset)

    def article(self, article_id: str, version: str | None = None) -> Article:
        """Raises NotFound when there is no such article, or no such version of it."""
        found = self.archive.store.article(article_id, version)
        if found is None:
            what = f"version {version} of article {article_id}" if version else f"article {article_id}"
            raise NotFound(f"there is no {what}", "dateline articles list shows what there is")
        return found

    def versions(self, article_id: str) -> tuple[Version, ...]:
        return catalogue.list_versions(self.archive.store, article_id)

    def examine(self) -> list[Finding]:
        from ingest.doctor import examine

        return examine(self.archive)

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
                self.archive.rebuild(progress)
                embedded = self.archive.finish_pending()
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
