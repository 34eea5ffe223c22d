"""How long to wait before a host is visited again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

_MOST_HOSTS = 10_000


class Pace:
    """Keeps visits to one host apart, on injected clock and sleep."""

    def __init__(self, delay: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._delay, self._clock, self._sleep = delay, clock, sleep
        self._next: OrderedDict[str, float] = OrderedDict()
        self._rests: OrderedDict[str, float] = OrderedDict()

    def take_turn(self, host: str, delay: float) -> float:
        """Wait until the host may be visited, at least `delay` after the visit before; returns the seconds waited."""
        began = self._clock()
        wait = max(0.0, self._next.get(host, began) - began)
        if wait:
            self._sleep(wait)
        _note(self._next, host, self._clock() + max(self._delay, delay))
        return self._clock() - began

    def rest(self, host: str, seconds: float) -> None:
        """The host asked not to be visited for so long."""
        _note(self._rests, host, self._clock() + seconds)

    def resting(self, host: str) -> float:
        """For how many seconds more the host asked to be left alone."""
        return max(0.0, self._rests.get(host, 0.0) - self._clock())


def _note(times: OrderedDict[str, float], host: str, time: float) -> None:
    times[host] = time
    times.move_to_end(host)
    if len(times) > _MOST_HOSTS:
        times.popitem(last=False)
