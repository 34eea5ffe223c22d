"""The gate in front of all routes: host, origin, token and media type, and what every response carries."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.access import READING, Access
from assistant.api.errors import TOO_LARGE, Refused, refusal, refuse
from assistant.service.uploads import MOST_BYTES
from ingest.sources.place import size

BODY_LIMIT = 1_000_000
_UPLOADS = "/articles"  # takes any kind of file, up to a limit of its own
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Guard:
    """The outermost middleware; it decides by the method and path that the router will see."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id

        reply = _Reply(scope, receive, send, request_id)
        try:
            self._check(scope["method"], scope["path"], headers)
        except Refused as exc:
            await refuse(scope, exc)(scope, receive, reply.send)
        else:
            await self.app(scope, receive, reply.send)

    def _check(self, method: str, path: str, headers: Headers) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.access.is_known_host(hosts[0]):
            raise Refused(
                421, "wrong_host", "the Host header does not name this service", "use the address it listens on"
            )
        origin = headers.get("origin")
        if method not in READING and origin is not None and not _is_same(origin, hosts[0]):
            raise Refused(403, "foreign_origin", "requests from the pages of other sites are refused", "")
        if self.access.needs_token(method, path) and not self.access.admits(headers.get("authorization", "")):
            hint = "send Authorization: Bearer with the token; DATELINE_TOKEN sets it"
            raise Refused(401, "token", "this needs the service's token", hint)
        if path != _UPLOADS and _has_body(headers) and not _is_json(headers.get("content-type", "")):
            raise Refused(415, "media_type", "the body is not sent as JSON", "send Content-Type: application/json")


class _Reply:
    """What goes back: stamped, and in our own words where the body limit below refused in plain text."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._request_id = request_id
        self._replaced = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            stamps = MutableHeaders(scope=message)
            if message["status"] == 413 and stamps.get("content-type", "").startswith("text/plain"):
                await self._replace()
            stamps["Cache-Control"] = "no-store"
            stamps["X-Content-Type-Options"] = "nosniff"
            stamps["X-Request-ID"] = self._request_id
        if not self._replaced:
            await self._send(message)

    async def _replace(self) -> None:
        limit = MOST_BYTES if self._scope["path"] == _UPLOADS else BODY_LIMIT
        message = f"the body is larger than {size(limit)}"
        response = refusal(self._scope, 413, "too_large", message, TOO_LARGE)
        await response(self._scope, self._receive, self.send)
        self._replaced = True


def _has_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _is_json(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().casefold()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _is_same(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.casefold() == host.casefold()
    except ValueError:
        return False
