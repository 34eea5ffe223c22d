"""An archive opened in this process, as a service."""

from __future__ import annotations

import shutil
import threading
import time
from asyncio import to_thread
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.service import catalogue
from assistant.service.follower import Follower
from assistant.service.kept_jobs import UPLOADS
from assistant.service.library import Library
from assistant.service.meaning import Meaning
from assistant.service.protocol import Answering, Ingesting
from assistant.service.queue import Queue, run_of
from assistant.service.room import Room
from assistant.service.runs import Emit, Runs, Stop
from assistant.service.uploads import Upload
from assistant.settings import Settings
from assistant.types import (
    Answer,
    AskRequest,
    Done,
    FeedCheckRequest,
    Filter,
    Outcome,
    Progress,
    Readiness,
    Report,
    SearchOrder,
    SearchResults,
    SourceKind,
)
from assistant.types.jobs import Job, JobList
from assistant.wording import UNREAD
from ingest.archive.archive import Archive
from ingest.archive.catching_up import catch_up
from ingest.database.subscriptions import EVERY
from ingest.errors import ArchiveBusy
from ingest.status import JobState
from ingest.types import Page

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from ingest.archive.catching_up import Turn
    from ingest.archive.doctor import Finding
    from ingest.fetch.fetcher import Fetcher
    from ingest.pipeline import Event

_PATIENCE_SECONDS = 20.0
MOST_QUESTIONS = 100  # at once; each takes its turns in a few threads


