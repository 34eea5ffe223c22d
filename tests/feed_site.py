"""A news site on this machine with a feed and pages, all of which a test changes as it likes."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

_FILLER = "The harbour office confirmed it on the same evening and promised a report before the end of the month."


@dataclass
class Story:
    """A page of the site, as it is for the moment."""

    number: int
    revision: int = 0
    status: int = 200

    @property
    def path(self) -> str:
        return f"/story/{self.number}"

    @property
    def title(self) -> str:
        return f"Story number {self.number} of the harbour"

    def html(self) -> bytes:
        said = (
            f"Ship {self.number} came in under captain {self.number * 7}, in revision {self.revision} of this report."
        )
        body = f"<h1>{self.title}</h1><p>{said} {_FILLER}</p><p>{_FILLER}</p>"
        return f"<html><head><title>{self.title}</title></head><body><article>{body}</article></body></html>".encode()


@dataclass
class Site:
    """A server on loopback; in a `with`. `fault` is (status, headers) that the feed answers with instead.

    hits    how often each path was visited, but for robots.txt
    others  what is at further paths: status, headers, body
    """

    stories: list[Story] = field(default_factory=list)
    fault: tuple[int, dict[str, str]] | None = None
    raw: bytes | None = None
    others: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    honours_conditions: bool = True
    hits: Counter[str] = field(default_factory=Counter)
    not_modified: int = 0

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = site.answer(self.path, dict(self.headers.items()))
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    def url(self, path: str = "/feed") -> str:
        return f"http://{self.host}{path}"

    def feed(self) -> bytes:
        items = "".join(
            f"<item><title>{story.title}</title><link>{self.url(story.path)}</link><guid>{self.url(story.path)}</guid>"
            f"<pubDate>Fri, 23 Oct 2026 10:{story.number % 60:02}:07 GMT</pubDate>"
            f"<description>Revision {story.revision} of ship {story.number}, in short.</description></item>"
            for story in self.stories
        )
        return f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>".encode()

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path == "/robots.txt":
            return 404, {}, b""
        self.hits[path] += 1
        if path in self.others:
            return self.others[path]
        if path != "/feed":
            story = next((story for story in self.stories if story.path == path), Story(-1, status=404))
            return story.status, {"Content-Type": "text/html"}, story.html() if story.status == 200 else b"no"
        if self.fault:
            return *self.fault, b""
        body = self.raw if self.raw is not None else self.feed()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.honours_conditions and headers.get("If-None-Match") == etag:
            self.not_modified += 1
            return 304, {"ETag": etag}, b""
        return 200, {"Content-Type": "application/rss+xml", "ETag": etag}, body
