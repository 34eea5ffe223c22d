"""What an ingest run has done so far, in numbers and words."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from assistant.types import Failed, Finished, IngestEvent, Outcome, PageDone, Progress, Progressed, Status
from tui import wording
from tui.plain import one_line

KEPT_PROBLEMS = 200


class Tally:
    """Adds up the events of one run; only the latest problems, and articles dropped, are kept for display."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.progress = Progress(done=0, total=None)
        self.problems: list[str] = []
        self.end = ""
        self.stopping = False

    def take(self, event: IngestEvent) -> None:
        match event:
            case Progressed():
                self.progress = event.progress
            case PageDone():
                self._count(event.outcome)
            case Finished():
                self.counts = Counter({str(status): count for status, count in event.report.counts.items()})
                self.end = "stopped; what was ingested stays" if event.report.interrupted else "finished"
                if not event.report.interrupted and self.progress.total is not None:
                    self.progress = self.progress.model_copy(update={"done": self.progress.total})
            case Failed():
                self.fail(event.message, event.hint)

    def fail(self, message: str, hint: str) -> None:
        self.end = f"✗ {wording.problem(message, hint)}"

    @property
    def summary(self) -> str:
        """ "3 added, 1 failed": what there is."""
        return ", ".join(
            wording.tallied(self.counts[status], status) for status in get_args(Status) if self.counts[status]
        )

    def _count(self, outcome: Outcome) -> None:
        self.counts[outcome.status] += 1
        if outcome.status in ("dropped", "skipped", "failed"):
            self.problems.append(problem(outcome))
            del self.problems[:-KEPT_PROBLEMS]


def problem(outcome: Outcome) -> str:
    """Which page had a problem, or which article was dropped, and why."""
    title = f" “{one_line(outcome.title)}”" if outcome.title else ""
    place = one_line(f"{outcome.source} {outcome.item}") + title
    return f"{outcome.status}: {place}: {one_line(outcome.reason) or 'no reason given'}"
