"""The outermost layer: counts, times and logs every request, and has it traced."""

from __future__ import annotations

import time
from contextlib import nullcontext
from http import HTTPMethod

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.admission.scopes import Scopes
from assistant.api.observing import log
from assistant.api.observing.metrics import Metrics
from assistant.api.observing.tracing import RequestStep, Tracing
from assistant.traced import followed

_GONE = 499  # nginx' number for who leaves before a response begins
_NO_ROUTE = "none"


class Observed:
    """Of a request its method, route, status, time and caller are known afterwards, and nothing that it said."""

    def __init__(self, app: ASGIApp, metrics: Metrics, tracing: Tracing | None) -> None:
        self._app, self._metrics, self._tracing, self._scopes = app, metrics, tracing, Scopes()

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

        step = self._tracing.request(Headers(scope=scope)) if self._tracing else None
        self._metrics.request_begins()
        with followed(step) if step else nullcontext():
            try:
                await self._app(scope, receive, noting)
            finally:
                self._note(scope, status, time.perf_counter() - began, step)

    def _note(self, scope: Scope, status: int, seconds: float, step: RequestStep | None) -> None:
        method = scope["method"] if scope["method"] in HTTPMethod.__members__ else "OTHER"
        route = self._scopes.template(method, scope["path"]) or _NO_ROUTE
        self._metrics.request_ends(method, route, status, seconds)
        if step:
            step.answered(method, route, status)
            step.note(request_id=log.request_id.get())
        caller = scope.get("state", {}).get("caller")
        said = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log.requests.info("request", extra={"of": {**said, "caller": caller.name} if caller else said})
