"""Articles over HTTP: list, read, hand over, remove."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.service.uploads import MOST_BYTES, upload_name
from assistant.types import Article, ArticleList, OutletList, Report

RECORD = {
    "title": "Night bus to the hospital hill",
    "text": "A night bus will link Eastdock with the hospital hill from December, the council decided on Monday.",
    "source": "Evening Tide",
    "url": "https://eveningtide.example/night-bus",
}


def listed(client: TestClient, **params: str | int) -> ArticleList:
    return ArticleList.model_validate_json(client.get("/articles", params=params).content)


def test_articles_are_listed_newest_first(reader: TestClient) -> None:
    page = listed(reader)
    assert page.total == 3
    assert [article.title.split()[0] for article in page.articles] == ["Ferry", "Lantern", "Crack"]


def test_a_list_can_be_narrowed_and_paged(reader: TestClient) -> None:
    assert listed(reader, q="dam").total == 1
    assert listed(reader, outlet="valley gazette").total == 2
    assert listed(reader, q=" \r").total == 3
    page = listed(reader, limit=1, offset=1)
    assert (page.total, [article.title.split()[0] for article in page.articles]) == (3, ["Lantern"])


@pytest.mark.parametrize(
    "params", [{"limit": 0}, {"limit": 10**6}, {"offset": -1}, {"offset": 2**63}, {"limit": "x"}]
)
def test_a_page_out_of_bounds_is_refused(reader: TestClient, params: dict[str, int]) -> None:
    assert reader.get("/articles", params=params).status_code == 422


def test_an_article_is_read_with_its_versions(reader: TestClient) -> None:
    [summary, *_] = listed(reader, q="ferry").articles
    article = Article.model_validate_json(reader.get(f"/articles/{summary.article_id}").content)
    assert article.text.startswith("The ferry strike in Port Ellery ended")
    [version] = reader.get(f"/articles/{summary.article_id}/versions").json()
    assert (version["digest"], version["current"]) == (article.digest, True)
    old = reader.get(f"/articles/{summary.article_id}", params={"version": "0000"})
    assert old.status_code == 404


def test_outlets_are_listed_with_their_articles_and_newest_day(reader: TestClient) -> None:
    found = OutletList.model_validate_json(reader.get("/outlets").content)
    assert [(one.outlet, one.articles, str(one.newest)) for one in found.outlets] == [
        ("Valley Gazette", 2, "2026-10-15"),
        ("Harbour Post", 1, "2026-10-23"),
    ]


@pytest.mark.parametrize("path", ["/articles/nope", "/articles/nope/versions", "/articles/%00", "/articles/%ff"])
def test_an_unknown_article_is_not_found(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_a_removed_article_is_gone_and_removing_it_again_says_so(client: TestClient) -> None:
    [summary] = listed(client, q="ferry").articles
    assert client.delete(f"/articles/{summary.article_id}").status_code == 204
    assert client.get(f"/articles/{summary.article_id}").status_code == 404
    assert client.delete(f"/articles/{summary.article_id}").status_code == 404
    assert listed(client).total == 2


def test_a_record_that_is_handed_over_can_be_asked_about(client: TestClient) -> None:
    report = Report.model_validate(client.post("/articles", json=RECORD).json())
    assert [(outcome.status, outcome.source) for outcome in report.outcomes] == [("added", "upload:article.json")]
    assert listed(client, q="night bus").articles[0].outlet == "Evening Tide"
    assert Report.model_validate(client.post("/articles", json=RECORD).json()).counts["unchanged"] == 1


def test_an_upload_is_no_source_to_look_at_again(client: TestClient) -> None:
    client.post("/articles", json=RECORD)
    report = Report.model_validate(client.post("/reindex", json={}).json())
    assert {outcome.status for outcome in report.outcomes} == {"unchanged"}
    assert len(report.outcomes) == 3


def test_many_records_and_packed_ones_are_taken_in(client: TestClient) -> None:
    lines = "".join(
        json.dumps(RECORD | {"url": f"https://e.example/{n}", "title": f"Bus {n}"}) + "\n" for n in range(3)
    )
    response = client.post("/articles", params={"name": "buses.jsonl.gz"}, content=gzip.compress(lines.encode()))
    assert response.json()["counts"]["added"] == 3


def test_what_cannot_be_read_is_reported_and_not_an_error_of_the_service(client: TestClient) -> None:
    response = client.post("/articles", params={"name": "x.exe"}, content=b"MZ\x00\x01")
    assert response.status_code == 200
    [outcome] = response.json()["outcomes"]
    assert outcome["status"] in ("failed", "skipped")
    assert outcome["reason"]


def test_an_empty_body_is_refused(reader: TestClient) -> None:
    assert reader.post("/articles").status_code == 422


def test_more_than_standard_input_may_hold_is_refused(reader: TestClient) -> None:
    declared = {"Content-Length": str(MOST_BYTES + 1)}
    response = reader.post("/articles", params={"name": "x.txt"}, content=b"x", headers=declared)
    assert response.status_code == 413
    error = response.json()["error"]
    assert (error["code"], error["message"]) == ("too_large", "the body is larger than 200 MB")


def test_a_name_from_outside_never_becomes_a_path(client: TestClient, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if "archive" not in path.parts}
    for name in ("../../../evil.md", "..", "/etc/passwd.md", "a\x00b.md", "x" * 400 + ".md", "C:\\a\\b.md"):
        text = f"A short text of news about the harbour of {len(name)} ships."
        response = client.post("/articles", params={"name": name}, content=text.encode())
        assert response.status_code == 200, name
        assert {path for path in tmp_path.rglob("*") if "archive" not in path.parts} == before, name
        assert list((tmp_path / "archive" / "uploads").iterdir()) == [], name


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("", "application/json; charset=utf-8", "article.json"),
        ("", "text/html", "article.html"),
        ("", "", "article"),
        ("news.md", "application/json", "news.md"),
        ("dir/news", "text/markdown", "news.md"),
    ],
)
def test_an_upload_goes_by_its_name_or_its_media_type(name: str, kind: str, expected: str) -> None:
    assert upload_name(name, kind) == expected


def test_an_upload_that_nothing_names_is_told_by_how_it_begins(client: TestClient) -> None:
    given = b"kop,inhoud\nNachtbus,Er rijdt een nachtbus naar de heuvel.\n"
    mapped = {"name": "dump.csv", "map": ["title=kop", "text=inhoud"]}
    assert client.post("/articles", params=mapped, content=given).json()["outcomes"][0]["title"] == "Nachtbus"
    given = b"title,text\nNight tram,A night tram runs to the hill.\n"
    assert client.post("/articles", content=given).json()["outcomes"][0]["title"] == "Night tram"
