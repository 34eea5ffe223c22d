"""Subscriptions to feeds: list, add, remove and check them; and the checks that the service makes by itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.api.jobs import Job
from assistant.api.service import Service, TheDesk, TheService
from assistant.api.sources import StreamRoute
from assistant.types import Failed, FeedCheckRequest, FeedRequest, Report, Subscription
from ingest.errors import DatelineError

log = logging.getLogger("dateline")

router = APIRouter(tags=["feeds"])
_streams = APIRouter(route_class=StreamRoute, default_response_class=EventSourceResponse, include_in_schema=False)
_SECONDS_BETWEEN_LOOKS = 20.0


async def _checking(desk: TheDesk, service: TheService, request: FeedCheckRequest | None = None) -> Job:
    wanted = request or FeedCheckRequest()
    return service.jobs.start(lambda emit, stop: desk.check_feeds(wanted, emit=emit, stop=stop))


Checking = Annotated[Job, Depends(_checking)]


@router.get("/feeds")
def list_feeds(desk: TheDesk) -> tuple[Subscription, ...]:
    """The subscriptions to feeds, each with its state. Needs the token."""
    return desk.feeds()


@router.post("/feeds")
def add_feeds(request: FeedRequest, desk: TheDesk) -> tuple[Subscription, ...]:
    """Subscribe to feeds. Returns the new subscriptions. Needs the token."""
    return desk.add_feeds(request)


@router.delete("/feeds", status_code=204)
def remove_feed(desk: TheDesk, address: Annotated[str, Query(min_length=1, max_length=2000)]) -> None:
    """Unsubscribe from a feed. Its articles stay. Needs the token."""
    desk.remove_feed(address)


@_streams.post("/feeds/check")
async def stream_check(job: Checking) -> AsyncIterator[ServerSentEvent]:
    async for event in job.events():
        yield ServerSentEvent(data=event, event=event.event)


@router.post("/feeds/check")
async def check_feeds(job: Checking, request: Request) -> Report:
    """Check all feeds, or those named, and ingest what is new. Needs the token.

    With `Accept: text/event-stream` it streams progress and outcomes.
    """
    return await job.report(request)


async def watch(service: Service, *, seconds: float = _SECONDS_BETWEEN_LOOKS) -> None:
    """Check the feeds that are due, for as long as the service runs; a run that a user asked for goes first."""
    while True:
        await asyncio.sleep(seconds)
        with contextlib.suppress(DatelineError):  # warming up, or at work already
            desk = service.desk
            if desk.settings.feeds_every and await asyncio.to_thread(desk.feeds_are_due):
                await _look(service)


async def _look(service: Service) -> None:
    desk = service.desk
    job = service.jobs.start(lambda emit, stop: desk.check_feeds(FeedCheckRequest(due=True), emit=emit, stop=stop))
    async for event in job.events():
        if isinstance(event, Failed):
            log.warning("checking feeds failed: %s", event.message)


routers = (_streams, router)
