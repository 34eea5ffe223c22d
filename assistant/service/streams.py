"""What a stream of events comes to."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TypeVar

from assistant.service.errors import error_of
from assistant.types import Done, Failed, Finished

Event = TypeVar("Event")
Last = TypeVar("Last", Done, Finished)


async def last_of(events: AsyncGenerator[Event, None], kind: type[Last]) -> Last:
    """The event of this kind that ends a stream. Raises what it ended with instead."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, kind):
                return event
            if isinstance(event, Failed):
                raise error_of(event)
    raise AssertionError(f"a stream of events ends with {kind.__name__} or Failed")
