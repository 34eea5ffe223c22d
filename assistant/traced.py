"""The steps behind a request, timed where somebody follows them. They count; what was asked or read stays out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Protocol, Self

Amount = int | float | str | bool


class Step(Protocol):
    """Some work that goes on."""

    def child(self, name: str) -> Self: ...

    def note(self, **amounts: Amount) -> None: ...

    def failed(self, kind: str) -> None: ...

    def end(self) -> None: ...


# What is being done; it goes along into the tasks and threads that it begins.
_current: ContextVar[Step | None] = ContextVar("step", default=None)


@contextmanager
def followed(step: Step, *, leaf: bool = False) -> Iterator[None]:
    """What is done in here is this step. Of a failure only its kind is told.

    leaf  it has no steps of its own: for a generator, whose reader does other things in between
    """
    before = _current.set(_current.get() if leaf else step)
    try:
        yield
    except Exception as exc:
        step.failed(type(exc).__name__)
        raise
    finally:
        step.end()
        with suppress(ValueError):  # a generator may be closed in another context than the one it was begun in
            _current.reset(before)


@contextmanager
def traced(name: str, *, leaf: bool = False) -> Iterator[None]:
    """A step of what is followed; nothing where nothing is."""
    if (work := _current.get()) is None:
        yield
        return
    with followed(work.child(name), leaf=leaf):
        yield


def note(**amounts: Amount) -> None:
    """Say what the current step came to."""
    if work := _current.get():
        work.note(**amounts)
