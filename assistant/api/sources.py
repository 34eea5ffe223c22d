"""Files and folders on the service's machine, and links: take them in, look at them again."""

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

router = APIRouter(tags=["taking in"])


class StreamRoute(APIRoute):
    """A route for those who accept server-sent events; the others find the next one of the same path."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        accepted = "text/event-stream" in Headers(scope=scope).get("accept", "") if scope["type"] == "http" else False
        return super().matches(scope) if accepted else (Match.NONE, {})


_streams = APIRouter(route_class=StreamRoute, default_response_class=EventSourceResponse, include_in_schema=False)


class ReindexRequest(Frozen):
    """`full` makes words and vectors anew from the texts; else the remembered sources are looked at again."""

    full: bool = False


# Started on the event loop, before the response begins: a second run is refused with a status, not with an event.
async def _taking_in(request: SourceRequest, desk: TheDesk, service: TheService) -> Job:
    return service.jobs.start(
        lambda emit, stop: desk.take_in(
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


TakingIn = Annotated[Job, Depends(_taking_in)]
Reindexing = Annotated[Job, Depends(_reindexing)]
Retrying = Annotated[Job, Depends(_retrying)]


@_streams.post("/sources")
async def stream_sources(job: TakingIn) -> AsyncIterator[ServerSentEvent]:
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
    """The files, folders and links that were taken in and are remembered. Needs the token."""
    return desk.sources()


@router.delete("/sources", status_code=204)
def forget_source(desk: TheDesk, address: Annotated[str, Query(min_length=1, max_length=4096)]) -> None:
    """Look at a source no more; the articles that came from it stay. Needs the token."""
    desk.forget_source(address)


@router.post("/sources")
async def take_in_sources(job: TakingIn, request: Request) -> Report:
    """Take in files and folders of the service's machine, and links, and remember them. Needs the token.

    With `Accept: text/event-stream` it tells progress and outcomes as they come.
    """
    return await job.report(request)


@router.post("/sources/stop", status_code=204)
async def stop_taking_in(service: TheService) -> None:
    """Ask the run that goes on, if one does, to end at the next article boundary; its report says so."""
    service.jobs.stop()


@router.post("/reindex")
async def reindex(job: Reindexing, request: Request) -> Report:
    """Take in what is new or changed in the remembered sources, or rebuild words and vectors in full.

    With `Accept: text/event-stream` it tells progress and outcomes as they come.
    """
    return await job.report(request)


@router.post("/retry")
async def retry(job: Retrying, request: Request) -> Report:
    """Look once more at the files and links of which something has failed.

    With `Accept: text/event-stream` it tells progress and outcomes as they come.
    """
    return await job.report(request)


routers = (_streams, router)
