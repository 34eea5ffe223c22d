"""Runs of ingesting: each in a thread of its own, one after the other, told as events."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncGenerator, Callable

from assistant.service.errors import Busy, Stopping
from assistant.service.streams import last_of
from assistant.types import Failed, Finished, IngestEvent, Outcome, PageDone, Progress, Progressed, Report
from ingest.errors import DatelineError

Emit = Callable[[Progress | Outcome], None]
Stop = Callable[[], bool]
# It tells what happens, asks whether to stop, and ends in a report.
Work = Callable[[Emit, Stop], Report]

WAITING = "waiting for another run to end"
MOST_WAITING = 100
_SECONDS_BETWEEN_PROGRESS = 0.05


async def report_of(run: AsyncGenerator[IngestEvent, None]) -> Report:
    """The report of a run, once it has ended. Raises what the run ended with."""
    return (await last_of(run, Finished)).report


class Run:
    """One run; its events are to be followed by one reader, and when that leaves, the run stops."""

    def __init__(self, work: Work, ended: Callable[[], None] = lambda: None) -> None:
        self._work, self._tell_end = work, ended
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[IngestEvent | Exception] = asyncio.Queue()
        self._stop = threading.Event()
        self._told, self._untold = 0.0, list[Progress]()
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

    async def events(self) -> AsyncGenerator[IngestEvent, None]:
        """What happens, ended by one Finished or Failed. Raises what nobody could expect to fail."""
        try:
            while True:
                event = await self._events.get()
                if isinstance(event, Exception):
                    raise event
                yield event
                if isinstance(event, Finished | Failed):
                    return
        finally:
            self.stop()

    def _run(self) -> None:
        last: IngestEvent | Exception
        try:
            last = Finished(report=self._work(self._emit, self._stop.is_set))
        except DatelineError as exc:
            last = Failed.of(exc)
        except Exception as exc:
            last = exc
        except BaseException as exc:  # Chroma's panics are no Exception, and would end the loop they are raised in
            last = RuntimeError(f"{type(exc).__name__}: {exc}")
            last.__cause__ = exc
        self._ended = True
        self._in_loop(self._tell_end)
        for progress in self._untold:
            self._put(Progressed(progress=progress))
        self._put(last)

    def _emit(self, event: Progress | Outcome) -> None:
        if isinstance(event, Outcome):
            self._put(PageDone(outcome=event))
        elif time.monotonic() - self._told >= _SECONDS_BETWEEN_PROGRESS:
            self._told, self._untold = time.monotonic(), []
            self._put(Progressed(progress=event))
        else:
            self._untold = [event]

    def _put(self, event: IngestEvent | Exception) -> None:
        self._in_loop(self._events.put_nowait, event)

    def _in_loop(self, tell: Callable[..., None], *given: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and with it every reader
            self._loop.call_soon_threadsafe(tell, *given)


class Runs:
    """Runs take turns, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._current: Run | None = None
        self._waiting = 0
        self._closed = False

    @property
    def are_idle(self) -> bool:
        """Whether a run would begin at once."""
        return not self._turn.locked()

    @property
    def is_closed(self) -> bool:
        """Whether no run begins any more."""
        return self._closed

    @property
    def is_full(self) -> bool:
        """Whether so many runs wait that one more is refused."""
        return self._waiting >= MOST_WAITING

    def require_room(self) -> None:
        """Raises Busy where too many runs wait."""
        if self.is_full:
            raise Busy(f"{self._waiting} runs wait for their turn", "try again when some of them are done")

    async def run(self, work: Work) -> AsyncGenerator[IngestEvent, None]:
        """The events of a run, which begins with the first of them, or when those before it have ended.

        Raises Busy where too many wait, and Stopping where this is closed before it begins.
        """
        self.require_room()
        if self._turn.locked():
            yield Progressed(progress=Progress(done=0, total=None, place=WAITING))
        await self._my_turn()
        self._current = Run(work, self._turn.release)
        async with contextlib.aclosing(self._current.events()) as events:
            async for event in events:
                yield event

    async def _my_turn(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        if self._closed:
            self._turn.release()
            raise Stopping("the archive is being closed", "try again later")

    def stop(self) -> None:
        """Stop the current run."""
        if self._current is not None:
            self._current.stop()

    def close(self) -> None:
        """Stop the current run, and let none begin."""
        self._closed = True
        self.stop()

    def has_ended(self, within: float) -> bool:
        """Wait for the current run, if there is one; False where it goes on even so."""
        if self._current is not None:
            self._current.join(within)
        return self._current is None or not self._current.is_running
