"""A service over a small archive, and the ways to talk to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.api.access import Access
from assistant.api.app import create_app
from assistant.service.blocking import wait_for
from assistant.service.local import LocalService
from assistant.service.runs import report_of
from assistant.settings import Settings
from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.archive.home import Home, home_at
from tests import waiting
from tests.conftest import write_newsroom
from tests.fakes import HashEmbedder

TOKEN = "a-token-of-the-tests"
LOCAL_URL = "http://127.0.0.1:8765"
# No connection leads here, of which the system could tell who made it.
LOCAL = Access("127.0.0.1", TOKEN, chosen=False, by_this_user=lambda _asked: True)
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


def an_app(place: Path | Home, newsroom: Path | None = None, access: Access = LOCAL) -> FastAPI:
    """The application over an archive in a folder or in another home, which ingests the newsroom first."""

    def open_service() -> LocalService:
        archive = Archive.open(place, HashEmbedder(), beside=True)
        service = LocalService(Settings(data=home_at(place).folder), archive)
        if newsroom:
            wait_for(report_of(service.ingest([str(newsroom)])))
        return service

    return create_app(open_service, access)


def wait_until_ready(client: TestClient) -> None:
    waiting.wait_for(lambda: client.get("/ready").status_code == 200)


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same for all tests that change nothing."""
    folder = tmp_path_factory.mktemp("reader")
    yield from client_of(folder / "archive", write_newsroom(folder / "newsroom"))


@pytest.fixture
def client(tmp_path: Path, newsroom: Path) -> Iterator[TestClient]:
    """A client of a ready service on this machine, without a token; the archive is sound at the end."""
    yield from client_of(tmp_path / "archive", newsroom)


def client_of(folder: Path, newsroom: Path) -> Iterator[TestClient]:
    with TestClient(an_app(folder, newsroom), base_url=LOCAL_URL) as opened:
        wait_until_ready(opened)
        yield opened
    with Archive.open(folder, HashEmbedder()) as archive:
        assert [finding for finding in examine(archive) if not finding.ok] == []
