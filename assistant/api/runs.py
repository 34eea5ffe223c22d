"""Runs of ingesting over HTTP: followed as events, or waited for until their report."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import Depends, Request
from fastapi.sse import ServerSentEvent

from assistant.api.lifespan import TheService
from assistant.service.jobs import report_of
from assistant.service.local import LocalService
from assistant.service.protocol import Ingesting, Service
from assistant.types import Failed, Report
from ingest.errors import DatelineError

log = logging.getLogger("dateline")

_SECONDS_BETWEEN_LOOKS = 0.25


async def _free(service: TheService) -> LocalService:
    service.jobs.require_none()
    return service


# Refuses a second run before the response begins: with a status, not with an event.
TheFreeService = Annotated[LocalService, Depends(_free)]


async def named(run: Ingesting) -> Ingesting:
    """The events of a run; an unexpected error is logged, and the last event says no more than that."""
    try:
        async with aclosing(run):
            async for event in run:
                yield event
    except DatelineError as exc:
        yield Failed.of(exc)
    except Exception:
        log.exception("ingesting failed")
        yield Failed(code="internal", message="ingesting failed unexpectedly", hint="see the log of the service")


async def told(run: Ingesting) -> AsyncIterator[ServerSentEvent]:
    """The run as server-sent events. Who leaves before its end stops it."""
    async with aclosing(run):
        async for event in run:
            yield ServerSentEvent(data=event, event=event.event)


async def ended(run: Ingesting, service: Service, request: Request) -> Report:
    """Wait for the end, as long as the one who asked waits. Raises what the run ended with."""
    watch = asyncio.create_task(_stop_without(request, service))
    try:
        return await report_of(lambda: run)
    finally:
        watch.cancel()


async def _stop_without(request: Request, service: Service) -> None:
    while not await request.is_disconnected():  # noqa: ASYNC110 nothing tells of it
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    await service.stop()
