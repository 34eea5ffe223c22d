"""Subscriptions to feeds: list, add, remove and check them; and the checks that the service makes by itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.exc import DBAPIError

from assistant.api.described import STREAMED
from assistant.api.runs import TheIngestingService, ended, told
from assistant.api.serving.lifespan import Lifespan, TheLifespan, TheService
from assistant.api.sources import StreamRoute
from assistant.service.protocol import Ingesting, Service
from assistant.service.runs import report_of
from assistant.types import FeedCheckRequest, FeedRequest, Report, Subscription
from ingest.errors import DatelineError

log = logging.getLogger("dateline")

router = APIRouter(tags=["feeds"])
_streams = APIRouter(route_class=StreamRoute, default_response_class=EventSourceResponse, include_in_schema=False)
_SECONDS_BETWEEN_LOOKS = 20.0


async def _checking(service: TheIngestingService, request: FeedCheckRequest | None = None) -> Ingesting:
    return service.check_feeds(request or FeedCheckRequest())


Checking = Annotated[Ingesting, Depends(_checking)]


@router.get("/feeds")
async def list_feeds(service: TheService) -> tuple[Subscription, ...]:
    """The subscriptions to feeds, each with its state."""
    return await service.feeds()


@router.post("/feeds")
async def add_feeds(request: FeedRequest, service: TheService) -> tuple[Subscription, ...]:
    """Subscribe to feeds. Returns the new subscriptions."""
    return await service.add_feeds(request)


@router.delete("/feeds", status_code=204)
async def remove_feed(service: TheService, address: Annotated[str, Query(min_length=1, max_length=2000)]) -> None:
    """Unsubscribe from a feed. Its articles stay."""
    await service.remove_feed(address)


@_streams.post("/feeds/check")
async def stream_check(run: Checking, lifespan: TheLifespan) -> AsyncIterator[ServerSentEvent]:
    async for event in told(run, lifespan):
        yield event


@router.post("/feeds/check", responses={200: STREAMED})
async def check_feeds(run: Checking, lifespan: TheLifespan, request: Request) -> Report:
    """Check all feeds, or those named, and ingest what is new.

    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await ended(run, lifespan, request)


async def watch(lifespan: Lifespan, *, seconds: float = _SECONDS_BETWEEN_LOOKS) -> None:
    """Check the feeds that are due, for as long as the service runs; a run that a user asked for goes first."""
    while True:
        await asyncio.sleep(seconds)
        # Warming up, at work already, not the one that writes, or without its database for a while.
        with contextlib.suppress(DatelineError, DBAPIError):
            service = lifespan.service
            service.require_writing()
            if service.settings.feeds_every and service.runs.are_idle and await service.feeds_are_due():
                await _look(service)


async def _look(service: Service) -> None:
    try:
        await report_of(service.check_feeds(FeedCheckRequest(due=True)))
    except DatelineError as exc:
        log.warning("checking feeds failed: %s", exc.message)
    except Exception:
        log.exception("checking feeds failed")


routers = (_streams, router)
