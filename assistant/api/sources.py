"""Files and folders on the service's machine, and links: ingest them, read them again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.routing import APIRoute
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import Scope

from assistant.api.jobs import Job
from assistant.api.service import TheDesk, TheService
from assistant.types import KeptSource, Report, SourceRequest
from ingest.types import Frozen

router = APIRouter(tags=["ingesting"])


class StreamRoute(APIRoute):
    """A route for those who accept server-sent events; the others find the next one of the same path."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        accepted = "text/event-stream" in Headers(scope=scope).get("accept", "") if scope["type"] == "http" else False
        return super().matches(scope) if accepted else (Match.NONE, {})


_streams = APIRouter(route_class=StreamRoute, default_response_class=EventSourceResponse, include_in_schema=False)


class ReindexRequest(Frozen):
    """How to reindex.

    full  rebuild both search indexes from the stored texts, instead of reading the sources again
    """

    full: bool = False


# Started on the event loop, before the response begins: a second run is refused with a status, not with an event.
async def _ingesting(request: SourceRequest, desk: TheDesk, service: TheService) -> Job:
    return service.jobs.start(
        lambda emit, stop: desk.ingest(
            request.sources,
            kind=request.kind,
            captured=request.captured_at,
            mapping=request.map,
            emit=emit,
            stop=stop,
        )
    )


async def _reindexing(desk: TheDesk, service: TheService, request: ReindexRequest | None = None) -> Job:
    full = request is not None and request.full
    return service.jobs.start(lambda emit, stop: desk.reindex(full=full, emit=emit, stop=stop))


async def _retrying(desk: TheDesk, service: TheService) -> Job:
    return service.jobs.start(lambda emit, stop: desk.retry(emit=emit, stop=stop))


Ingesting = Annotated[Job, Depends(_ingesting)]
Reindexing = Annotated[Job, Depends(_reindexing)]
Retrying = Annotated[Job, Depends(_retrying)]


@_streams.post("/sources")
async def stream_sources(job: Ingesting) -> AsyncIterator[ServerSentEvent]:
    async for event in job.events():
        yield ServerSentEvent(data=event, event=event.event)


@_streams.post("/reindex")
async def stream_reindex(job: Reindexing) -> AsyncIterator[ServerSentEvent]:
    async for event in job.events():
        yield ServerSentEvent(data=event, event=event.event)


@_streams.post("/retry")
async def stream_retry(job: Retrying) -> AsyncIterator[ServerSentEvent]:
    async for event in job.events():
        yield ServerSentEvent(data=event, event=event.event)


@router.get("/sources")
def list_sources(desk: TheDesk) -> tuple[KeptSource, ...]:
    """The files, folders and links that a reindex reads again. Needs the token."""
    return desk.sources()


@router.delete("/sources", status_code=204)
def forget_source(desk: TheDesk, address: Annotated[str, Query(min_length=1, max_length=4096)]) -> None:
    """Forget a source. Its articles stay. Needs the token."""
    desk.forget_source(address)


@router.post("/sources")
async def ingest_sources(job: Ingesting, request: Request) -> Report:
    """Ingest files and folders on the service's machine, and links, and remember them as sources. Needs the token.

    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await job.report(request)


@router.post("/sources/stop", status_code=204)
async def stop_ingesting(service: TheService) -> None:
    """Stop the current run after its current article. Its report says that it was interrupted. Needs the token."""
    service.jobs.stop()


@router.post("/reindex")
async def reindex(job: Reindexing, request: Request) -> Report:
    """Read all sources again and ingest what is new or changed, or rebuild the search indexes.

    Needs the token if DATELINE_TOKEN is set.
    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await job.report(request)


@router.post("/retry")
async def retry(job: Retrying, request: Request) -> Report:
    """Try again the files and links that failed, in whole or in part. Needs the token.

    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await job.report(request)


routers = (_streams, router)
