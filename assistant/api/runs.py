"""Runs of ingesting over HTTP: followed as events, or waited for until their report."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.sse import ServerSentEvent

from assistant.api.serving.ending import ENDS_WITHIN_SECONDS
from assistant.api.serving.lifespan import Lifespan, TheService, left
from assistant.service.local import LocalService
from assistant.service.protocol import Ingesting
from assistant.service.runs import report_of
from assistant.types import Report


async def _with_room(service: TheService) -> LocalService:
    service.runs.require_room()
    service.require_writing()
    return service


# Refuses a run before the response begins, with a status and not with an event: where too many wait, and where
# another process writes to the archive.
TheIngestingService = Annotated[LocalService, Depends(_with_room)]


async def told(run: Ingesting, lifespan: Lifespan) -> AsyncIterator[ServerSentEvent]:
    """The run as server-sent events. Who leaves before its end stops it."""
    async for event in lifespan.until_closing(run, grace=ENDS_WITHIN_SECONDS):
        yield ServerSentEvent(data=event, event=event.event)


async def ended(run: Ingesting, lifespan: Lifespan, request: Request) -> Report:
    """Wait for the end, as long as the one who asked waits. Raises what the run ended with."""
    return await report_of(lifespan.until_closing(run, gone=left(request), grace=ENDS_WITHIN_SECONDS))
