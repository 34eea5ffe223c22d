"""Pages taken apart in processes of their own: one that never ends or eats the memory costs its process alone."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.context import BaseContext, ForkServerContext, ForkServerProcess, SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

from ingest.errors import ExtractError
from ingest.extract.body.markup import SAVE_AS_TEXT
from ingest.extract.extract import extract
from ingest.types import Article, Page

if TYPE_CHECKING:
    from pebble import ProcessPool

# Text, and records that hold little markup, are read where they are: nothing in them can be nested or blown up.
_MARKUP = frozenset({"text/html", "application/xhtml+xml", "application/pdf", "message/rfc822"})
_MOST_TAGS, _MOST_BYTES = 200, 1_000_000

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
        self.set_forkserver_preload([__name__, "pebble", "ingest.extract.preloaded"])


class _Spawned(SpawnProcess):
    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802
        with _without_main():
            return SpawnProcess._Popen(process_obj)


class _Spawning(SpawnContext):
    """Processes that each load what they need, which takes longer."""

    Process = _Spawned


def _context() -> BaseContext:
    """Forking needs a socket, for which the path of the folder for temporary files can be too long."""
    forking = _Forking()
    try:
        with _without_main():
            forkserver.ensure_running()
    except OSError:
        return _Spawning()
    return forking


class Extractor:
    """Takes pages apart, several at a time, in processes that are started with the first page that needs one.

    Use as a context: at its end the processes are gone, whatever they were doing.
    """

    def __init__(self, *, workers: int | None = None, limits: Limits = Limits()) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._limits = limits
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    def begin(self, page: Page) -> Pending:
        """Begin with a page; what is returned waits for its articles.

        It raises NotAnArticle and ExtractError as `extract` does, the latter also for a page beyond the limits.
        """
        if not _is_heavy(page):
            return lambda: extract(page)
        future = self._processes().schedule(_extract, args=[page, self._limits.seconds], timeout=self._limits.seconds)
        return lambda: self._result(future)

    def _processes(self) -> ProcessPool:
        if self._pool is None:
            from pebble import ProcessPool

            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=1000,  # what a parser leaks over thousands of pages goes with its process
                initializer=_confine,
                initargs=[self._limits.memory],
                context=_context(),
            )
        return self._pool

    def _result(self, future: Future[list[Article]]) -> list[Article]:
        from pebble import ProcessExpired

        try:
            return future.result()
        except TimeoutError as exc:
            took = f"reading the page took more than {self._limits.seconds} seconds"
            raise ExtractError(took, SAVE_AS_TEXT) from exc
        except MemoryError as exc:
            raise ExtractError("reading the page took too much memory", SAVE_AS_TEXT) from exc
        except ProcessExpired as exc:
            raise ExtractError("reading the page crashed its process", SAVE_AS_TEXT) from exc


def _is_heavy(page: Page) -> bool:
    kind = page.media_type.partition(";")[0].strip().lower()
    return kind in _MARKUP or len(page.content) > _MOST_BYTES or page.content.count(b"<") > _MOST_TAGS


def _extract(page: Page, seconds: int) -> list[Article]:
    """In the worker: the processor's time is counted anew for every page."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        spent = int(time.process_time()) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))
    return extract(page)


def _confine(memory: int) -> None:
    """At the worker's start: leave Ctrl-C to the parent process and limit the memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