class LocalService(Library):
    """An archive opened in this process, and its assistant.

    Reading and asking go on while articles are ingested; what writes takes turns, an article boundary at a time.
    """

    def __init__(self, settings: Settings, archive: Archive) -> None:
        super().__init__(archive)
        self.settings, self.archive, self.runs = settings, archive, Runs()
        self.told: Callable[[Answer | Outcome], None] = lambda _said: None  # hears of each answer and page
        self.queue = Queue(self._jobs, partial(run_of, self), lambda: not archive.home.writer)
        self.questions = Room(MOST_QUESTIONS, "questions")
        self._making = threading.Lock()
        self._meaning: Meaning | None = None
        self._follower: Follower | None = None

    @cached_property
    def assistant(self) -> Assistant:
        """Made when first needed: ingesting articles needs no chat model, nor its key."""
        from assistant.build import make_assistant

        return make_assistant(self.settings, self.archive)

    def embed_in_the_background(self) -> None:
        """From now on a run ends when its articles are found by their words; a thread embeds their passages."""
        self._meaning = Meaning(self.archive, self._turn)

    def follow_in_the_background(self) -> None:
        """From now on a thread keeps the indexes up to what others write to a shared database."""
        if self.archive.home.is_shared:
            self._follower = Follower(self.archive, self._turn, self._embed_what_waits)

    def _embed_what_waits(self) -> None:
        if self._meaning:
            self._meaning.wake()

    def require_writing(self) -> None:
        """Raises ArchiveBusy where another process writes to the database, as far as this one knows."""
        if writer := self.archive.home.writer:
            hint = "send it to that service, or start a job with POST /jobs, which it runs"
            raise ArchiveBusy(f"{writer} ingests for this archive", hint)

    async def close(self) -> None:
        """Close the archive, unless a run that does not end in time still works in it."""
        self.begin_closing()
        if await to_thread(self.has_ended, _PATIENCE_SECONDS):
            await to_thread(self.archive.close)

    def begin_closing(self) -> None:
        """Ask what works in the archive to end."""
        self.runs.close()
        for working in self._working:
            working.stop()

    def has_ended(self, within: float) -> bool:
        """Wait for what works in the archive; False where it goes on even so."""
        until = time.monotonic() + within
        working = (self.runs, self.queue, *self._working)
        return all(one.has_ended(max(0.0, until - time.monotonic())) for one in working)

    @property
    def _working(self) -> list[Meaning | Follower]:
        """The threads that work in the archive without being asked to."""
        return [one for one in (self._meaning, self._follower) if one is not None]

    @property
    def uploads(self) -> Path:
        """The folder of the files that are handed over, until they have been ingested."""
        return self.archive.folder / UPLOADS

    def tidy_uploads(self) -> None:
        """Remove the files that an earlier process was handed and that no job is to ingest."""
        wanted = self._jobs.uploads()
        for left in self.uploads.glob("*"):
            if left not in wanted:
                shutil.rmtree(left, ignore_errors=True)

    # Asking

    async def ask(self, request: AskRequest) -> Answer:
        with self.questions.place():
            answer = await (await self._assistant()).ask(request)
        self.told(answer)
        return answer

    async def events(self, request: AskRequest) -> Answering:
        with self.questions.place():
            async with aclosing((await self._assistant()).events(request)) as events:
                async for event in events:
                    if isinstance(event, Done):
                        self.told(event.answer)
                    yield event

    async def search(
        self, query: str, filters: Filter, limit: int, order: SearchOrder = "relevance"
    ) -> SearchResults:
        with self.questions.place():
            return await (await self._assistant()).search(query, filters, limit, order)

    async def _assistant(self) -> Assistant:
        if self._follower:
            self._follower.require()
        return await to_thread(self._made_once)

    def _made_once(self) -> Assistant:
        with self._making:
            return self.assistant

    # Its state

    async def readiness(self) -> Readiness:
        return await to_thread(self.holdings)

    def holdings(self) -> Readiness:
        used = self.settings
        held = catalogue.readiness(self.archive.store, model=used.model or "extractive", reader=used.reader)
        return held.model_copy(update={"writer": self.archive.home.writer})

    async def examine(self, *, deep: bool = False) -> list[Finding]:
        from ingest.archive.doctor import Finding, examine

        found = await to_thread(partial(examine, self.archive, deep=deep))
        if self.settings.reader == "none":
            found.append(Finding(name="reader", ok=True, detail=f"DATELINE_READER=none: {UNREAD} and checker"))
        return found

    # Jobs: those that are not over are known to the queue

    async def jobs(self, state: JobState | None = None, *, limit: int = 50, offset: int = 0) -> JobList:
        return await self.queue.list(state, limit=limit, offset=offset)

    async def job(self, job_id: str) -> Job:
        return await self.queue.get(job_id)

    async def cancel_job(self, job_id: str) -> Job:
        return await self.queue.cancel(job_id)

    async def retry_job(self, job_id: str) -> Job:
        return await self.queue.retry(job_id)

    async def forget_job(self, job_id: str) -> None:
        await self.queue.remove(job_id)

    # Writing

    async def remove(self, article_id: str) -> None:
        await self._write(self.archive.remove, article_id)

    def ingest(
        self,
        sources: Sequence[str],
        *,
        kind: SourceKind = "auto",
        captured: datetime | None = None,
        mapping: Sequence[str] = (),
    ) -> Ingesting:
        from ingest.intake import ingest_sources

        taking = partial(ingest_sources, self.archive, sources, kind=kind, captured=captured, mapping=tuple(mapping))
        return self._run(partial(taking, open_fetcher=self._fetcher))

    async def ingest_upload(
        self, content: bytes, name: str, *, captured: datetime | None = None, mapping: Sequence[str] = ()
    ) -> Ingesting:
        upload = Upload.begun(self.uploads, name)
        await to_thread(upload.path.write_bytes, content)
        async with aclosing(self.ingest_stored(upload, captured=captured, mapping=mapping)) as events:
            async for event in events:
                yield event

    async def ingest_stored(
        self, upload: Upload, *, captured: datetime | None = None, mapping: Sequence[str] = ()
    ) -> Ingesting:
        """Ingest a file that lies among the uploads, and discard it."""
        upload.is_taken, begun = True, threading.Event()
        work = partial(self._uploaded, upload, captured, tuple(mapping), begun)
        try:
            async with aclosing(self._run(work)) as events:
                async for event in events:
                    yield event
        finally:
            if not begun.is_set():
                upload.discard()

    def reindex(self, *, full: bool = False) -> Ingesting:
        from ingest.intake import reindex_sources

        if full:
            return self.runs.run(lambda emit, stop: self._embedding_what_is_left(lambda: self._rebuild(emit, stop)))
        return self._run(partial(reindex_sources, self.archive, open_fetcher=self._fetcher))

    def retry(self) -> Ingesting:
        from ingest.intake import retry

        return self._run(partial(retry, self.archive, open_fetcher=self._fetcher))

    def check_feeds(self, request: FeedCheckRequest) -> Ingesting:
        return self._run(partial(self._checked, request))

    async def stop(self) -> None:
        self.runs.stop()

    def _run(self, events_of: Callable[..., Iterator[Event]]) -> Ingesting:
        """A run of the pipeline in a thread of its own."""
        begin = partial(events_of, turn=self._turn, by_words_only=self._meaning is not None)

        def work(emit: Emit, stop: Stop) -> Report:
            self.archive.require_writing()
            return self._embedding_what_is_left(lambda: _follow(begin(stop=stop), self._overheard(emit)))

        return self.runs.run(work)

    def _overheard(self, emit: Emit) -> Emit:
        def both(event: Progress | Outcome) -> None:
            if isinstance(event, Outcome):
                self.told(event)
            emit(event)

        return both

    def _embedding_what_is_left(self, work: Callable[[], Report]) -> Report:
        """A run, after which what it left without vectors is embedded."""
        try:
            return work()
        finally:
            self._embed_what_waits()

    def _checked(self, request: FeedCheckRequest, *, turn: Turn, stop: Stop, by_words_only: bool) -> Iterator[Event]:
        from ingest.polling import check

        subscriptions = self.archive.subscriptions
        every = timedelta(minutes=request.minutes or self.settings.feeds_every) or EVERY
        # Those that are due in a moment go along: who looks every fifteen minutes must not find them a second early.
        soon = {one.address for one in subscriptions.due(within=every / 5)}
        everyone = [one for one in subscriptions.list() if one.due]
        named = subscriptions.named(request.addresses) if request.addresses else everyone
        feeds = [one for one in named if one.address in soon or not request.due]
        return check(
            self.archive, subscriptions, feeds, self._fetcher(), every=every, turn=turn, stop=stop,
            by_words_only=by_words_only,
        )  # fmt: skip

    def _uploaded(
        self,
        upload: Upload,
        captured: datetime | None,
        mapping: tuple[str, ...],
        begun: threading.Event,
        *,
        turn: Turn,
        stop: Stop,
        by_words_only: bool,
    ) -> Iterator[Event]:
        from ingest.extract.record.mapping import field_map
        from ingest.pipeline import ingest
        from ingest.sources import files

        begun.set()
        try:
            field_map(mapping)
            found = files.pages(upload.path, captured=captured, mapping=mapping)
            pages = (_renamed(one, f"upload:{upload.name}") for one in found)
            yield from ingest(pages, self.archive, turn=turn, stop=stop, by_words_only=by_words_only)
        finally:
            upload.discard()

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
                self.archive.finish_pending()
                self.archive.index_anew(progress)
        except _Stopped:
            return Report(seconds=time.monotonic() - began, interrupted=True)
        embedded = 0 if self._meaning else self._embedded(emit, stop, total)
        waiting, interrupted = self.archive.awaiting.count(), not self._meaning and stop()
        seconds = time.monotonic() - began
        return Report(passages_embedded=embedded, passages_waiting=waiting, seconds=seconds, interrupted=interrupted)

    def _embedded(self, emit: Emit, stop: Stop, total: int) -> int:
        embedded = 0
        for step in catch_up(self.archive, turn=self._turn, stop=stop):
            embedded += step.embedded
            emit(Progress(done=total, total=total, embedded=embedded, waiting=step.of - step.done))
        return embedded


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
