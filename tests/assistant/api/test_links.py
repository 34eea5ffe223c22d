"""Links through the service in this process, over HTTP and the command line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.api.app import create_app
from assistant.cli.run import run
from assistant.service.blocking import wait_for
from assistant.service.local import LocalService
from assistant.service.runs import report_of
from assistant.settings import Settings
from assistant.types import Report
from ingest.archive.archive import Archive
from tests.assistant.conftest import LOCAL, LOCAL_URL, WITH_TOKEN, wait_until_ready
from tests.fakes import HashEmbedder
from tests.site_server import Reply, SiteServer


@pytest.fixture
def site() -> Iterator[SiteServer]:
    with SiteServer({"/story": Reply(headers={"ETag": '"1"'})}) as served:
        yield served


def a_service(folder: Path, site: SiteServer) -> LocalService:
    settings = Settings(data=folder, fetch_allow=site.here, fetch_delay=0)
    return LocalService(settings, Archive.open(folder, HashEmbedder()))


def ingested(service: LocalService, *sources: str) -> Report:
    return wait_for(report_of(service.ingest(sources)))


def test_a_link_is_taken_in_and_looked_at_again_over_http(tmp_path: Path, site: SiteServer) -> None:
    app = create_app(lambda: a_service(tmp_path / "archive", site), LOCAL)
    with TestClient(app, base_url=LOCAL_URL) as client:
        wait_until_ready(client)
        request = {"sources": [site.url()], "kind": "page"}
        report = client.post("/sources", json=request, headers=WITH_TOKEN)
        assert Report.model_validate(report.json()).counts["added"] == 1
        [known] = client.get("/sources", headers=WITH_TOKEN).json()
        assert known == {"address": site.url(), "kind": "page", "captured_at": None, "map": []}
        assert client.post("/reindex", json={}).json()["counts"]["unchanged"] == 1
        refused = client.post("/sources", json={"sources": ["ftp://news.example/"]}, headers=WITH_TOKEN)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "source")


def test_private_addresses_are_refused_unless_the_settings_let_them_in(tmp_path: Path, site: SiteServer) -> None:
    service = LocalService(Settings(data=tmp_path), Archive.open(tmp_path, HashEmbedder()))
    with service.archive:
        report = ingested(service, "http://127.0.0.1/", site.url())
    assert [outcome.status for outcome in report.outcomes] == ["failed", "failed"]
    assert all("DATELINE_FETCH_ALLOW" in outcome.reason for outcome in report.outcomes)
    assert site.requests == []


def test_a_slow_site_does_not_keep_others_from_writing(tmp_path: Path, newsroom: Path, site: SiteServer) -> None:
    gate = threading.Event()
    site.pages["/slow"] = Reply(held=gate)
    service = a_service(tmp_path / "archive", site)
    with service.archive:
        first = ingested(service, str(newsroom))
        reports: list[Report] = []
        slow = threading.Thread(target=lambda: reports.append(ingested(service, site.url("/slow"))))
        slow.start()
        while not site.paths:
            slow.join(0.01)
        wait_for(service.remove(first.outcomes[0].article_id or ""))
        assert reports == []
        gate.set()
        slow.join()
    assert reports[0].counts["added"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ftp://news.example/a"], "a link begins with http:// or https://"),
        (["--kind", "feed", "feed.xml"], "is a path, not a feed"),
        (["--captured-at", "2026-11-02T10:00Z", "https://news.example/a"], "when it is fetched"),
    ],
)
def test_what_cannot_be_a_source_is_an_error_of_use(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ingest", *arguments]) == 2
    assert said in capsys.readouterr().err
