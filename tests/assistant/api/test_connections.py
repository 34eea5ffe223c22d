"""Connections that say nothing, little, or too much, on a real server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from assistant.api.guard import HEAD_BYTES
from assistant.api.serving.connections import BODY_SECONDS, HEAD_SECONDS, Connection
from tests.assistant.processes import running_service
from tests.assistant.served import listening
from tests.waiting import PATIENCE, wait_for

MOST = 4
HALF_A_HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nX-"
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(await request.body())


@dataclass(frozen=True)
class Running:
    server: uvicorn.Server
    address: str

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", int(self.address.rpartition(":")[2])))

    def echo(self, said: bytes) -> bytes:
        return httpx.post(self.address, content=said, trust_env=False, timeout=PATIENCE).content

    def look(self, seconds: float) -> None:
        """As the service does it every second, so many seconds from now."""
        for one in list(self.server.server_state.connections):
            assert isinstance(one, Connection)
            one.loop.call_soon_threadsafe(one.look, monotonic() + seconds)

    @property
    def connections(self) -> int:
        return len(self.server.server_state.connections)


@pytest.fixture
def running() -> Iterator[Running]:
    """A server for few connections."""
    app = Starlette(routes=[Route("/", echo, methods=["POST"])])
    limits = {"limit_concurrency": MOST, "h11_max_incomplete_event_size": HEAD_BYTES}
    with listening(app, http=Connection, lifespan="off", **limits) as (server, address):
        yield Running(server, address)


def read(opened: socket.socket) -> bytes:
    with opened.makefile("rb") as stream:
        return stream.read()


@pytest.mark.parametrize("said", [b"", HALF_A_HEAD])
def test_connections_without_a_request_make_room_for_one_that_has_one(running: Running, said: bytes) -> None:
    with ExitStack() as opened:
        silent = [opened.enter_context(running.connect()) for _ in range(MOST * 3)]
        for one in silent:
            with suppress(ConnectionError):  # some have been closed by now
                one.sendall(said)
        wait_for(lambda: running.connections == MOST)
        assert running.echo(b"asked") == b"asked"
        silent[0].settimeout(PATIENCE)
        with suppress(ConnectionResetError):
            assert silent[0].recv(1) == b""


@pytest.mark.parametrize(
    ("said", "allowed"), [(b"", HEAD_SECONDS), (HALF_A_HEAD, HEAD_SECONDS), (HALF_A_BODY, BODY_SECONDS)]
)
def test_a_request_that_does_not_come_in_time_is_cut_off(running: Running, said: bytes, allowed: float) -> None:
    with running.connect() as opened:
        opened.sendall(said)
        wait_for(lambda: running.connections == 1)
        assert running.echo(b"asked") == b"asked"
        running.look(allowed / 2)
        opened.settimeout(0.2)
        with pytest.raises(TimeoutError):
            opened.recv(1)
        running.look(allowed + 1)
        opened.settimeout(PATIENCE)
        assert opened.recv(1) == b""


@pytest.mark.parametrize(
    ("said", "status"), [(b"nonsense\r\n\r\n", b"400"), (HALF_A_HEAD + b"x" * (HEAD_BYTES + 1000), b"431")]
)
def test_what_is_no_request_is_refused_in_our_words(running: Running, said: bytes, status: bytes) -> None:
    with running.connect() as opened:
        opened.sendall(said)
        answer = read(opened)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b'{"error":{"code":"bad_request"' in answer


@pytest.mark.slow
def test_four_hundred_slow_connections_leave_room_for_a_question(tmp_path: Path) -> None:
    few = ["prlimit", "--nofile=200:200"]
    with running_service(tmp_path / "archive", under=few) as (_, client), ExitStack() as opened:
        for number in range(400):
            one = socket.create_connection((client.base_url.host, client.base_url.port or 0))
            opened.enter_context(one).sendall((b"", HALF_A_HEAD, HALF_A_BODY)[number % 3])
        # On a connection of its own: those that were idle have made room.
        asked = {"question": "When did the ferry strike in Port Ellery end?"}
        with httpx.Client(base_url=client.base_url, headers=client.headers, timeout=PATIENCE, trust_env=False) as own:
            assert own.post("/ask", json=asked).status_code == 200
