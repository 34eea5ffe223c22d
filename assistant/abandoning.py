"""Stops the work of threads that nobody waits for any more: a thread cannot be cancelled from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from ingest.errors import DatelineError

_ended: ContextVar[threading.Event] = ContextVar("ended")


class Abandoned(DatelineError):
    """Nobody waits for this any more."""

    code, http_status = "abandoned", 503


@contextmanager
def abandoned_after() -> Iterator[None]:
    """What is begun in here by `asyncio.to_thread` is of no use once this is left."""
    ended = threading.Event()
    before = _ended.set(ended)
    try:
        yield
    finally:
        ended.set()
        with suppress(ValueError):  # a generator may be closed in another context than the one it was begun in
            _ended.reset(before)


def go_on() -> None:
    """Called now and then by long work. Raises Abandoned where nobody waits for it."""
    if (ended := _ended.get(None)) is not None and ended.is_set():
        raise Abandoned("nobody waits for the answer")
