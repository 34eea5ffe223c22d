"""Room for so many at once, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.service.errors import Busy


class Room:
    """Counts who is in it.

    most   how many there may be
    size   how much they may bring with them together; whoever comes alone may bring more
    """

    def __init__(self, most: int, what: str, *, size: float = float("inf")) -> None:
        self._most, self._what, self._size = most, what, size
        self._inside, self._brought = 0, 0

    def require(self, brings: int = 0) -> None:
        """Raises Busy where it is full."""
        too_large = self._inside > 0 and self._brought + brings > self._size
        if self._inside >= self._most or too_large:
            raise Busy(f"{self._inside} {self._what} are being worked on", "try again in a moment")

    @contextmanager
    def place(self, brings: int = 0) -> Iterator[None]:
        """Raises Busy where it is full."""
        self.require(brings)
        self._inside, self._brought = self._inside + 1, self._brought + brings
        try:
            yield
        finally:
            self._inside, self._brought = self._inside - 1, self._brought - brings
