"""HEAD and OPTIONS of every route (RFC 9110, sections 9.3.2 and 9.3.7)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.admission.scopes import EVERY


class Methods:
    """Answers HEAD as GET without the body, and OPTIONS with the methods of the path."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, _Head(send).send)
        elif scope["method"] == "OPTIONS" and (methods := self._methods(scope)):
            await Response(status_code=204, headers={"Allow": ", ".join(methods)})(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _methods(self, scope: Scope) -> list[str]:
        found = [method for method in EVERY if any(_takes(route, scope, method) for route in self._routes)]
        return [*found, *(["HEAD"] if "GET" in found else []), "OPTIONS"] if found else []


def _takes(route: BaseRoute, scope: Scope, method: str) -> bool:
    return route.matches({**scope, "method": method})[0] is Match.FULL


class _Head:
    """Passes the head of a response on, and an end in place of its body."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._ended = False

    async def send(self, message: Message) -> None:
        if message["type"] != "http.response.body":
            await self._send(message)
        elif not self._ended:
            self._ended = True
            await self._send({"type": "http.response.body", "body": b""})
