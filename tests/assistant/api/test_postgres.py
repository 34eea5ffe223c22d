"""The service over an archive whose database is PostgreSQL does what it does with a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ingest.archive.home import home_with
from tests.assistant.api.test_jobs import NOTE, over
from tests.assistant.conftest import LOCAL_URL, WITH_TOKEN, an_app, wait_until_ready


@pytest.fixture
def client(tmp_path: Path, newsroom: Path, database_url: str) -> Iterator[TestClient]:
    home = home_with(tmp_path / "archive", database_url)
    with TestClient(an_app(home, newsroom), base_url=LOCAL_URL) as opened:
        wait_until_ready(opened)
        yield opened
        findings = opened.get("/doctor", headers=WITH_TOKEN).json()
        assert [finding for finding in findings if not finding["ok"]] == []


def test_a_question_is_answered_and_its_conversation_kept(client: TestClient) -> None:
    asked = {"question": "How long is the crack in the Aldermoss dam?", "conversation_id": "abc"}
    assert "14 metres" in client.post("/ask", json=asked).json()["text"]
    assert "14 metres" in client.post("/ask", json={**asked, "question": "How long is it?"}).json()["text"]
    found = client.get("/conversations", params={"q": "METRES crack"}).json()["conversations"]
    assert [(one["id"], one["turns"]) for one in found] == [("abc", 2)]
    assert client.get("/conversations", params={"q": "%"}).json()["conversations"] == []
    assert client.delete("/conversations/abc", headers=WITH_TOKEN).status_code == 204


def test_collections_hold_what_was_read_from_a_source(client: TestClient) -> None:
    [source] = client.get("/sources", headers=WITH_TOKEN).json()
    member = {"kind": "source", "value": source["address"]}
    made = client.post("/collections", json={"name": "Dams", "add": [member]}, headers=WITH_TOKEN).json()
    assert made["articles"] == 3
    found = client.get("/search", params={"q": "crack in the dam", "collection": "dams"}).json()["results"]
    assert "Aldermoss" in found[0]["title"]


def test_collections_hold_and_list_what_an_outlet_wrote(client: TestClient) -> None:
    member = {"kind": "outlet", "value": "valley gazette"}
    made = client.post("/collections", json={"name": "Valley", "add": [member]}, headers=WITH_TOKEN).json()
    assert made["members"] == [{"kind": "outlet", "value": "Valley Gazette"}]
    listed = client.get("/articles", params={"collection": "valley"}).json()
    assert {one["outlet"] for one in listed["articles"]} == {"Valley Gazette"}
    assert listed["total"] == made["articles"]


def test_a_job_ingests_and_a_removed_article_is_not_found(client: TestClient) -> None:
    begun = client.post("/jobs/upload", params={"name": "note.json"}, json=NOTE, headers=WITH_TOKEN)
    assert over(client, begun.headers["location"].removeprefix("/jobs/")).counts["added"] == 1
    [article] = client.get("/articles", params={"q": NOTE["title"]}).json()["articles"]
    assert client.delete(f"/articles/{article['article_id']}", headers=WITH_TOKEN).status_code == 204
    assert client.get("/articles", params={"q": NOTE["title"]}).json()["articles"] == []
    assert client.get("/articles").json()["total"] == 3


def test_feeds_and_keys_are_kept(client: TestClient) -> None:
    given = {"addresses": ["https://news.example/feed.xml"]}
    assert len(client.post("/feeds", json=given, headers=WITH_TOKEN).json()) == 1
    assert client.post("/feeds", json=given, headers=WITH_TOKEN).json() == []
    made = client.post("/keys", json={"name": "laptop", "scope": "read"}, headers=WITH_TOKEN).json()
    assert [key["name"] for key in client.get("/keys", headers=WITH_TOKEN).json()] == ["laptop"]
    secret = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/articles", headers=secret).status_code == 200
    assert client.delete(f"/keys/{made['key']['id']}", headers=WITH_TOKEN).status_code < 300
    assert [bool(key["revoked"]) for key in client.get("/keys", headers=WITH_TOKEN).json()] == [True]


def test_reindexing_in_full_embeds_nothing_again(client: TestClient) -> None:
    report = client.post("/reindex", json={"full": True}, headers=WITH_TOKEN).json()
    assert report["passages_embedded"] == 0
