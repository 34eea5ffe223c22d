"""Asynchronous work for callers that wait, in one event loop that lives as long as the process.

A loop for each question would leave the connections that a provider's client keeps in a loop that is closed; the next
question would take one up, and fail.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import aclosing
from functools import cache
from queue import SimpleQueue
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from concurrent.futures import Future

Value = TypeVar("Value")
_ONE_AT_A_TIME = RLock()  # a signal handler may come here while its thread is here
_CLOSED_WITHIN_SECONDS = 5.0


def wait_for(work: Coroutine[Any, Any, Value]) -> Value:
    """What `work` returns or raises. Ctrl-C here cancels it there. Not for asynchronous callers."""
    future = begin(work)
    try:
        return future.result()
    finally:
        future.cancel()


def each(begun: Callable[[], AsyncGenerator[Value, None]]) -> Iterator[Value]:
    """What a stream yields, one after the other. Who leaves before its end closes it."""
    arrived, closed = SimpleQueue[tuple[Value] | None](), Event()

    async def read() -> None:
        try:
            async with aclosing(begun()) as stream:
                async for value in stream:
                    arrived.put((value,))
        finally:
            closed.set()

    future = begin(read())
    future.add_done_callback(lambda _: arrived.put(None))
    try:
        while (value := arrived.get()) is not None:
            yield value[0]
        future.result()
    finally:
        future.cancel()
        closed.wait(_CLOSED_WITHIN_SECONDS)


def begin(work: Coroutine[Any, Any, Value]) -> Future[Value]:
    """Set `work` going, without waiting for it."""
    from asyncio import run_coroutine_threadsafe

    with _ONE_AT_A_TIME:
        loop = _loop()
    return run_coroutine_threadsafe(work, loop)


@cache
def _loop() -> AbstractEventLoop:
    from asyncio import new_event_loop

    loop = new_event_loop()
    Thread(target=loop.run_forever, name="dateline-waiting", daemon=True).start()
    return loop
