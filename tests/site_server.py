"""A web site on this machine, that answers what it was told to."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

STORY = """<!doctype html><html lang="en"><head><title>Ferry strike ends</title></head><body><article>
<h1>Ferry strike ends</h1>
<p>The ferry strike in Port Ellery ended on Friday after seventeen days, the harbour office said.</p>
<p>Crews accepted a raise of six percent, the union said, and the boats sail again from Saturday morning.</p>
</article></body></html>"""


@dataclass(frozen=True)
class Reply:
    """What a path gets.

    headers  besides or instead of Content-Type and Content-Length; an ETag here is honoured: asked for it, it is 304
    raw      sent as it is, in place of everything else
    drip     send the body byte by byte until the client leaves
    """

    body: bytes | str = STORY
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""
    drip: bool = False

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


def redirect(location: str, status: int = 302) -> Reply:
    return Reply("", status, {"Location": location})


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


class SiteServer:
    """Use as a context. `pages` says what each path answers and may change meanwhile; other paths are not found.

    requests  what came in
    """

    def __init__(self, pages: Mapping[str, Reply] | None = None) -> None:
        self.pages = dict(pages or {})
        self.requests: list[Request] = []

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"site": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join(5)
        self._http.server_close()

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    @property
    def here(self) -> str:
        """Host and port, as the setting takes it."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/story", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, but not robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: SiteServer

    def do_GET(self) -> None:
        self.site.requests.append(Request(self.path, {name.lower(): value for name, value in self.headers.items()}))
        reply = self.site.pages.get(urlsplit(self.path).path, Reply("not here", 404))
        self.close_connection = True
        with contextlib.suppress(ConnectionError):  # the client may have seen enough
            self._answer(reply)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the screen of the tests."""

    def _answer(self, reply: Reply) -> None:
        if reply.raw:
            self.wfile.write(reply.raw)
            return
        etag = reply.headers.get("ETag")
        held = etag is not None and self.headers.get("If-None-Match") == etag
        self.send_response_only(304 if held else reply.status)
        content = b"" if held else reply.content
        usual = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
        for name, value in {**usual, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.drip:
            for code in content:
                self.wfile.write(bytes((code,)))
                time.sleep(0.002)  # so that each is sent by itself
        else:
            self.wfile.write(content)
