"""The outermost layer: counts and times every request, and logs it."""

from __future__ import annotations

import time
from http import HTTPMethod

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.admission.scopes import Scopes
from assistant.api.observing import log
from assistant.api.observing.metrics import Metrics

_GONE = 499  # nginx' number for who leaves before a response begins
_NO_ROUTE = "none"


class Observed:
    """Of a request its method, route, status, time and caller are known afterwards, and nothing that it said."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics, self._scopes = app, metrics, Scopes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), _GONE

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.request_begins()
        try:
            await self._app(scope, receive, noting)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in HTTPMethod.__members__ else "OTHER"
        route = self._scopes.template(method, scope["path"]) or _NO_ROUTE
        self._metrics.request_ends(method, route, status, seconds)
        caller = scope.get("state", {}).get("caller")
        said = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log.requests.info("request", extra={"of": {**said, "caller": caller.name} if caller else said})
