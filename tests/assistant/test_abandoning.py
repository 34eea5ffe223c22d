"""Work in threads that nobody waits for any more."""

from __future__ import annotations

import asyncio
import threading

import pytest

from assistant.abandoning import Abandoned, abandoned_after, go_on
from tests.waiting import PATIENCE


async def test_work_goes_on_while_somebody_waits_for_it_and_ends_after_that() -> None:
    begun, left = threading.Event(), threading.Event()

    def work() -> None:
        go_on()
        begun.set()
        left.wait(PATIENCE)
        go_on()

    with abandoned_after():
        working = asyncio.ensure_future(asyncio.to_thread(work))
        assert await asyncio.to_thread(begun.wait, PATIENCE)
    left.set()
    with pytest.raises(Abandoned):
        await working


def test_work_that_comes_after_it_goes_on() -> None:
    with abandoned_after():
        with abandoned_after():
            pass
        go_on()
    go_on()
