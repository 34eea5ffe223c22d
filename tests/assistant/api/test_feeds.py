"""Subscriptions over HTTP, and the watch of the running service."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.api import feeds
from assistant.api.app import create_app
from assistant.service.local import LocalService
from assistant.settings import Settings
from ingest.archive.archive import Archive
from ingest.archive.manifest import DATABASE
from tests.assistant.conftest import LOCAL, LOCAL_URL, WITH_TOKEN, wait_until_ready
from tests.fakes import HashEmbedder
from tests.feed_site import Site, Story
from tests.waiting import PATIENCE


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(stories=[Story(1), Story(2)]) as opened:
        yield opened


@pytest.fixture
def app(tmp_path: Path, site: Site) -> FastAPI:
    """A service that may fetch from the site."""
    settings = Settings(data=tmp_path / "archive", fetch_allow=site.host, fetch_delay=0)
    return create_app(lambda: LocalService(settings, Archive.open(settings.data, HashEmbedder())), LOCAL)


@pytest.fixture
def service(app: FastAPI) -> Iterator[TestClient]:
    """A client of it."""
    with TestClient(app, base_url=LOCAL_URL, headers=WITH_TOKEN) as opened:
        wait_until_ready(opened)
        yield opened


def subscribe(service: TestClient, site: Site) -> None:
    assert service.post("/feeds", json={"addresses": [site.url()]}).status_code == 200


def test_a_feed_is_added_checked_listed_and_removed(service: TestClient, site: Site) -> None:
    [added] = service.post("/feeds", json={"addresses": [site.url()], "titles": ["Harbour"]}).json()
    assert (added["title"], added["checked"]) == ("Harbour", None)
    assert service.post("/feeds", json={"addresses": [site.url()]}).json() == []
    assert service.post("/feeds/check").json()["counts"]["added"] == 2
    [listed] = service.get("/feeds").json()
    assert (listed["title"], listed["failing_since"]) == ("Harbour Post", None)
    assert listed["last_new"]
    assert service.delete("/feeds", params={"address": site.url()}).status_code == 204
    assert service.get("/feeds").json() == []
    assert service.get("/articles").json()["total"] == 2


def test_a_check_tells_what_it_finds_as_it_goes(service: TestClient, site: Site) -> None:
    subscribe(service, site)
    response = service.post("/feeds/check", json={}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.text.count("event: outcome") == 2
    assert response.text.count("event: done") == 1


def test_a_failing_feed_is_seen_by_those_who_ask_how_the_service_does(service: TestClient, site: Site) -> None:
    site.fault = (500, {})
    subscribe(service, site)
    assert service.post("/feeds/check").json()["counts"]["failed"] == 1
    assert service.get("/ready").json()["feeds_failing"] == 1
    bad = [finding for finding in service.get("/doctor").json() if not finding["ok"]]
    assert [finding["name"] for finding in bad] == [f"feed {site.url()}"]
    assert "500" in bad[0]["detail"]


@pytest.mark.parametrize(
    ("method", "body", "status"),
    [
        ("/feeds", {"addresses": ["file:///etc/passwd"]}, 422),
        ("/feeds", {"addresses": []}, 422),
        ("/feeds/check", {"addresses": ["https://other.example/f"]}, 404),
    ],
)
def test_what_cannot_be_subscribed_to_or_checked_is_refused(
    service: TestClient, method: str, body: object, status: int
) -> None:
    assert service.post(method, json=body).status_code == status


def test_a_private_address_is_not_fetched_unless_it_is_allowed(reader: TestClient, site: Site) -> None:
    reader.post("/feeds", json={"addresses": [site.url()]}, headers=WITH_TOKEN)
    report = reader.post("/feeds/check", headers=WITH_TOKEN).json()
    reader.delete("/feeds", params={"address": site.url()}, headers=WITH_TOKEN)
    assert report["counts"]["failed"] == 1
    assert site.hits == {}


def test_the_running_service_looks_at_what_is_due(app: FastAPI, service: TestClient, site: Site) -> None:
    subscribe(service, site)

    async def until_taken_in() -> None:
        watching = asyncio.create_task(feeds.watch(app.state.lifespan, seconds=0.01))
        while service.get("/articles").json()["total"] < 2:  # noqa: ASYNC110 nothing tells of it
            await asyncio.sleep(0.05)
        watching.cancel()

    asyncio.run(asyncio.wait_for(until_taken_in(), PATIENCE))
    assert site.hits["/feed"] == 1


def test_the_service_looks_again_when_its_database_can_be_read_again(
    app: FastAPI, service: TestClient, site: Site, tmp_path: Path
) -> None:
    subscribe(service, site)

    def rename(old: str, new: str) -> None:
        with closing(sqlite3.connect(tmp_path / "archive" / DATABASE)) as sql:
            sql.execute(f"ALTER TABLE {old} RENAME TO {new}")

    async def until_taken_in() -> None:
        rename("feeds", "away")
        watching = asyncio.create_task(feeds.watch(app.state.lifespan, seconds=0.01))
        await asyncio.sleep(0.5)
        rename("away", "feeds")
        while service.get("/articles").json()["total"] < 2:  # noqa: ASYNC110 nothing tells of it
            await asyncio.sleep(0.05)
        watching.cancel()

    asyncio.run(asyncio.wait_for(until_taken_in(), PATIENCE))
