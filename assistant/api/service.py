"""The state of a running service: warming up, open, closing."""

from __future__ import annotations

import asyncio
import logging
import shutil
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Annotated, Any

from fastapi import Depends, Request

from assistant.api.errors import NotReady, Stopping
from assistant.api.jobs import Jobs
from assistant.desk import Desk
from assistant.types import Failed, Readiness, StreamEvent
from assistant.uploads import UPLOADS
from assistant.version import version
from ingest.errors import ArchiveDamaged, DatelineError

log = logging.getLogger("dateline")

_PAUSE_SECONDS = 0.005  # left to other threads after every hundred vectors: Chroma holds the interpreter's lock
_PATIENCE_SECONDS = 1.5
_SEE_LOG = "see the log of the service"
_STEP = "loading the model and opening the archive"


class Service:
    """Opens the archive in the background and closes it at the end.

    failed   told of the error when the archive cannot be opened; the service is then of no use
    """

    def __init__(self, open_desk: Callable[[], Desk], failed: Callable[[DatelineError], None]) -> None:
        self._open_desk, self._failed = open_desk, failed
        self._desk: Desk | None = None
        self._problem: DatelineError | None = None
        self._closing = asyncio.Event()
        self._warming: threading.Thread | None = None
        self.jobs = Jobs()
        self.threads = ThreadPoolExecutor(thread_name_prefix="answering")

    @property
    def desk(self) -> Desk:
        """Raises NotReady while the service warms up, and for good why the archive cannot be opened."""
        if self._problem is not None:
            raise self._problem
        if self._desk is None:
            raise NotReady(f"the service is {_STEP}", "try again in a moment; GET /ready tells when")
        return self._desk

    def readiness(self) -> Readiness:
        """Raises why the archive cannot be opened."""
        if self._problem is None and self._desk is None:
            return Readiness(ready=False, step=_STEP, version=version())
        return self.desk.readiness()

    def warm_up(self) -> None:
        """Begin to open the archive, in a thread."""
        self._warming = threading.Thread(target=self._open, name="warming up", daemon=True)
        self._warming.start()

    def _open(self) -> None:
        try:
            self._desk = self._opened()
        except DatelineError as exc:
            self._fail(exc)
        except BaseException as exc:  # Chroma's panics are no Exception, and the service must not wait for ever
            log.exception("opening the archive failed")
            self._fail(ArchiveDamaged(f"the archive cannot be opened: {type(exc).__name__}", _SEE_LOG))

    def _opened(self) -> Desk:
        with ExitStack() as undo:
            desk = self._open_desk()
            undo.callback(desk.close)
            desk.archive.pause = _PAUSE_SECONDS
            shutil.rmtree(desk.archive.folder / UPLOADS, ignore_errors=True)
            desk.assistant  # noqa: B018 made here, so that the first question need not wait for it
            undo.pop_all()
        return desk

    def _fail(self, exc: DatelineError) -> None:
        self._problem = exc
        self._failed(exc)

    def begin_closing(self) -> None:
        """Tell open streams and runs that the end is near; may be called from a signal handler."""
        self.jobs.stop()
        self._closing.set()

    def close(self) -> None:
        """Close the archive, unless a thread that does not end in time still works in it."""
        self.begin_closing()
        if self._warming is not None:
            self._warming.join(_PATIENCE_SECONDS)
        answers_ended = self._answers_have_ended(_PATIENCE_SECONDS)
        if self._desk is not None and self.jobs.has_ended(_PATIENCE_SECONDS) and answers_ended:
            self._desk.close()
            self._desk = None

    def _answers_have_ended(self, within: float) -> bool:
        """Wait for the threads of answers: they go on for a step when the one who asked has left."""
        ending = threading.Thread(target=self.threads.shutdown, kwargs={"cancel_futures": True}, daemon=True)
        ending.start()
        ending.join(within)
        return not ending.is_alive()

    @property
    def is_at_work(self) -> bool:
        """Whether, after `close`, threads still use the archive: its files are then as safe as after a crash."""
        return self._desk is not None or (self._warming is not None and self._warming.is_alive())

    async def until_closing(
        self, events: AsyncIterator[StreamEvent], *, gone: Coroutine[Any, Any, None] | None = None
    ) -> AsyncIterator[StreamEvent]:
        """The events of an answer; when the service ends before it, a last event says so.

        gone   returns when nobody waits for the answer any more, which ends it
        """
        queue: asyncio.Queue[StreamEvent | None] = asyncio.Queue()

        async def answer() -> None:
            try:
                async for event in events:
                    queue.put_nowait(event)
            except asyncio.CancelledError:
                raise
            except BaseException:  # Chroma's panics are no Exception, and nobody else would tell
                log.exception("answering failed")
                queue.put_nowait(Failed(code="internal", message="answering failed unexpectedly", hint=_SEE_LOG))
            finally:
                queue.put_nowait(None)

        async def end() -> None:
            await self._closing.wait()
            queue.put_nowait(Failed(code=Stopping.code, message="the service is stopping", hint="ask again later"))
            queue.put_nowait(None)

        async def leave(gone: Coroutine[Any, Any, None]) -> None:
            await gone
            queue.put_nowait(Failed(code="abandoned", message="nobody waits for the answer"))
            queue.put_nowait(None)

        work = [answer(), end(), *([leave(gone)] if gone else [])]
        tasks = [asyncio.create_task(one) for one in work]
        try:
            while (event := await queue.get()) is not None:
                yield event
        finally:
            for task in tasks:
                task.cancel()


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def desk_of(request: Request) -> Desk:
    return service_of(request).desk


TheService = Annotated[Service, Depends(service_of)]
TheDesk = Annotated[Desk, Depends(desk_of)]
