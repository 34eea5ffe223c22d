"""The end of the service: what is still open then gets a last word, and its time is up soon after."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.errors import refuse
from assistant.service.errors import Stopping

ENDS_WITHIN_SECONDS = 1.0  # for a run that comes to an article boundary
GRACE_SECONDS = 1.3  # for everything, with its last event


class Ending:
    """Waits for the signal to close, and ends the requests that are open even after the grace."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self._open: set[asyncio.Timeout] = set()

    async def watch(self) -> None:
        """Once it has begun, give every open request the grace and no more."""
        await self.begun.wait()
        for limit in self._open:
            limit.reschedule(self._latest())

    async def bounded(self, work: Awaitable[None]) -> None:
        """Raises TimeoutError where the work goes on after the grace."""
        async with asyncio.timeout_at(self._latest() if self.begun.is_set() else None) as limit:
            self._open.add(limit)
            try:
                await work
            finally:
                self._open.discard(limit)

    def _latest(self) -> float:
        return asyncio.get_running_loop().time() + GRACE_SECONDS


class Bounded:
    """A middleware: a request that the end of the service cuts off is refused, as far as that can still be said."""

    def __init__(self, app: ASGIApp, ending: Ending) -> None:
        self.app, self.ending = app, ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.ending.bounded(self.app(scope, receive, noted))
        except TimeoutError:
            if not begun:
                await refuse(scope, Stopping("the service is stopping", "try again later"))(scope, receive, send)
