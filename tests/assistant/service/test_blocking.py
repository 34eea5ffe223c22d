"""Asynchronous work for callers that wait."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator

import pytest

from assistant.service.blocking import each, each_elsewhere, elsewhere, wait_for
from tests.waiting import PATIENCE


class Stream:
    """Counts up for ever, or until it fails; notes that it was closed."""

    def __init__(self, *, fails_at: int | None = None) -> None:
        self._fails_at, self.closed = fails_at, threading.Event()

    async def __call__(self) -> AsyncGenerator[int, None]:
        try:
            number = 0
            while number != self._fails_at:
                yield number
                number += 1
                await asyncio.sleep(0)
            raise LookupError("no more numbers")
        finally:
            self.closed.set()


async def here() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


async def test_all_work_has_the_same_loop_whoever_calls() -> None:
    loop = await elsewhere(here())
    assert loop is not asyncio.get_running_loop()
    assert await asyncio.to_thread(lambda: wait_for(here())) is loop


def test_a_stream_is_closed_when_its_reader_leaves() -> None:
    stream = Stream()
    numbers = each(stream)
    assert [next(numbers), next(numbers)] == [0, 1]
    numbers.close()
    assert stream.closed.is_set()


async def test_a_stream_is_closed_when_its_asynchronous_reader_leaves() -> None:
    stream = Stream()
    numbers = each_elsewhere(stream)
    assert [await anext(numbers), await anext(numbers)] == [0, 1]
    await numbers.aclose()
    assert await asyncio.to_thread(stream.closed.wait, PATIENCE)


def test_what_a_stream_raises_comes_after_what_it_yielded() -> None:
    numbers = each(Stream(fails_at=2))
    assert [next(numbers), next(numbers)] == [0, 1]
    with pytest.raises(LookupError):
        next(numbers)
