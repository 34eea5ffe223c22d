"""Ingest jobs: begun by one request, looked at and steered by others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.api.admission.admission import require
from assistant.api.admission.scopes import needed_to_ingest
from assistant.api.articles import UPLOAD_BODY
from assistant.api.serving.lifespan import TheLifespan, TheService
from assistant.api.uploads import Received
from assistant.service.local import LocalService
from assistant.service.uploads import MOST_BYTES
from assistant.service.wire import ErrorBody
from assistant.types.jobs import AnyJob, IngestJob, Job, JobChanged, JobList, JobRequest, UploadJob
from ingest.extract.record.mapping import MapLine
from ingest.status import JobState
from ingest.types import Moment

router = APIRouter(tags=["jobs"])

JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]


def _require(http: Request, request: AnyJob) -> None:
    """Refuse a job whose sources need a higher scope than its route."""
    if isinstance(request, IngestJob):
        require(http.scope, needed_to_ingest(request.sources))


async def _begin(request: AnyJob, service: TheService, response: Response) -> Job:
    job = await service.queue.begin(request)
    response.headers["Location"] = f"/jobs/{job.id}"
    return job


async def _with_room(service: TheService) -> LocalService:
    await service.queue.require_room()
    return service


# Refuses a job too many before its file is read.
TheQueueingService = Annotated[LocalService, Depends(_with_room)]


async def _known(job_id: JobId, service: TheService) -> Job:
    """Refuses an unknown job before the response begins."""
    return await service.queue.get(job_id)


Known = Annotated[Job, Depends(_known)]


@router.get("/jobs")
async def list_jobs(
    service: TheService,
    state: JobState | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> JobList:
    """The jobs, latest first. The last 200 that are over are kept."""
    return await service.queue.list(state, limit=limit, offset=offset)


@router.post("/jobs", status_code=202)
async def begin_job(request: JobRequest, service: TheService, response: Response, http: Request) -> Job:
    """Start to ingest, and return at once. The job takes its turn, and continues after a restart.

    Files and folders need the admin scope.
    """
    _require(http, request)
    return await _begin(request, service, response)


@router.post("/jobs/upload", status_code=202, max_body_size=MOST_BYTES, openapi_extra={"requestBody": UPLOAD_BODY})
async def begin_upload(
    service: TheQueueingService,
    upload: Received,
    response: Response,
    *,
    captured_at: Annotated[Moment | None, Query(description="As in POST /articles.")] = None,
    mapping: Annotated[list[MapLine], Query(alias="map", max_length=100, description="As in POST /sources.")] = [],  # noqa: B006
) -> Job:
    """Start to ingest one file, sent as the body, and return once it has arrived."""
    request = UploadJob(
        does="upload", path=str(upload.path), name=upload.name, captured_at=captured_at, map=tuple(mapping)
    )
    upload.is_taken = True
    return await _begin(request, service, response)


@router.get("/jobs/{job_id}")
async def read_job(known: Known) -> Job:
    """A job and how far it is."""
    return known


@router.get("/jobs/{job_id}/events", response_class=EventSourceResponse)
async def follow_job(known: Known, service: TheService, lifespan: TheLifespan) -> AsyncIterator[ServerSentEvent]:
    """A job as server-sent events, one for each change, until it is over.

    Closing the connection does not stop the job.
    """
    async for job in lifespan.until_closing(service.queue.follow(known.id)):
        event = JobChanged(job=job) if isinstance(job, Job) else job
        yield ServerSentEvent(data=event, event=event.event)


@router.post("/jobs/{job_id}/cancel")
async def cancel_job(job_id: JobId, service: TheService) -> Job:
    """End a job at the next article. What it has ingested stays."""
    return await service.queue.cancel(job_id)


@router.post(
    "/jobs/{job_id}/retry",
    status_code=202,
    responses={409: {"model": ErrorBody, "description": "The job is not over."}},
)
async def retry_job(job_id: JobId, service: TheService, http: Request) -> Job:
    """Start a finished job again. This needs the scope that starting it needed."""
    _require(http, await service.queue.request(job_id))
    return await service.queue.retry(job_id)


@router.delete("/jobs/{job_id}", status_code=204)
async def forget_job(job_id: JobId, service: TheService) -> None:
    """Forget a job, after cancelling it. What it has ingested stays."""
    await service.queue.remove(job_id)
