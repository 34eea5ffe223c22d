"""An attempt at a job: what the events of its run make of the job."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.service.kept_jobs import ended
from assistant.service.runs import WAITING
from assistant.types import Failed, Finished, IngestEvent, PageDone, Progressed
from assistant.types.jobs import Job

MOST_FAILURES = 100  # pages that a job names
_INGESTED = ("added", "updated", "copy")


class Attempt:
    """Begins with a job that waits. Its counts are those of all attempts, its failures those of the last one."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._earlier = {status: count for status, count in job.counts.items() if status in _INGESTED}
        self._told: dict[str, int] = {}

    def after(self, event: IngestEvent) -> Job:
        """The job once that has happened."""
        if isinstance(event, Progressed) and event.progress.place == WAITING:
            return self._job
        if self._job.state == "waiting":
            begun = {"state": "running", "started": datetime.now(UTC), "attempts": self._job.attempts + 1}
            self._job = self._job.model_copy(update=begun | {"failures": ()})
        self._job = self._changed(event).model_copy(update={"counts": self._counts()})
        return self._job

    def _changed(self, event: IngestEvent) -> Job:
        match event:
            case Progressed():
                return self._job.model_copy(update={"progress": event.progress})
            case PageDone():
                outcome, failures = event.outcome, self._job.failures
                self._told[outcome.status] = self._told.get(outcome.status, 0) + 1
                failures = (*failures, outcome)[:MOST_FAILURES] if outcome.status == "failed" else failures
                return self._job.model_copy(update={"failures": failures})
            case Finished():
                self._told = dict(event.report.counts.items())
                return ended(self._job, "cancelled" if event.report.interrupted else "done")
            case Failed():
                return ended(self._job, "failed", event)

    def _counts(self) -> dict[str, int]:
        """What an earlier attempt ingested is unchanged to this one, and counted as ingested."""
        counts = self._told | {status: count + self._told.get(status, 0) for status, count in self._earlier.items()}
        again = min(sum(self._earlier.values()), counts.get("unchanged", 0))
        return counts | {"unchanged": counts["unchanged"] - again} if again else counts
