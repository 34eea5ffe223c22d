"""The gate in front of all routes: host, origin, token and media type, and what every response carries."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.access import Access
from assistant.api.admission.admission import Admission
from assistant.api.admission.scopes import READING
from assistant.api.errors import TOO_LARGE, Refused, refusal, refuse
from assistant.api.observing import log
from assistant.service.uploads import MOST_BYTES
from ingest.database.keys import Keys
from ingest.errors import DatelineError
from ingest.sources.place import size

BODY_LIMIT = 1_000_000
HEADERS, HEAD_BYTES = 100, 65_536
_UPLOADS = frozenset({"/articles", "/jobs/upload"})  # take any kind of file, up to a limit of their own
_MCP = "/mcp"  # its protocol has the origin checked of every request
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Guard:
    """A middleware; it decides by the method and path that the router will see."""

    def __init__(self, app: ASGIApp, access: Access, keys: Callable[[], Keys]) -> None:
        self.app, self.access = app, access
        self.admission = Admission(access, keys)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        log.request_id.set(request_id)

        reply = _Reply(scope, receive, send, request_id)
        try:
            self._check(scope, headers)
        except DatelineError as exc:
            await refuse(scope, exc)(scope, receive, reply.send)
        else:
            await self.app(scope, receive, reply.send)

    def _check(self, scope: Scope, headers: Headers) -> None:
        method, path = scope["method"], scope["path"]
        if len(headers.raw) > HEADERS or sum(len(name) + len(value) for name, value in headers.raw) > HEAD_BYTES:
            message = f"more than {HEADERS} headers, or {HEAD_BYTES} bytes of them"
            raise Refused(431, "too_large", message, "send fewer")
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.access.is_known_host(hosts[0]):
            raise Refused(
                421, "wrong_host", "the Host header does not name this service", "use the address it listens on"
            )
        if (method not in READING or path == _MCP) and self._is_foreign(headers):
            hint = "DATELINE_ORIGINS names the sites that may call the service"
            raise Refused(403, "foreign_origin", "requests from the pages of other sites are refused", hint)
        scope["state"]["caller"] = self.admission.admit(scope, headers)
        if path not in _UPLOADS and _has_body(headers) and not _is_json(headers.get("content-type", "")):
            raise Refused(415, "media_type", "the body is not sent as JSON", "send Content-Type: application/json")

    def _is_foreign(self, headers: Headers) -> bool:
        """Whether a browser says that the page of another site asks (Fetch Metadata, section 2.3)."""
        if (origin := headers.get("origin")) is not None:
            return not self.access.is_known_origin(origin, headers["host"])
        return headers.get("sec-fetch-site") in ("cross-site", "same-site")


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
        limit = MOST_BYTES if self._scope["path"] in _UPLOADS else BODY_LIMIT
        message = f"the body is larger than {size(limit)}"
        response = refusal(self._scope, 413, "too_large", message, TOO_LARGE)
        await response(self._scope, self._receive, self.send)
        self._replaced = True


def _has_body(headers: Headers) -> bool:
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _is_json(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().casefold()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
