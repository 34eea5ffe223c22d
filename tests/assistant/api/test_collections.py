"""Collections over HTTP: made, asked, searched, changed and forgotten."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.assistant.conftest import WITH_TOKEN


def ids(client: TestClient) -> dict[str, str]:
    """The id of each article by the first word of its title."""
    found = client.get("/articles").json()["articles"]
    return {one["title"].split()[0]: one["article_id"] for one in found}


def change(client: TestClient, name: str, **members: object) -> dict[str, object]:
    response = client.post("/collections", json={"name": name, **members}, headers=WITH_TOKEN)
    assert response.status_code == 200, response.text
    found: dict[str, object] = response.json()
    return found


def titles(client: TestClient, query: str, collection: str) -> set[str]:
    response = client.get("/search", params={"q": query, "collection": collection})
    return {one["title"].split()[0] for one in response.json()["results"]}


def test_a_question_and_a_search_look_only_into_a_collection(client: TestClient) -> None:
    dam = {"kind": "article", "value": ids(client)["Crack"]}
    assert change(client, "The Dam", add=[dam])["articles"] == 1
    assert change(client, " the dam ")["name"] == "The Dam"
    assert titles(client, "ferry strike crack festival", "the dam") == {"Crack"}
    asked = {"question": "When did the ferry strike end?", "filters": {"collection": "The dam"}}
    refused = client.post("/ask", json=asked).json()
    assert {one["article_id"] for one in refused["citations"]} <= {dam["value"]}
    named = {"question": "How long is the crack in the Aldermoss dam?", "collection": "The dam"}
    answered = client.post("/ask", json=named).json()
    assert "14 metres" in answered["text"]
    assert answered["filters"]["collection"] == "The dam"


def test_a_source_is_in_a_collection_with_what_is_read_from_it_later(
    client: TestClient, newsroom_source: str
) -> None:
    made = change(client, "all", add=[{"kind": "source", "value": newsroom_source}])
    assert made["articles"] == 3
    assert titles(client, "ferry strike crack festival", "all") == {"Crack", "Ferry", "Lantern"}


def test_an_outlet_is_in_a_collection_with_all_its_articles(client: TestClient) -> None:
    outlet = client.get("/outlets").json()["outlets"][0]["outlet"]
    made = change(client, "port", add=[{"kind": "outlet", "value": outlet.upper()}])
    assert made["members"] == [{"kind": "outlet", "value": outlet}]
    of_outlet = client.get("/articles", params={"outlet": outlet}).json()
    assert client.get("/articles", params={"collection": "port"}).json() == of_outlet
    assert made["articles"] == of_outlet["total"] > 0


@pytest.fixture
def newsroom_source(client: TestClient) -> str:
    [source] = client.get("/sources", headers=WITH_TOKEN).json()
    return str(source["address"])


def test_the_articles_of_a_collection_are_listed_page_by_page(client: TestClient) -> None:
    by_title = ids(client)
    change(client, "both", add=[{"kind": "article", "value": by_title[one]} for one in ("Crack", "Ferry")])
    pages = [
        client.get("/articles", params={"collection": " Both ", "limit": 1, "offset": offset}).json()
        for offset in range(3)
    ]
    assert [page["total"] for page in pages] == [2, 2, 2]
    listed = [one["article_id"] for page in pages for one in page["articles"]]
    assert sorted(listed) == sorted([by_title["Crack"], by_title["Ferry"]])
    narrowed = client.get("/articles", params={"collection": "both", "q": "ferry"}).json()
    assert [one["article_id"] for one in narrowed["articles"]] == [by_title["Ferry"]]
    assert client.get("/articles", params={"collection": " "}).status_code == 422


def test_members_are_taken_out_and_a_collection_is_forgotten(client: TestClient) -> None:
    both = [{"kind": "article", "value": one} for one in ids(client).values()][:2]
    change(client, "two", add=both)
    assert change(client, "TWO", remove=both[:1]) == {"name": "two", "articles": 1, "members": both[1:]}
    client.delete(f"/articles/{both[1]['value']}", headers=WITH_TOKEN)
    assert [one["articles"] for one in client.get("/collections").json()] == [0]
    assert client.delete("/collections", params={"name": " Two "}, headers=WITH_TOKEN).status_code == 204
    assert client.get("/collections").json() == []
    assert len(ids(client)) == 2


def test_what_is_not_there_is_told(client: TestClient) -> None:
    asked = client.post("/ask", json={"question": "Who won?", "filters": {"collection": "nothing"}})
    searched = client.get("/search", params={"q": "ferry", "collection": "nothing"})
    member = {"kind": "feed", "value": "https://nowhere.example/feed"}
    changed = client.post("/collections", json={"name": "x", "add": [member]}, headers=WITH_TOKEN)
    outlet = {"kind": "outlet", "value": "Nowhere Post"}
    unknown = client.post("/collections", json={"name": "x", "add": [outlet]}, headers=WITH_TOKEN)
    removed = client.delete("/collections", params={"name": "x"}, headers=WITH_TOKEN)
    listed = client.get("/articles", params={"collection": "nothing"})
    for response in (asked, searched, changed, unknown, removed, listed):
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")
