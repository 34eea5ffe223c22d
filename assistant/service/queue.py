"""Jobs that go on when the one who asked has left, and when the service is restarted."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from assistant.service.attempt import Attempt
from assistant.service.errors import Busy, Stopping
from assistant.service.kept_jobs import KeptJobs, discard_upload, ended
from assistant.service.protocol import Ingesting
from assistant.service.uploads import Upload
from assistant.types import Failed, Finished
from assistant.types.jobs import (
    AnyJob,
    FeedsJob,
    IngestJob,
    Job,
    JobList,
    ReindexJob,
    RetryJob,
    UploadJob,
)
from ingest.database.engines.disk import of_server
from ingest.errors import ArchiveBusy, DatabaseUnreachable, DatelineError
from ingest.status import JobState

if TYPE_CHECKING:
    from assistant.service.local import LocalService

log = logging.getLogger("dateline")

Value = TypeVar("Value")

MOST_UNFINISHED = 100
MOST_ATTEMPTS = 3  # of a job that never came to an end
_SECONDS_BETWEEN_NOTES = 1.0
_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_BETWEEN_TRIES = 0.01


class Queue:
    """Runs jobs one after the other, with all other runs of the service, and keeps what became of them.

    begin_run  the events of what a job is to do
    may_run    whether jobs are run here, and not by another process that shares the database
    """

    def __init__(
        self, kept: KeptJobs, begin_run: Callable[[AnyJob], Ingesting], may_run: Callable[[], bool] = lambda: True
    ) -> None:
        self._kept, self._begin_run, self._may_run = kept, begin_run, may_run
        self._live: dict[str, Job] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="jobs")  # so that rows are written in order

    async def require_room(self) -> None:
        """Raises Busy where too many jobs are unfinished, whichever service was given them."""
        unfinished = await self._do(self._kept.count_unfinished)
        if unfinished >= MOST_UNFINISHED:
            raise Busy(f"{unfinished} jobs wait for their turn", "try again when some of them are done")

    async def begin(self, request: AnyJob) -> Job:
        """Keep a job and let it take its turn. Raises Busy."""
        await self.require_room()
        job = Job(
            id=secrets.token_hex(6),
            does=request.does,
            of=_subject(request),
            state="waiting",
            created=datetime.now(UTC),
        )
        await self._do(partial(self._kept.add, job, request))
        if isinstance(request, UploadJob) and not self._may_run():
            await self._do(partial(discard_upload, request))  # it is in the database
        await self.resume()
        return self._live.get(job.id, job)

    async def resume(self) -> None:
        """Go on with what waits: what an earlier process of the service left, or another one on the same database."""
        unfinished = await self._do(self._kept.unfinished)
        self._leave_all_but({job.id for job, _ in unfinished} if self._may_run() else set())
        for job, request in unfinished:
            if job.id in self._live or not self._may_run():
                continue
            if job.attempts >= MOST_ATTEMPTS:
                await self._note(ended(job, "failed", _NEVER_ENDED))
            else:
                self._drive(job.model_copy(update={"state": "waiting"}), request)

    def _leave_all_but(self, mine: set[str]) -> None:
        """Stop the jobs that another process has cancelled or forgotten, or that it runs."""
        for job in [job for job in self._live.values() if job.id not in mine and not job.is_over]:
            if task := self._tasks.pop(job.id, None):
                task.cancel()
            del self._live[job.id]

    async def list(self, state: JobState | None = None, *, limit: int = 50, offset: int = 0) -> JobList:
        kept = await self._do(partial(self._kept.list, state, limit=limit, offset=offset))
        return JobList(total=kept.total, jobs=tuple(self._live.get(job.id, job) for job in kept.jobs))

    async def get(self, job_id: str) -> Job:
        """Raises NotFound."""
        if job := self._live.get(job_id):
            return job
        return await self._do(partial(self._kept.get, job_id))

    async def request(self, job_id: str) -> AnyJob:
        """What a job is to do. Raises NotFound."""
        return await self._do(partial(self._kept.request, job_id))

    async def follow(self, job_id: str) -> AsyncGenerator[Job, None]:
        """The job as it is and as it changes, until it is over. Raises NotFound."""
        told: Job | None = None
        while told is None or not told.is_over:
            changed, job = self._changed, await self.get(job_id)
            if job == told:
                with suppress(TimeoutError):  # another process may run it
                    await asyncio.wait_for(changed.wait(), _SECONDS_BETWEEN_LOOKS)
            else:
                yield job
                told = job

    async def cancel(self, job_id: str) -> Job:
        """End a job at the next article boundary; what it has ingested stays. Raises NotFound."""
        job = await self.get(job_id)
        if job.is_over:
            return job
        if task := self._tasks.pop(job_id, None):
            task.cancel()
        over = ended(job, "cancelled")
        return over if await self._note(over) else await self.get(job_id)

    async def retry(self, job_id: str) -> Job:
        """Begin a job again that is over. Raises NotFound, ArchiveBusy for one that is not over, Busy."""
        await self.require_room()
        fresh = await self._do(partial(self._kept.begin_again, job_id))
        await self.resume()
        return self._live.get(job_id, fresh)

    async def remove(self, job_id: str) -> None:
        """Forget a job, after cancelling it; what it has ingested stays. Raises NotFound."""
        await self.cancel(job_id)
        await self._do(partial(self._kept.forget, job_id))

    def has_ended(self, within: float) -> bool:
        """Wait until nothing of jobs is written any more; not in the thread of the event loop, and after all runs."""
        until = time.monotonic() + within
        while self._tasks and time.monotonic() < until:  # they note that the next process begins them again
            time.sleep(_SECONDS_BETWEEN_TRIES)
        with suppress(TimeoutError):
            self._thread.submit(lambda: None).result(max(0.0, until - time.monotonic()))
            return True
        return False

    async def _do(self, work: Callable[[], Value]) -> Value:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except DBAPIError as exc:
            if ours := of_server(exc):
                raise ours from exc
            raise

    # Running

    def _drive(self, job: Job, request: AnyJob) -> None:
        self._live[job.id] = job
        task = asyncio.create_task(self._run(job, request), name=f"job {job.id}")
        self._tasks[job.id] = task
        task.add_done_callback(lambda done: self._tasks.pop(job.id) if self._tasks.get(job.id) is done else None)

    async def _run(self, job: Job, request: AnyJob) -> None:
        try:
            await self._run_to_end(job, request)
        except (ArchiveBusy, DatabaseUnreachable) as exc:
            log.warning("job %s is left to whoever writes to the archive: %s", job.id, exc.message)
            self._live.pop(job.id, None)

    async def _run_to_end(self, job: Job, request: AnyJob) -> None:
        """Raises ArchiveBusy and DatabaseUnreachable where this process cannot say what became of the job."""
        noted, known = 0.0, job.state
        attempt = Attempt(job)
        try:
            await self._do(partial(self._kept.bring_file, job.id, request))
            async with aclosing(self._begin_run(request)) as events:
                async for event in events:
                    job = attempt.after(event)
                    if job.is_over or job.state != known or time.monotonic() > noted:
                        noted, known = time.monotonic() + _SECONDS_BETWEEN_NOTES, job.state
                        if not await self._note(job):
                            return
                    else:
                        self._tell(job)
        except Stopping:  # the next process of the service begins it again
            unbegun = job.model_copy(update={"state": "waiting", "attempts": max(0, job.attempts - 1)})
            with suppress(Exception):  # the archive may be closed by now; then it counts as an attempt
                await self._note(unbegun)
        except (ArchiveBusy, DatabaseUnreachable):
            raise
        except DatelineError as exc:
            await self._note(ended(job, "failed", Failed.of(exc)))
        except Exception:
            log.exception("job %s failed", job.id)
            await self._note(ended(job, "failed", _UNEXPECTED))
        if job.state == "done":
            await self._do(partial(self._kept.discard_file, job.id, request))

    async def _note(self, job: Job) -> bool:
        """Keep a job as it is now; False where it was over, having been cancelled or forgotten by another process."""
        self._tell(job)
        is_kept = await self._do(partial(self._kept.save, job))
        if (job.is_over or not is_kept) and self._live.get(job.id) is job:
            del self._live[job.id]
        return is_kept

    def _tell(self, job: Job) -> None:
        self._live[job.id] = job
        self._changed.set()
        self._changed = asyncio.Event()


_NEVER_ENDED = Failed(
    code="internal", message=f"it was begun {MOST_ATTEMPTS} times and never ended", hint="see the log of the service"
)
_UNEXPECTED = Failed(code="internal", message="ingesting failed unexpectedly", hint="see the log of the service")


def _subject(request: AnyJob) -> str:
    match request:
        case UploadJob():
            return request.name
        case IngestJob():
            named = request.sources
        case FeedsJob():
            named = request.addresses
        case _:
            named = ()
    more = f" and {len(named) - 1:,} more" if len(named) > 1 else ""
    return f"{named[0]}{more}" if named else ""


async def run_of(service: LocalService, request: AnyJob) -> Ingesting:
    """The events of what a job is to do.

    A job was accepted, so it waits where a run that is asked for would be refused. Raises Stopping where the service
    ends before the job does, ArchiveBusy where another process writes to the archive by now, and
    DatabaseUnreachable.
    """
    while service.runs.is_full:  # noqa: ASYNC110 it is so for a moment, if ever
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    async with aclosing(_begun(service, request)) as events:
        async for event in events:
            if isinstance(event, Finished) and event.report.interrupted and service.runs.is_closed:
                raise Stopping("the service is stopping")
            if isinstance(event, Failed) and service.archive.home.writer:
                raise ArchiveBusy(event.message, event.hint)
            if isinstance(event, Failed) and event.code == DatabaseUnreachable.code:
                raise DatabaseUnreachable(event.message, event.hint)
            yield event


def _begun(service: LocalService, request: AnyJob) -> Ingesting:
    match request:
        case IngestJob():
            captured, mapping = request.captured_at, request.map
            return service.ingest(request.sources, kind=request.kind, captured=captured, mapping=mapping)
        case UploadJob():
            upload = Upload(Path(request.path), request.name, is_kept=True)
            return service.ingest_stored(upload, captured=request.captured_at, mapping=request.map)
        case ReindexJob():
            return service.reindex(full=request.full)
        case RetryJob():
            return service.retry()
        case FeedsJob():
            return service.check_feeds(request)
