"""Whether an archive is served, and who gets to see the service's token."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from assistant.service.blocking import wait_for
from assistant.service.client import find_service
from assistant.service.owner import service_note
from ingest.archive.lock import ArchiveLock, Owner

SECRET = "the-secret-of-a-service"


class Stranger(HTTPServer):
    """Something else that listens where a service once did; keeps the Authorization headers that it gets."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Stranger

    def do_GET(self) -> None:
        self.server.seen.append(self.headers.get("authorization"))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"service": "another"}')

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with Stranger() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[ArchiveLock]:
    held = ArchiveLock(tmp_path).acquire("dateline serve")
    yield held
    held.release()


def note(url: str, pid: int | None = None) -> Owner:
    return Owner(pid=pid or os.getpid(), command="dateline serve", url=url, token=SECRET)


def test_a_folder_without_a_note_is_not_served(tmp_path: Path) -> None:
    assert service_note(tmp_path / "nowhere") is None
    assert service_note(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_service_is_known_by_its_note_its_process_and_its_lock(tmp_path: Path, lock: ArchiveLock) -> None:
    lock.announce(note("http://127.0.0.1:1"))
    assert service_note(tmp_path) == note("http://127.0.0.1:1")


def test_an_owner_that_is_no_service_serves_nothing(tmp_path: Path, lock: ArchiveLock) -> None:
    assert service_note(tmp_path) is None


def test_a_note_without_its_lock_is_nobodys(tmp_path: Path, stranger: Stranger) -> None:
    ArchiveLock(tmp_path).announce(note(stranger.url))
    assert wait_for(find_service(tmp_path)) is None
    assert stranger.seen == []


def test_a_note_whose_process_has_ended_is_nobodys(tmp_path: Path, lock: ArchiveLock, stranger: Stranger) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lock.announce(note(stranger.url, ended.pid))
    assert wait_for(find_service(tmp_path)) is None
    assert stranger.seen == []


def test_looking_does_not_keep_an_owner_out(tmp_path: Path) -> None:
    ArchiveLock(tmp_path).announce(note("http://127.0.0.1:1"))
    assert service_note(tmp_path) is None
    ArchiveLock(tmp_path).acquire("dateline ingest").release()


def test_who_does_not_say_it_is_a_service_never_sees_the_token(
    tmp_path: Path, lock: ArchiveLock, stranger: Stranger
) -> None:
    lock.announce(note(stranger.url))
    assert wait_for(find_service(tmp_path)) is None
    assert stranger.seen == [None]


def test_who_does_not_answer_is_not_waited_for(tmp_path: Path, lock: ArchiveLock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        lock.announce(note(f"http://127.0.0.1:{silent.getsockname()[1]}"))
        assert wait_for(find_service(tmp_path)) is None
