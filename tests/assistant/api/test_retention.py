"""How long articles are kept, over HTTP."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from starlette.testclient import TestClient

from tests.assistant.conftest import WITH_TOKEN


def grow_old(archive: Path, days: int) -> None:
    """As if everything had been ingested so many days earlier."""
    with closing(sqlite3.connect(archive / "archive.sqlite3")) as sql, sql:
        sql.execute("UPDATE versions SET seen = seen - ?", [days * 86_400])


def test_a_limit_is_set_the_next_run_drops_and_reports_and_the_limit_is_ended(
    client: TestClient, tmp_path: Path
) -> None:
    [source] = client.get("/sources", headers=WITH_TOKEN).json()
    limit = {"kind": "source", "value": source["address"], "days": 30}
    asked = {"question": "How long is the crack in the Aldermoss dam?", "conversation_id": "dam"}
    assert client.post("/ask", json=asked).json()["citations"]
    assert client.post("/retention", json=limit, headers=WITH_TOKEN).json() == {**limit, "due": 0}
    grow_old(tmp_path / "archive", 31)
    [listed] = client.get("/retention", headers=WITH_TOKEN).json()
    assert listed["due"] >= 1
    report = client.post("/reindex", headers=WITH_TOKEN).json()
    assert report["counts"]["dropped"] == listed["due"] == 3 - client.get("/articles").json()["total"]
    kept = client.get("/outcomes", params={"status": "dropped"}, headers=WITH_TOKEN).json()
    assert {one["reason"] for one in kept["outcomes"]} == {"30 days after it was ingested"}
    assert client.post("/ask", json=asked).json()["citations"]
    named = {"kind": "source", "value": source["address"]}
    assert client.delete("/retention", params=named, headers=WITH_TOKEN).status_code == 204
    assert client.get("/retention", headers=WITH_TOKEN).json() == []
    assert client.delete("/retention", params=named, headers=WITH_TOKEN).status_code == 404


def test_the_name_of_a_collection_may_have_space_around_it(client: TestClient) -> None:
    client.post("/collections", json={"name": "Dam"}, headers=WITH_TOKEN)
    named = {"kind": "collection", "value": " dam "}
    limit = client.post("/retention", json={**named, "days": 30}, headers=WITH_TOKEN).json()
    assert limit == {"kind": "collection", "value": "Dam", "days": 30, "due": 0}
    assert client.delete("/retention", params=named, headers=WITH_TOKEN).status_code == 204


def test_what_is_no_limit_is_refused(client: TestClient) -> None:
    for status, changed in ((404, {}), (422, {"days": 0}), (422, {"kind": "outlet"}), (422, {"value": ""})):
        limit = {"kind": "collection", "value": "nothing", "days": 30, **changed}
        assert client.post("/retention", json=limit, headers=WITH_TOKEN).status_code == status
