"""Asynchronous work for callers that wait, in one event loop that lives as long as the process.

A loop for each question would leave the connections that a provider's client keeps in a loop that is closed; the next
question would take one up, and fail.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import cache
from threading import Lock, Thread
from typing import Any, TypeVar

Value = TypeVar("Value")
_ONE_AT_A_TIME = Lock()


def wait_for(work: Coroutine[Any, Any, Value]) -> Value:
    """What `work` returns or raises. Ctrl-C here cancels it there. Not for asynchronous callers."""
    with _ONE_AT_A_TIME:
        loop = _loop()
    future = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        return future.result()
    finally:
        future.cancel()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="dateline-waiting", daemon=True).start()
    return loop
