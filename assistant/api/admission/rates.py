"""How often somebody may do something."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_MOST = 10_000  # callers that are remembered; beyond that the one who came longest ago is forgotten
_MINUTE = 60.0


class Rates:
    """So many times in any minute, counted for each caller by the generic cell rate algorithm (ITU-T I.371).

    A whole minute's worth may come at once; what then comes again is admitted as time passes.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full_again: OrderedDict[str, float] = OrderedDict()

    def take(self, caller: str, per_minute: int) -> float:
        """Count one time more; the seconds to wait where it is too often, which is then not counted."""
        now = self._clock()
        full = max(self._full_again.get(caller, now), now)
        wait = full + _MINUTE / per_minute - now - _MINUTE
        if wait > 1e-6:
            return wait
        self._full_again[caller] = full + _MINUTE / per_minute
        self._full_again.move_to_end(caller)
        if len(self._full_again) > _MOST:
            self._full_again.popitem(last=False)
        return 0.0

    def wait(self, caller: str, per_minute: int) -> float:
        """The seconds to wait before the next time, without counting one."""
        now = self._clock()
        return max(0.0, self._full_again.get(caller, now) + _MINUTE / per_minute - now - _MINUTE)
