"""Pages taken apart in processes of their own: one that never ends or eats the memory costs its process alone."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Self
from weakref import WeakSet

from ingest.errors import ExtractError
from ingest.extract.body.markup import SAVE_AS_TEXT
from ingest.extract.extract import extract
from ingest.types import Article, Page

# Text, and records that hold little markup, are read where they are: nothing in them can be nested or blown up.
_MARKUP = frozenset({"text/html", "application/xhtml+xml", "application/pdf", "message/rfc822"})
_MOST_TAGS, _MOST_BYTES = 200, 1_000_000
_MOST_PAGES = 1000  # what a parser leaks over thousands of pages goes with its process

Pending = Callable[[], list[Article]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: seconds by the clock and of the processor, and bytes of address space."""

    seconds: int = 20
    memory: int = 1_500_000_000


_LAUNCHING = threading.Lock()


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Processes started in it do not run the program's main module again: a script need not be written for that."""
    with _LAUNCHING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


class _Forked(ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802
        with _without_main():
            return ForkServerProcess._Popen(process_obj)


class _Forking(ForkServerContext):
    """Processes forked from one without threads that has read a page, and so loaded what that needs."""

    Process = _Forked

    def __init__(self) -> None:
        super().__init__()
        self.set_forkserver_preload([__name__, "ingest.extract.preloaded"])


class _Spawned(SpawnProcess):
    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802
        with _without_main():
            return SpawnProcess._Popen(process_obj)


class _Spawning(SpawnContext):
    """Processes that each load what they need, which takes longer."""

    Process = _Spawned


def _context() -> _Forking | _Spawning:
    """Forking needs a socket, for which the path of the folder for temporary files can be too long."""
    forking = _Forking()
    try:
        with _without_main():
            forkserver.ensure_running()
    except OSError:
        return _Spawning()
    return forking


class _Reader:
    """A process that reads one page after the other.

    It has a pipe to itself: processes that share one can hold it when they are killed, which costs all of them.
    """

    def __init__(self, limits: Limits) -> None:
        context = _context()
        self._limits, self._left = limits, _MOST_PAGES
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_read_pages, args=(theirs, limits), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def can_read_more(self) -> bool:
        return self._left > 0 and self._process.is_alive()

    def read(self, page: Page) -> list[Article] | Exception:
        """The articles, or why there are none; it raises ExtractError where that has ended the process."""
        self._left -= 1
        try:
            self._pipe.recv()  # it is ready, and its time begins
            self._pipe.send(page)
            if self._pipe.poll(self._limits.seconds):
                answer: list[Article] | Exception = self._pipe.recv()
                return answer
        except (EOFError, OSError) as exc:
            self.end()
            raise ExtractError("reading the page crashed its process", SAVE_AS_TEXT) from exc
        self.end()
        raise ExtractError(f"reading the page took more than {self._limits.seconds} seconds", SAVE_AS_TEXT)

    def end(self) -> None:
        self._process.kill()
        self._process.join()


class Extractor:
    """Takes pages apart, several at a time, in processes that are started with the first page that needs one.

    Use as a context: at its end the processes are gone, whatever they were doing.
    """

    def __init__(self, *, workers: int | None = None, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(workers or os.cpu_count() or 1)  # each waits for one process
        self._lock, self._is_over = threading.Lock(), False
        self._readers: WeakSet[_Reader] = WeakSet()
        self._idle: list[_Reader] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_over = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for reader in self._readers:
            reader.end()
        self._threads.shutdown()

    def begin(self, page: Page) -> Pending:
        """Begin with a page; what is returned waits for its articles.

        It raises NotAnArticle and ExtractError as `extract` does, the latter also for a page beyond the limits.
        """
        return self._threads.submit(self._read, page).result if _is_heavy(page) else lambda: extract(page)

    def _read(self, page: Page) -> list[Article]:
        reader = self._reader()
        answer = reader.read(page)
        self._idle.append(reader)
        if isinstance(answer, MemoryError):
            raise ExtractError("reading the page took too much memory", SAVE_AS_TEXT) from answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _reader(self) -> _Reader:
        """One that is idle, else a new one."""
        with self._lock:
            while self._idle:
                reader = self._idle.pop()
                if reader.can_read_more:
                    return reader
                reader.end()
            if self._is_over:
                raise CancelledError
            reader = _Reader(self._limits)
            self._readers.add(reader)
            return reader


def _is_heavy(page: Page) -> bool:
    kind = page.media_type.partition(";")[0].strip().lower()
    return kind in _MARKUP or len(page.content) > _MOST_BYTES or page.content.count(b"<") > _MOST_TAGS


def _read_pages(pipe: Connection, limits: Limits) -> None:
    """In the process, until it is ended or nobody reads the answers."""
    _confine(limits.memory)
    with contextlib.suppress(EOFError, OSError, MemoryError):  # the other end sees that the pipe is closed
        while True:
            pipe.send(None)
            page = pipe.recv()
            pipe.send(_answer(page, limits.seconds))


def _answer(page: Page, seconds: int) -> list[Article] | Exception:
    """The processor's time is counted anew for every page."""
    try:
        with contextlib.suppress(ImportError, ValueError, OSError):
            import resource

            spent = int(time.process_time()) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))
        return extract(page)
    except Exception as exc:
        return exc


def _confine(memory: int) -> None:
    """Leave Ctrl-C to the parent process and limit the memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
