"""The moment at which a fetch has to be over, however slowly the other side drips."""

from __future__ import annotations

from collections.abc import Callable

from ingest.errors import FetchError


class Deadline:
    """Counts down on an injected clock of seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._ends = clock() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises FetchError when there are none."""
        left = self._ends - self._clock()
        if left <= 0:
            raise self.passed()
        return left

    def extend(self, seconds: float) -> None:
        """Give back time that was spent waiting on purpose."""
        self._ends += seconds

    def passed(self) -> FetchError:
        message = f"it did not answer completely within {self._seconds:g} seconds"
        return FetchError(message, "try again later", code="fetch_timeout")
