"""Ingest runs inside the service: one at a time, each in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import AsyncIterator

from fastapi import Request

from assistant.failures import error_of
from assistant.runs import Run
from assistant.types import Failed, Finished, IngestEvent, Outcome, Progress, Progressed, Report, Took
from ingest.errors import ArchiveBusy, DatelineError

log = logging.getLogger("dateline")

_SECONDS_BETWEEN_PROGRESS = 0.05
_SECONDS_BETWEEN_LOOKS = 0.25


class Job:
    """One run; its events are to be followed by one reader, and when that leaves, the run stops."""

    def __init__(self, work: Run) -> None:
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[IngestEvent] = asyncio.Queue()
        self._stop = threading.Event()
        self._told = 0.0
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="ingesting", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        return not self._ended

    def stop(self) -> None:
        """Ask the run to end at the next article boundary."""
        self._stop.set()

    def join(self, timeout: float) -> None:
        self._thread.join(timeout)

    async def events(self) -> AsyncIterator[IngestEvent]:
        """What happens, ended by one Finished or Failed."""
        try:
            while True:
                event = await self._events.get()
                yield event
                if isinstance(event, Finished | Failed):
                    return
        finally:
            self.stop()

    async def report(self, request: Request) -> Report:
        """Wait for the end, as long as the one who asked waits. Raises what the run ended with."""
        watch = asyncio.create_task(self._stop_without(request))
        try:
            async for event in self.events():
                if isinstance(event, Finished):
                    return event.report
                if isinstance(event, Failed):
                    raise error_of(event)
        finally:
            watch.cancel()
        raise AssertionError("a run ends with Finished or Failed")

    async def _stop_without(self, request: Request) -> None:
        while not await request.is_disconnected():  # noqa: ASYNC110 nothing tells of it
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        self.stop()

    def _run(self) -> None:
        try:
            last: IngestEvent = Finished(report=self._work(self._emit, self._stop.is_set))
        except DatelineError as exc:
            last = Failed(code=exc.code, message=exc.message, hint=exc.hint)
        except BaseException:  # Chroma's panics are no Exception, and nobody else would tell
            log.exception("ingesting failed")
            last = Failed(code="internal", message="ingesting failed unexpectedly", hint="see the log of the service")
        self._ended = True
        self._put(last)

    def _emit(self, event: Progress | Outcome) -> None:
        if isinstance(event, Outcome):
            self._put(Took(outcome=event))
        elif time.monotonic() - self._told >= _SECONDS_BETWEEN_PROGRESS:
            self._told = time.monotonic()
            self._put(Progressed(progress=event))

    def _put(self, event: IngestEvent) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and with it every reader
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)


class Jobs:
    """Keeps runs from each other's way."""

    def __init__(self) -> None:
        self._job: Job | None = None

    def start(self, work: Run) -> Job:
        """Begin a run. Raises ArchiveBusy while another one goes on."""
        if self._job is not None and self._job.is_running:
            raise ArchiveBusy("the service is already ingesting articles", "try again when that is done")
        self._job = Job(work)
        return self._job

    def stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def has_ended(self, within: float) -> bool:
        """Wait for the run, if there is one; False where it goes on even so."""
        if self._job is not None:
            self._job.join(within)
        return self._job is None or not self._job.is_running
