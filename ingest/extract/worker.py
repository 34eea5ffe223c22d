"""Pages taken apart in processes of their own: one that never ends or eats the memory costs its process alone."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Self
from weakref import WeakSet

from ingest.errors import ExtractError
from ingest.extract.body.markup import SAVE_AS_TEXT
from ingest.extract.extract import extract
from ingest.processes import Worker, WorkerEnded, forking
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


class Extractor:
    """Takes pages apart, several at a time, in processes that are started with the first page that needs one.

    Use as a context: at its end the processes are gone, whatever they were doing.
    """

    def __init__(self, *, workers: int | None = None, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(workers or os.cpu_count() or 1)  # each waits for one process
        self._lock, self._is_over = threading.Lock(), False
        self._workers: WeakSet[Worker] = WeakSet()
        self._idle: list[Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_over = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()
        self._threads.shutdown()

    def begin(self, page: Page) -> Pending:
        """Begin with a page; what is returned waits for its articles.

        It raises NotAnArticle and ExtractError as `extract` does, the latter also for a page beyond the limits.
        """
        return self._threads.submit(self._read, page).result if _is_heavy(page) else lambda: extract(page)

    def _read(self, page: Page) -> list[Article]:
        try:
            return self._asked(page)
        except WorkerEnded as exc:
            raise ExtractError("reading the page crashed its process", SAVE_AS_TEXT) from exc
        except TimeoutError as exc:
            took = f"reading the page took more than {self._limits.seconds} seconds"
            raise ExtractError(took, SAVE_AS_TEXT) from exc
        except MemoryError as exc:
            raise ExtractError("reading the page took too much memory", SAVE_AS_TEXT) from exc

    def _asked(self, page: Page) -> list[Article]:
        worker = self._worker()
        try:
            articles: list[Article] = worker.ask(page, seconds=self._limits.seconds)
        finally:
            self._idle.append(worker)
        return articles

    def _worker(self) -> Worker:
        """One that is idle, else a new one."""
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.lives and worker.asked < _MOST_PAGES:
                    return worker
                worker.end()
            if self._is_over:
                raise CancelledError
            worker = Worker(forking([__name__, "ingest.extract.preloaded"]), _begin, self._limits)
            self._workers.add(worker)
            return worker


def _is_heavy(page: Page) -> bool:
    kind = page.media_type.partition(";")[0].strip().lower()
    return kind in _MARKUP or len(page.content) > _MOST_BYTES or page.content.count(b"<") > _MOST_TAGS


def _begin(limits: Limits) -> Callable[[Page], list[Article]]:
    """Runs in the process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    return partial(_extract, limits.seconds)


def _extract(seconds: int, page: Page) -> list[Article]:
    """The processor's time is counted anew for every page."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        spent = int(time.process_time()) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))
    return extract(page)
