"""The events of an answer, for handlers that send them as they come."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from starlette.responses import StreamingResponse

from assistant.service.errors import error_of
from assistant.types import Failed, StreamEvent

Events = AsyncGenerator[StreamEvent, None]
_HEADERS = {"X-Accel-Buffering": "no"}


async def begun(events: Events) -> Events:
    """The same events, the first of which has come. Raises what fails before anything was sent, for its status."""
    first = await anext(events)
    if isinstance(first, Failed):
        await events.aclose()
        raise error_of(first)
    return _with(first, events)


async def _with(first: StreamEvent, events: Events) -> Events:
    async with aclosing(events):
        yield first
        async for event in events:
            yield event


def streamed(frames: AsyncIterator[str]) -> StreamingResponse:
    """Sends frames as they come. Who leaves before the end closes them."""
    return StreamingResponse(frames, media_type="text/event-stream", headers=_HEADERS)


def frame(data: str, event: str = "") -> str:
    """A server-sent event (WHATWG HTML, section 9.2); JSON has no line ends of its own."""
    return f"event: {event}\ndata: {data}\n\n" if event else f"data: {data}\n\n"
