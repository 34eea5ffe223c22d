"""A chat model's provider on this machine: speaks the OpenAI protocol over HTTP and says what it was told to."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """What the next request gets.

    pieces   the answer as it streams
    finish   why it ended; None to leave the reason out
    status   of a refusal, whose `body` and `headers` then go out as they are
    wait     seconds before the first byte, and `pause` before every piece; both end when the server closes
    cut      hang up after the pieces, in the middle of the transfer
    write    what makes the pieces out of the request
    """

    pieces: Iterable[str] = ()
    finish: str | None = "stop"
    status: int = 200
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    pause: float = 0.0
    cut: bool = False
    write: Callable[[Request], Iterable[str]] | None = None


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """All messages, one after the other."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])


class ModelServer:
    """Use as a context. Replies are taken from the script in order, the last one again and again.

    requests  what came in
    asked     set by the first request
    hung_up   set when a client leaves before its reply is over
    """

    def __init__(self, *replies: Reply) -> None:
        self.script = deque(replies)
        self.requests: list[Request] = []
        self.asked, self.hung_up, self.closing = threading.Event(), threading.Event(), threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"model": self})
        self._http = _Http(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._thread.join(5)
        self._http.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def next_reply(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            self.asked.set()
            reply = self.script.popleft() if len(self.script) > 1 else self.script[0]
        return replace(reply, pieces=reply.write(request)) if reply.write else reply


class _Http(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no error to shout about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: ModelServer

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Request(self.path, dict(self.headers.items()), json.loads(content))
        reply = self.model.next_reply(request)
        try:
            self.model.closing.wait(reply.wait)
            self._answer(reply, streamed=bool(request.body.get("stream")))
        except ConnectionError:
            self.model.hung_up.set()
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the screen of the tests."""

    def _answer(self, reply: Reply, *, streamed: bool) -> None:
        if reply.status != 200 or reply.body is not None:
            body = '{"error": {"message": "no"}}' if reply.body is None else reply.body
            return self._send(reply.status, "application/json", body, reply.headers)
        if not streamed:
            return self._send(200, "application/json", json.dumps(_completion("".join(reply.pieces), reply.finish)))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for event in _events(reply):
            self.model.closing.wait(reply.pause)
            self._chunk(f"data: {event}\n\n".encode())
        if reply.cut:
            self.close_connection = True
        else:
            self._chunk(b"")
        return None

    def _chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))

    def _send(
        self, status: int, media_type: str, body: str, headers: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _events(reply: Reply) -> Iterator[str]:
    yield json.dumps(_part({"role": "assistant", "content": ""}))
    for piece in reply.pieces:
        yield json.dumps(_part({"content": piece}))
    if not reply.cut and reply.finish is not None:
        yield json.dumps(_part({}, reply.finish))
        yield "[DONE]"


def _part(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}


def _completion(text: str, finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}
