"""The service as the chat sees it: starting, warming up, ready, or out of reach."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.service.errors import DatelineError, Overdue, Unreachable
from assistant.types import Readiness

if TYPE_CHECKING:
    from assistant.service.protocol import Service

_POLL_SECONDS = 0.25
_PATIENCE_SECONDS = 15.0


@dataclass(frozen=True)
class Starting:
    """A service is being found or started."""


@dataclass(frozen=True)
class Warming:
    """The service runs and cannot answer yet; `step` says what it does."""

    step: str


@dataclass(frozen=True)
class Ready:
    """The service answers questions."""

    readiness: Readiness


@dataclass(frozen=True)
class Down:
    """There is no service to talk to."""

    message: str
    hint: str


State = Starting | Warming | Ready | Down
Connect = Callable[[], "Awaitable[Service]"]


class Connection:
    """Connects behind the screen; `service` waits until questions can be answered.

    connect   finds a running service or starts one, and gives it; may take seconds
    changed   told of every new state
    """

    def __init__(self, connect: Connect, changed: Callable[[State], None]) -> None:
        self._connect = connect
        self._changed = changed
        self._service: Service | None = None
        self._ready = asyncio.Event()
        self._down: Down | None = None

    @property
    def is_ready(self) -> bool:
        return self._ready.is_set()

    async def bring_up(self) -> None:
        """Connect and wait for readiness; every failure ends as `Down`, with what to do."""
        self._ready.clear()
        self._tell(Starting())
        try:
            await self.close()
            self._service = await self._connect()
            await self._wait_until_ready(self._service)
        except Exception as exc:
            self._tell(Down(getattr(exc, "message", str(exc)) or type(exc).__name__, getattr(exc, "hint", "")))

    async def service(self, *, waits: bool = False) -> Service:
        """The service, as soon as it is ready.

        Raises DatelineError while there is no service and none is being started, but for one who `waits` for it.
        """
        if self._down is not None and not waits:
            raise DatelineError(self._down.message, self._down.hint or "press F5 to connect again")
        while True:
            await self._ready.wait()
            if self._service is not None:
                return self._service

    async def look(self) -> None:
        """Tell the state of the archive anew, e.g. after articles were ingested."""
        self._tell(Ready(await (await self.service()).readiness()))

    def lose(self, message: str, hint: str) -> None:
        """The service is gone: what is asked from here on waits until it is found again."""
        self._ready.clear()
        self._tell(Down(message, hint))

    def _tell(self, state: State) -> None:
        self._down = state if isinstance(state, Down) else None
        self._changed(state)

    async def close(self) -> None:
        self._ready.clear()
        service, self._service = self._service, None
        if service is not None:
            await service.close()

    async def _wait_until_ready(self, service: Service) -> None:
        heard = time.monotonic()
        while True:
            readiness = await self._readiness(service, patient=time.monotonic() - heard < _PATIENCE_SECONDS)
            if readiness is not None:
                heard = time.monotonic()
                if readiness.ready:
                    break
                self._tell(Warming(readiness.step))
            await asyncio.sleep(_POLL_SECONDS)
        self._ready.set()
        self._tell(Ready(readiness))

    async def _readiness(self, service: Service, *, patient: bool) -> Readiness | None:
        """None where a service that has just started does not answer for a moment."""
        try:
            return await service.readiness()
        except (Unreachable, Overdue):
            if patient:
                return None
            raise
