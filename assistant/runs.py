"""What an ingest run is: it tells what happens, asks whether to stop, and ends in a report."""

from __future__ import annotations

from collections.abc import Callable

from assistant.types import Outcome, Progress, Report

Emit = Callable[[Progress | Outcome], None]
Stop = Callable[[], bool]
Run = Callable[[Emit, Stop], Report]
