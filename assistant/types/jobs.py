"""Ingest jobs: runs that go on when the one who asked has left, and when the service is restarted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from assistant.types.events import Failed
from assistant.types.requests import FeedCheckRequest, SourceRequest
from ingest.status import JobState
from ingest.types import Flag, Frozen, Moment, Outcome, Progress

OVER: tuple[JobState, ...] = ("done", "failed", "cancelled")
UNFINISHED: tuple[JobState, ...] = ("waiting", "running")


class IngestJob(SourceRequest):
    """Ingest files and folders on the service's machine, and links, and remember them as sources."""

    does: Literal["ingest"]


class ReindexJob(Frozen):
    """Read all sources again.

    full  rebuild both search indexes from the stored texts instead
    """

    does: Literal["reindex"]
    full: Flag = False


class RetryJob(Frozen):
    """Read the files and links again that failed."""

    does: Literal["retry"]


class FeedsJob(FeedCheckRequest):
    """Check feeds and ingest what is new."""

    does: Literal["feeds"]


class UploadJob(Frozen):
    """Ingest a file that was handed over.

    path  where it lies until then
    """

    does: Literal["upload"]
    path: str
    name: str
    captured_at: Moment | None = None
    map: tuple[str, ...] = ()


JobRequest = Annotated[IngestJob | ReindexJob | RetryJob | FeedsJob, Field(discriminator="does")]
AnyJob = Annotated[IngestJob | ReindexJob | RetryJob | FeedsJob | UploadJob, Field(discriminator="does")]


class Job(Frozen):
    """A job and how far it is.

    of        what it ingests: the first source or feed, or the name of an upload, and how many more there are
    state     a job that waits for its turn runs without anybody's doing; those that are over can be retried
    attempts  how often it was begun; one that a crash interrupted is begun again
    progress  the last that was told
    counts    how many pages had each outcome, in all attempts
    failures  the first pages that failed; GET /outcomes has them all
    error     why it failed as a whole
    """

    id: str
    does: Literal["ingest", "reindex", "retry", "feeds", "upload"]
    of: str = ""
    state: JobState
    created: AwareDatetime
    started: AwareDatetime | None = None
    finished: AwareDatetime | None = None
    attempts: int = 0
    progress: Progress | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    failures: tuple[Outcome, ...] = ()
    error: Failed | None = None

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class JobList(Frozen):
    """A page of the jobs, latest first.

    total  how many match in all
    """

    total: int
    jobs: tuple[Job, ...]


class JobChanged(Frozen):
    """A job as it is; the stream ends when it is over."""

    event: Literal["job"] = "job"
    job: Job
