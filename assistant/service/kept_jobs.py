"""Jobs as the archive's database has them, also while no service runs that could do them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from assistant.types import Failed
from assistant.types.jobs import OVER, UNFINISHED, AnyJob, Job, JobList, UploadJob
from ingest.database.jobs import KEPT, JobRows, KeptJob
from ingest.errors import ArchiveBusy, NotFound
from ingest.status import JobState

UPLOADS = "uploads"  # the folder, in the archive's own, of files that are handed over
_ALL = 10_000
_ANY: TypeAdapter[AnyJob] = TypeAdapter(AnyJob)


class KeptJobs:
    """Reads and writes of jobs. A running service knows more of those that are not over: see `Queue`.

    folder  the archive's own
    """

    def __init__(self, rows: JobRows, folder: Path) -> None:
        self._rows, self._uploads = rows, folder / UPLOADS

    def add(self, job: Job, request: AnyJob) -> None:
        """Keep a job; of those that are over the oldest are forgotten."""
        created = job.created.timestamp()
        file = Path(request.path) if isinstance(request, UploadJob) else None
        self._rows.add(KeptJob(job.id, job.state, created, request.model_dump_json(), job.model_dump_json()), file)
        for kept in self._rows.list(OVER, limit=_ALL, offset=KEPT)[1]:
            self._forget(kept)

    def save(self, job: Job) -> bool:
        """Keep how far a job is; False for one that is over by now, or forgotten, which it stays."""
        return self._rows.save(job.id, job.state, job.model_dump_json(), unless=OVER)

    def list(self, state: JobState | None = None, *, limit: int = 50, offset: int = 0) -> JobList:
        """A page of the jobs, latest first."""
        total, kept = self._rows.list((state,) if state else (), limit=limit, offset=offset)
        return JobList(total=total, jobs=tuple(map(_job, kept)))

    def get(self, job_id: str) -> Job:
        """Raises NotFound."""
        return _job(self._kept(job_id))

    def request(self, job_id: str) -> AnyJob:
        """What a job is to do. Raises NotFound."""
        return self._request(self._kept(job_id))

    def unfinished(self) -> Sequence[tuple[Job, AnyJob]]:
        """The jobs that are not over, and what they are to do, oldest first."""
        return [(_job(kept), self._request(kept)) for kept in reversed(self._rows.list(UNFINISHED, limit=_ALL)[1])]

    def count_unfinished(self) -> int:
        return self._rows.list(UNFINISHED, limit=0)[0]

    def cancel(self, job_id: str) -> Job:
        """End a job that nobody does; what it has ingested stays. Raises NotFound."""
        self.save(ended(self.get(job_id), "cancelled"))
        return self.get(job_id)

    def begin_again(self, job_id: str) -> Job:
        """Let a job that is over wait for its turn again. Raises NotFound, ArchiveBusy for one that is not over."""
        job, request = self.get(job_id), self.request(job_id)
        if job.is_over and isinstance(request, UploadJob):
            self._require_file(job_id, Path(request.path))
        fresh = Job(id=job.id, does=job.does, of=job.of, state="waiting", created=job.created)
        if not self._rows.save(job_id, fresh.state, fresh.model_dump_json(), unless=UNFINISHED):
            raise ArchiveBusy(f"job {job_id} is not over", "cancel it first, or wait until it ends")
        return fresh

    def forget(self, job_id: str) -> None:
        """Forget a job, and the file it was handed; what it has ingested stays. Raises NotFound."""
        self._forget(self._kept(job_id))

    def bring_file(self, job_id: str, request: AnyJob) -> None:
        """Make sure that the file of a job is here; it may have been handed to another service."""
        if isinstance(request, UploadJob) and not Path(request.path).exists() and self._rows.has_file(job_id):
            self._rows.bring_file(job_id, Path(request.path))

    def discard_file(self, job_id: str, request: AnyJob) -> None:
        """Remove the file that a job was handed, if it was handed one."""
        if isinstance(request, UploadJob):
            discard_upload(request)
            self._rows.forget_file(job_id)

    def uploads(self) -> set[Path]:
        """The folders of the files that jobs are still to ingest, or may be asked to ingest again."""
        requests = map(self._request, self._rows.list(limit=_ALL)[1])
        return {Path(one.path).parent for one in requests if isinstance(one, UploadJob)}

    def _kept(self, job_id: str) -> KeptJob:
        kept = self._rows.get(job_id)
        if kept is None:
            raise NotFound(f"there is no job {job_id}", "dateline jobs list shows them")
        return kept

    def _request(self, kept: KeptJob) -> AnyJob:
        """What a job is to do. Its file is one of this archive, also where that has been moved or copied since."""
        request = _ANY.validate_json(kept.request)
        if not isinstance(request, UploadJob):
            return request
        came = Path(request.path)
        return request.model_copy(update={"path": str(self._uploads / came.parent.name / came.name)})

    def _require_file(self, job_id: str, path: Path) -> None:
        if not (path.exists() or self._rows.has_file(job_id)):
            raise NotFound(f"the file of job {job_id} is no longer there", "send it again")

    def _forget(self, kept: KeptJob) -> None:
        if isinstance(request := self._request(kept), UploadJob):
            discard_upload(request)
        self._rows.remove(kept.id)


def ended(job: Job, state: JobState, error: Failed | None = None) -> Job:
    return job.model_copy(update={"state": state, "finished": datetime.now(UTC), "error": error})


def discard_upload(request: UploadJob) -> None:
    shutil.rmtree(Path(request.path).parent, ignore_errors=True)


def _job(kept: KeptJob) -> Job:
    return Job.model_validate_json(kept.record)
