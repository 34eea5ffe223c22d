"""Asynchronous work for callers that wait, in one event loop that lives as long as the process.

A loop for each question would leave the connections that a provider's client keeps in a loop that is closed; the next
question would take one up, and fail.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import aclosing, suppress
from functools import cache
from queue import SimpleQueue
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from concurrent.futures import Future

Value = TypeVar("Value")
Put = Callable[[tuple[Value] | None], None]
_ONE_AT_A_TIME = RLock()  # a signal handler may come here while its thread is here
_CLOSED_WITHIN_SECONDS = 5.0


def wait_for(work: Coroutine[Any, Any, Value]) -> Value:
    """What `work` returns or raises. Ctrl-C here cancels it there. Not for asynchronous callers."""
    future = begin(work)
    try:
        return future.result()
    finally:
        future.cancel()


async def elsewhere(work: Coroutine[Any, Any, Value]) -> Value:
    """The same for callers in an event loop of their own."""
    from asyncio import wrap_future

    return await wrap_future(begin(work))


def each(begun: Callable[[], AsyncGenerator[Value, None]]) -> Generator[Value, None, None]:
    """What a stream yields, one after the other. Who leaves before its end closes it."""
    arrived, closed = SimpleQueue[tuple[Value] | None](), Event()
    future = begin(_read(begun, arrived.put, closed))
    future.add_done_callback(lambda _: arrived.put(None))
    try:
        while (value := arrived.get()) is not None:
            yield value[0]
        future.result()
    finally:
        if not future.cancel():
            closed.set()
        closed.wait(_CLOSED_WITHIN_SECONDS)


async def each_elsewhere(begun: Callable[[], AsyncGenerator[Value, None]]) -> AsyncGenerator[Value, None]:
    """The same for callers in an event loop of their own."""
    from asyncio import Queue, get_running_loop, wrap_future

    arrived, loop = Queue[tuple[Value] | None](), get_running_loop()

    def put(value: tuple[Value] | None) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it the reader
            loop.call_soon_threadsafe(arrived.put_nowait, value)

    future = begin(_read(begun, put, Event()))
    future.add_done_callback(lambda _: put(None))
    try:
        while (value := await arrived.get()) is not None:
            yield value[0]
        await wrap_future(future)
    finally:
        future.cancel()


async def _read(begun: Callable[[], AsyncGenerator[Value, None]], put: Put[Value], closed: Event) -> None:
    try:
        async with aclosing(begun()) as stream:
            async for value in stream:
                put((value,))
    finally:
        closed.set()


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
