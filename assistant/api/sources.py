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

from assistant.api.admission.admission import require
from assistant.api.admission.scopes import needed_to_ingest
from assistant.api.described import STREAMED
from assistant.api.runs import TheIngestingService, ended, told
from assistant.api.serving.lifespan import TheLifespan, TheService
from assistant.service.protocol import Ingesting
from assistant.types import KeptSource, Report, SourceRequest
from ingest.types import Flag, Frozen

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

    full: Flag = False


async def _ingesting(request: SourceRequest, service: TheIngestingService, http: Request) -> Ingesting:
    require(http.scope, needed_to_ingest(request.sources))
    return service.ingest(request.sources, kind=request.kind, captured=request.captured_at, mapping=request.map)


async def _reindexing(service: TheIngestingService, request: ReindexRequest | None = None) -> Ingesting:
    return service.reindex(full=request is not None and request.full)


async def _retrying(service: TheIngestingService) -> Ingesting:
    return service.retry()


Sources = Annotated[Ingesting, Depends(_ingesting)]
Reindexing = Annotated[Ingesting, Depends(_reindexing)]
Retrying = Annotated[Ingesting, Depends(_retrying)]


@_streams.post("/sources")
async def stream_sources(run: Sources, lifespan: TheLifespan) -> AsyncIterator[ServerSentEvent]:
    async for event in told(run, lifespan):
        yield event


@_streams.post("/reindex")
async def stream_reindex(run: Reindexing, lifespan: TheLifespan) -> AsyncIterator[ServerSentEvent]:
    async for event in told(run, lifespan):
        yield event


@_streams.post("/retry")
async def stream_retry(run: Retrying, lifespan: TheLifespan) -> AsyncIterator[ServerSentEvent]:
    async for event in told(run, lifespan):
        yield event


@router.get("/sources")
async def list_sources(service: TheService) -> tuple[KeptSource, ...]:
    """The files, folders and links that a reindex reads again."""
    return await service.sources()


@router.delete("/sources", status_code=204)
async def forget_source(service: TheService, address: Annotated[str, Query(min_length=1, max_length=4096)]) -> None:
    """Forget a source. Its articles stay."""
    await service.forget_source(address)


@router.post("/sources", responses={200: STREAMED})
async def ingest_sources(run: Sources, lifespan: TheLifespan, request: Request) -> Report:
    """Ingest links, and files and folders on the service's machine, and remember them as sources.

    Files and folders need the admin scope.

    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await ended(run, lifespan, request)


@router.post("/sources/stop", status_code=204)
async def stop_ingesting(service: TheService) -> None:
    """Stop the current run after its current article, which its report then says."""
    await service.stop()


@router.post("/reindex", responses={200: STREAMED})
async def reindex(run: Reindexing, lifespan: TheLifespan, request: Request) -> Report:
    """Read all sources again and ingest what is new or changed, or rebuild the search indexes.

    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await ended(run, lifespan, request)


@router.post("/retry", responses={200: STREAMED})
async def retry(run: Retrying, lifespan: TheLifespan, request: Request) -> Report:
    """Try again the files and links that failed, in whole or in part.

    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await ended(run, lifespan, request)


routers = (_streams, router)
