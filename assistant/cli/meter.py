"""How far a run is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Protocol, Self

from assistant.wording import counted
from ingest.types import Progress

_SECONDS_BETWEEN_LINES = 5.0
_SECONDS_OF_SPEED = 120.0  # over which the time left is estimated: a batch is embedded in some seconds


class Meter(Protocol):
    """Shows progress on stderr, in a `with`."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def show(self, progress: Progress) -> None: ...


class Lines:
    """A line every few seconds, for logs.

    noun  what is counted, in the singular
    """

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def show(self, progress: Progress) -> None:
        is_time = time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES
        if is_time and (progress.total or progress.done or progress.embedded):
            self._last = time.monotonic()
            print(progressed(progress, self._noun), file=sys.stderr, flush=True)


class Bar:
    """A bar with the pages, the passages embedded and the time left."""

    def __init__(self, noun: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._noun = noun
        columns = (
            BarColumn(bar_width=20),
            TextColumn("{task.description}", markup=False),
            TimeRemainingColumn(compact=True),
        )
        self._bar = Progress(
            *columns,
            console=Console(stderr=True),
            transient=True,
            refresh_per_second=4,
            speed_estimate_period=_SECONDS_OF_SPEED,
        )
        self._task = self._bar.add_task("counting …", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        if progress.total is None and not (progress.done or progress.embedded):
            return
        done, total, told = progress.done, progress.total, progressed(progress, self._noun)
        if progress.waiting:
            done, total = progress.embedded, progress.embedded + progress.waiting
            told = f"{_embedded(progress)} · all {self._noun}s can be found by their words"
        self._bar.update(self._task, completed=done, total=total, description=told)


def progressed(progress: Progress, noun: str) -> str:
    """ "1 page", "2 of 5 pages · 3 of 10 passages embedded"."""
    return _counted(progress.done, progress.total, noun) + (f" · {_embedded(progress)}" if progress.embedded else "")


def _embedded(progress: Progress) -> str:
    total = progress.embedded + progress.waiting if progress.waiting else None
    return f"{_counted(progress.embedded, total, 'passage')} embedded"


def _counted(done: int, total: int | None, noun: str) -> str:
    return f"{done:,} of {counted(total, noun)}" if total else counted(done, noun)


def meter(noun: str) -> Meter:
    return Bar(noun) if sys.stderr.isatty() else Lines(noun)
