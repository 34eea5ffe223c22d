"""How a running service ends: with a last word to everyone whom it keeps waiting, and quietly."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.assistant.processes import running_service
from tests.llm_server import ModelServer, Reply
from tests.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.slow

QUESTION = {"question": "When did the ferry strike in Port Ellery end?"}
NEVER_ENDING = Reply(pieces=[" and so on"] * 10_000, pause=0.05)


@contextmanager
def request(client: httpx.Client, path: str, body: bytes, *, length: int | None = None) -> Iterator[socket.socket]:
    """A connection on which a request was sent, or as much of it as there is."""
    host, port = client.base_url.host, client.base_url.port
    assert port
    head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
    with socket.create_connection((host, port)) as opened:
        opened.sendall(f"{head}Content-Length: {length or len(body)}\r\n\r\n".encode() + body)
        yield opened


def rest(opened: socket.socket) -> str:
    with opened.makefile("rb") as stream:
        return stream.read().decode()


@contextmanager
def writing() -> Iterator[tuple[ModelServer, dict[str, str]]]:
    """A chat model that does not stop writing, and the environment of a service that asks it."""
    with ModelServer(NEVER_ENDING) as model:
        named = {"DATELINE_MODEL": "openai:x", "DATELINE_MODEL_BASE_URL": model.url, "DATELINE_MODEL_API_KEY": "k"}
        yield model, {**os.environ, **named}


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.thorough)])
def test_a_service_that_ends_tells_everyone_who_waits(newsroom_archive: Path, number: int) -> None:
    asked = json.dumps(QUESTION).encode()
    with (
        writing() as (model, env),
        running_service(newsroom_archive, env=env) as (process, client),
        request(client, "/ask", b"{", length=100) as half,
        request(client, "/articles", b"{", length=100) as upload,
        request(client, "/nowhere", b"", length=100),
        request(client, "/ask/stream", asked) as stream,
        request(client, "/ask", asked) as plain,
    ):
        wait_for(lambda: len(model.requests) == 2)  # so the service has heard of those before, too
        process.send_signal(number)
        assert rest(stream).count("event: error") == 1
        for answered in (plain, half, upload):
            assert '"code":"stopping"' in rest(answered)
        assert process.wait() == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
        assert model.hung_up.wait(PATIENCE)


def test_a_chat_model_stops_writing_when_the_one_who_asked_leaves(newsroom_archive: Path) -> None:
    with (
        writing() as (model, env),
        running_service(newsroom_archive, env=env) as (_, client),
    ):
        for path in ("/ask", "/ask/stream"):
            model.asked.clear()
            model.hung_up.clear()
            with request(client, path, json.dumps(QUESTION).encode()):
                assert model.asked.wait(PATIENCE), path
            assert model.hung_up.wait(PATIENCE), path
