"""Who gets through the guard: hosts, origins, tokens; and what every response carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.api.access import Access, bearer
from assistant.settings import Settings
from ingest.archive.archive import Archive
from ingest.database.keys import Keys
from ingest.errors import SettingsError
from tests.assistant.conftest import TOKEN, WITH_TOKEN, an_app, wait_until_ready
from tests.fakes import HashEmbedder

CHOSEN = Access("127.0.0.1", TOKEN, chosen=True)
STRONG = "Zc1Y4vXq9TtLw0mRb7Ke2HdA"
PUBLIC = Access("0.0.0.0", TOKEN, chosen=True)


@pytest.fixture
def public(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(an_app(tmp_path / "archive", access=PUBLIC), base_url="http://news.example") as opened:
        wait_until_ready(opened)
        yield opened


def routes_of(app: FastAPI) -> list[tuple[str, str]]:
    """(method, path) of every route, with a value for each parameter of a path."""
    found = [
        (method.upper(), re.sub(r"\{.*?\}", "x", path))
        for path, operations in app.openapi()["paths"].items()
        for method in operations
    ]
    assert len(found) > 12
    return found


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:1", "localhost."])
def test_a_service_of_this_machine_goes_by_its_names(reader: TestClient, host: str) -> None:
    assert reader.get("/articles", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "a/health?x=", "127.0.0.1.evil.example", ""])
def test_a_service_of_this_machine_answers_to_no_other_name(reader: TestClient, host: str) -> None:
    response = reader.get("/articles", headers={"host": host})
    assert response.status_code == 421
    assert response.json()["error"]["code"] == "wrong_host"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://[broken"])
def test_pages_of_other_sites_may_not_write(reader: TestClient, origin: str) -> None:
    response = reader.post("/reindex", json={}, headers={"origin": origin})
    assert response.status_code == 403


def test_a_page_of_the_service_itself_may_write(reader: TestClient) -> None:
    response = reader.post("/reindex", json={}, headers={"origin": "http://127.0.0.1:8765"})
    assert response.status_code == 200


def test_no_other_site_may_read_what_comes_back(reader: TestClient) -> None:
    response = reader.get("/articles", headers={"origin": "http://evil.example"})
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", ["/sources", "/%73ources"])
def test_what_reads_the_file_system_needs_the_token(reader: TestClient, path: str) -> None:
    assert reader.post(path, json={"sources": ["/"]}).status_code == 403
    wrong = {"Authorization": f"Bearer {TOKEN}x"}
    assert reader.post(path, json={"sources": ["/"]}, headers=wrong).status_code == 401


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN, "Bearer \u00e9"])
def test_only_the_whole_token_is_the_token(authorization: str) -> None:
    assert not CHOSEN.is_token(bearer(authorization))


def test_the_token_opens_the_doctor(reader: TestClient) -> None:
    findings = reader.get("/doctor", headers=WITH_TOKEN).json()
    assert all(finding["ok"] for finding in findings)


def test_beyond_this_machine_every_route_needs_the_token(public: TestClient) -> None:
    for method, path in routes_of(an_app(Path("unused"))):
        is_open = public.request(method, path).status_code != 401
        assert is_open is (path in ("/health", "/ready")), (method, path)
    assert public.get("/docs").status_code == public.get("/openapi.json").status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "news.example"])
def test_a_service_that_others_reach_is_not_started_without_a_token(host: str) -> None:
    with pytest.raises(SettingsError, match="DATELINE_TOKEN"):
        Access.of(Settings(host=host))
    assert Access.of(Settings(host=host, token=SecretStr(STRONG))).token == STRONG


def test_a_service_behind_a_proxy_is_one_that_others_reach() -> None:
    with pytest.raises(SettingsError, match="DATELINE_TOKEN"):
        Access.of(Settings(hosts=("news.example",)))


@pytest.mark.parametrize(
    "token", ["hunter2", "a long secret", "correcthorsebattery", "a" * 64, "qwertyuiopasdfgh", "2026-11-29"]
)
def test_a_token_that_can_be_guessed_does_not_do_where_others_reach_the_service(token: str) -> None:
    with pytest.raises(SettingsError, match="can be guessed") as raised:
        Access.of(Settings(host="0.0.0.0", token=SecretStr(token)))
    assert token not in str(raised.value)
    assert Access.of(Settings(token=SecretStr(token))).chosen


def test_keys_do_in_place_of_a_token(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        keys = Keys(archive.store.engine)
        key = keys.create("laptop", "read").key
        assert not Access.of(Settings(host="0.0.0.0", data=tmp_path)).chosen
        keys.revoke(key.id)
    with pytest.raises(SettingsError, match="dateline keys create"):
        Access.of(Settings(host="0.0.0.0", data=tmp_path))


def test_a_service_of_this_machine_makes_its_own_token() -> None:
    one, another = Access.of(Settings()), Access.of(Settings())
    assert len(one.token) >= 32
    assert one.token != another.token


def test_every_response_says_what_request_it_answers(reader: TestClient) -> None:
    own = reader.get("/nowhere", headers={"x-request-id": "mine-1"})
    assert own.headers["x-request-id"] == own.json()["error"]["request_id"] == "mine-1"
    forged = reader.get("/health", headers={"x-request-id": "a b\tc"})
    assert forged.headers["x-request-id"] != "a b\tc"


def test_no_response_is_kept_by_caches(reader: TestClient) -> None:
    for path in ("/health", "/articles", "/nowhere"):
        assert reader.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/ask", 405)])
def test_what_is_not_there_is_told_like_every_error(reader: TestClient, method: str, path: str, status: int) -> None:
    response = reader.request(method, path)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"code", "message", "hint", "request_id"}
