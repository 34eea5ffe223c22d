"""How far a run of taking in is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Protocol, Self

from ingest.types import Progress

_SECONDS_BETWEEN_LINES = 5.0


class Meter(Protocol):
    """Shows progress on stderr, in a `with`."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def show(self, progress: Progress) -> None: ...


class Lines:
    """A line every few seconds, for logs."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def show(self, progress: Progress) -> None:
        if time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES and (progress.total or progress.done):
            self._last = time.monotonic()
            of = f" of {progress.total:,}" if progress.total else ""
            print(f"{progress.done:,}{of} {self._noun}", file=sys.stderr, flush=True)


class Bar:
    """A bar with the rate and the time left."""

    def __init__(self, noun: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        rate = TextColumn("{task.fields[rate]}")
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn(noun), rate, TimeRemainingColumn(compact=True))
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4)
        self._task = self._bar.add_task("", total=None, rate="counting …")
        self._began: float | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        if progress.total is None and not progress.done:
            return
        self._began = self._began or time.monotonic()
        rate = progress.done / max(time.monotonic() - self._began, 0.001)
        self._bar.update(self._task, completed=progress.done, total=progress.total, rate=f"{rate:,.0f}/s")


def meter(noun: str) -> Meter:
    return Bar(noun) if sys.stderr.isatty() else Lines(noun)
