"""Runs of ingesting over HTTP: followed as events, or waited for until their report."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from fastapi import Depends, Request
from fastapi.sse import ServerSentEvent

from assistant.api.serving.ending import ENDS_WITHIN_SECONDS
from assistant.api.serving.lifespan import Lifespan, TheService, left
from assistant.service.errors import error_of
from assistant.service.local import LocalService
from assistant.service.protocol import Ingesting
from assistant.types import Failed, Finished, Report
from ingest.errors import DatelineError

log = logging.getLogger("dateline")


async def _with_room(service: TheService) -> LocalService:
    service.jobs.require_room()
    return service


# Refuses a run too many before the response begins: with a status, not with an event.
TheIngestingService = Annotated[LocalService, Depends(_with_room)]


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


async def told(run: Ingesting, lifespan: Lifespan) -> AsyncIterator[ServerSentEvent]:
    """The run as server-sent events. Who leaves before its end stops it."""
    async for event in lifespan.until_closing(run, grace=ENDS_WITHIN_SECONDS):
        yield ServerSentEvent(data=event, event=event.event)


async def ended(run: Ingesting, lifespan: Lifespan, request: Request) -> Report:
    """Wait for the end, as long as the one who asked waits. Raises what the run ended with."""
    async for event in lifespan.until_closing(run, gone=left(request), grace=ENDS_WITHIN_SECONDS):
        if isinstance(event, Finished):
            return event.report
        if isinstance(event, Failed):
            raise error_of(event)
    raise AssertionError("a run ends with Finished or Failed")
