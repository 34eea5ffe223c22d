"""The state of a running service: warming up, open, closing."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from assistant.api.errors import NotReady
from assistant.api.serving.ending import Ending
from assistant.service.errors import Stopping
from assistant.service.follower import SECONDS_BETWEEN_LOOKS
from assistant.service.local import LocalService
from assistant.service.room import Room
from assistant.types import Failed, Readiness
from assistant.version import version
from ingest.errors import ArchiveDamaged, DatabaseUnreachable, DatelineError

log = logging.getLogger("dateline")

Event = TypeVar("Event")

_PAUSE_SECONDS = 0.005  # left to other threads after every hundred vectors: Chroma holds the interpreter's lock
_CLOSED_WITHIN_SECONDS = 1.8  # in all: what works on even then is left to the end of the process
_MOST_UPLOADS, _MOST_BYTES_OF_UPLOADS = 100, 2_000_000_000  # that come, or wait to be ingested
_RECEIVED_AT_ONCE = 8
_SECONDS_BETWEEN_LOOKS = 0.1
_SEE_LOG = "see the log of the service"
_LATER = "what was acknowledged is safe; try again later"
_STEP = "loading the model and opening the archive"


class Lifespan:
    """Opens the archive in the background and closes it at the end.

    failed   told of the error when the archive cannot be opened; the service is then of no use
    """

    def __init__(self, open_service: Callable[[], LocalService], failed: Callable[[DatelineError], None]) -> None:
        self._open_service, self._failed = open_service, failed
        self._service: LocalService | None = None
        self._problem: DatelineError | None = None
        self.ending = Ending()
        self.uploads = Room(_MOST_UPLOADS, "uploads", size=_MOST_BYTES_OF_UPLOADS)
        self.receiving = asyncio.Semaphore(_RECEIVED_AT_ONCE)
        self._warming: threading.Thread | None = None
        self.threads = ThreadPoolExecutor(thread_name_prefix="answering")

    @property
    def service(self) -> LocalService:
        """Raises NotReady while the service warms up, and for good why the archive cannot be opened."""
        if self._problem is not None:
            raise self._problem
        if self._service is None:
            raise NotReady(f"the service is {_STEP}", "try again in a moment; GET /ready tells when")
        return self._service

    @property
    def holdings(self) -> Readiness | None:
        """What the archive holds; None while it cannot be asked."""
        return None if self._service is None else self._service.holdings()

    async def readiness(self) -> Readiness:
        """Raises why the archive cannot be opened."""
        if self._problem is None and self._service is None:
            return Readiness(ready=False, step=_STEP, version=version())
        return await self.service.readiness()

    def warm_up(self) -> None:
        """Begin to open the archive, in a thread."""
        self._warming = threading.Thread(target=self._open, name="warming up", daemon=True)
        self._warming.start()

    def _open(self) -> None:
        try:
            self._service = self._opened()
        except DatelineError as exc:
            self._fail(exc)
        except BaseException as exc:  # Chroma's panics are no Exception, and the service must not wait for ever
            log.exception("opening the archive failed")
            self._fail(ArchiveDamaged(f"the archive cannot be opened: {type(exc).__name__}", _SEE_LOG))

    def _opened(self) -> LocalService:
        with ExitStack() as undo:
            service = self._open_service()
            undo.callback(service.archive.close)
            service.archive.pause = _PAUSE_SECONDS
            service.tidy_uploads()
            service.assistant  # noqa: B018 made here, so that the first question need not wait for it
            service.archive.embedder.embed(["ready"])  # and the model is loaded
            service.archive.vectors  # noqa: B018 and the vectors are
            service.embed_in_the_background()
            service.follow_in_the_background()
            undo.pop_all()
        return service

    async def go_on(self) -> None:
        """Once the archive is open, go on with the jobs that wait and that nobody runs.

        An earlier process of the service has left them, or others that share the database, or a run that met a busy
        archive.
        """
        while self._service is None:  # noqa: ASYNC110 a thread opens it
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        service = self._service
        while True:
            try:
                await service.queue.resume()
            except DatabaseUnreachable:  # which is logged where the database is followed
                pass
            except Exception:
                log.exception("going on with the jobs failed")
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def _fail(self, exc: DatelineError) -> None:
        self._problem = exc
        self._failed(exc)

    def begin_closing(self) -> None:
        """Tell open streams and runs that the end is near; may be called from a signal handler."""
        if self._service is not None:
            self._service.begin_closing()
        self.ending.begun.set()

    def close(self) -> None:
        """Close the archive, unless a thread that does not end in time still works in it."""
        self.begin_closing()
        until = time.monotonic() + _CLOSED_WITHIN_SECONDS
        if self._warming is not None:
            self._warming.join(_left(until))
        answers_ended = self._answers_have_ended(until)
        if self._service is not None and self._service.has_ended(_left(until)) and answers_ended:
            self._service.archive.close()
            self._service = None

    def _answers_have_ended(self, until: float) -> bool:
        """Wait for the threads of answers: they go on for a step when the one who asked has left."""
        ending = threading.Thread(target=self.threads.shutdown, kwargs={"cancel_futures": True}, daemon=True)
        ending.start()
        ending.join(_left(until))
        return not ending.is_alive()

    @property
    def is_at_work(self) -> bool:
        """Whether, after `close`, threads still use the archive: its files are then as safe as after a crash."""
        return self._service is not None or (self._warming is not None and self._warming.is_alive())

    async def until_closing(
        self, events: AsyncIterator[Event], *, gone: Coroutine[Any, Any, None] | None = None, grace: float = 0.0
    ) -> AsyncGenerator[Event | Failed, None]:
        """The events of an answer or a run; when the service ends before it, a last event says so.

        gone   returns when nobody waits for the events any more, which ends them
        grace  seconds in which they may come to an end of their own when the service ends
        """
        queue: asyncio.Queue[Event | Failed | None] = asyncio.Queue()

        async def tell() -> None:
            try:
                async for event in events:
                    queue.put_nowait(event)
            except asyncio.CancelledError:
                raise
            except DatelineError as exc:
                queue.put_nowait(Failed.of(exc))
            except BaseException:  # Chroma's panics are no Exception, and nobody else would tell
                log.exception("answering or ingesting failed")
                queue.put_nowait(Failed(code="internal", message="an unexpected error in the service", hint=_SEE_LOG))
            finally:
                queue.put_nowait(None)

        async def end() -> None:
            await self.ending.begun.wait()
            await asyncio.sleep(grace)
            queue.put_nowait(Failed(code=Stopping.code, message="the service is stopping", hint=_LATER))
            queue.put_nowait(None)

        async def leave(gone: Coroutine[Any, Any, None]) -> None:
            await gone
            queue.put_nowait(Failed(code="abandoned", message="nobody waits for the answer"))
            queue.put_nowait(None)

        work = [tell(), end(), *([leave(gone)] if gone else [])]
        tasks = [asyncio.create_task(one) for one in work]
        try:
            while (event := await queue.get()) is not None:
                yield event
        finally:
            for task in tasks:
                task.cancel()


async def left(http: Request) -> None:
    """Returns when the one who asked has left; its body has been read."""
    while (await http.receive())["type"] != "http.disconnect":
        pass


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())


def lifespan_of(request: Request) -> Lifespan:
    lifespan: Lifespan = request.app.state.lifespan
    return lifespan


def service_of(request: Request) -> LocalService:
    return lifespan_of(request).service


TheLifespan = Annotated[Lifespan, Depends(lifespan_of)]
TheService = Annotated[LocalService, Depends(service_of)]
