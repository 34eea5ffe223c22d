"""Work in threads that nobody waits for any more."""

from __future__ import annotations

import asyncio
import threading

import pytest

from assistant.abandoning import Abandoned, abandoned_after, go_on


async def test_work_goes_on_while_somebody_waits_for_it_and_ends_after_that() -> None:
    left = threading.Event()

    def work() -> None:
        go_on()
        left.wait(5)
        go_on()

    with abandoned_after():
        working = asyncio.ensure_future(asyncio.to_thread(work))
        await asyncio.sleep(0.01)
    left.set()
    with pytest.raises(Abandoned):
        await working


def test_work_that_comes_after_it_goes_on() -> None:
    with abandoned_after():
        with abandoned_after():
            pass
        go_on()
    go_on()
