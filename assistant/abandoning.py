"""Work in threads that ends early where nobody waits for it any more: a thread cannot be cancelled from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ingest.errors import DatelineError

_ended: ContextVar[threading.Event] = ContextVar("ended")


class Abandoned(DatelineError):
    """Nobody waits for this any more."""

    code, http_status = "abandoned", 503


@contextmanager
def abandoned_after() -> Iterator[None]:
    """What this context begins in threads, by `asyncio.to_thread`, is of no use once the context is left."""
    ended = threading.Event()
    _ended.set(ended)  # not reset: a generator may be closed in another context than the one it was begun in
    try:
        yield
    finally:
        ended.set()


def go_on() -> None:
    """Called now and then by long work. Raises Abandoned where its context has been left."""
    if (ended := _ended.get(None)) is not None and ended.is_set():
        raise Abandoned("nobody waits for the answer")
