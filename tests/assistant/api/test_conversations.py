"""Conversations over HTTP: listed, searched, read, named, deleted and exported."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from assistant.types import Conversation, ConversationList
from tests.assistant.conftest import WITH_TOKEN

STRIKE = "When did the ferry strike in Port Ellery end?"
DAM = "How long is the crack in the Aldermoss dam?"


def ask(client: TestClient, question: str, conversation: str) -> None:
    assert client.post("/ask", json={"question": question, "conversation_id": conversation}).status_code == 200


def listed(client: TestClient, **params: str | int) -> ConversationList:
    return ConversationList.model_validate_json(client.get("/conversations", params=params).content)


@pytest.fixture
def talks(client: TestClient) -> TestClient:
    """Three conversations; the one about the dam was asked last."""
    ask(client, STRIKE, "strike")
    ask(client, "Where does the lantern festival move to?", "festival")
    ask(client, DAM, "dam")
    ask(client, "Will the reservoir be lowered?", "dam")
    return client


def test_conversations_are_listed_the_last_asked_first(talks: TestClient) -> None:
    found = listed(talks)
    assert [(one.id, one.turns) for one in found.conversations] == [("dam", 2), ("festival", 1), ("strike", 1)]
    assert (found.total, found.next, found.conversations[0].title) == (3, None, DAM)


def test_pages_follow_one_another_also_while_somebody_asks(talks: TestClient) -> None:
    first = listed(talks, limit=1)
    ask(talks, "And the raise?", "strike")
    second = listed(talks, limit=1, cursor=first.next or "")
    assert [one.id for one in second.conversations] == ["festival"]
    assert second.next is None


def test_a_search_finds_words_of_answers_and_names_and_says_where(talks: TestClient) -> None:
    [found] = listed(talks, q="METRES aldermoss").conversations
    assert found.id == "dam"
    assert found.match is not None
    assert "14 metres" in found.match.text
    talks.patch("/conversations/strike", json={"title": "Zürich, später"})
    assert [one.id for one in listed(talks, q="zurich spater").conversations] == ["strike"]
    assert listed(talks, q="100%").total == 0


def test_a_name_is_kept_until_it_is_taken_away(talks: TestClient) -> None:
    named = talks.patch("/conversations/dam", json={"title": " The\n dam "}).json()
    assert (named["title"], named["named"], named["turns"]) == ("The dam", True, 2)
    assert Conversation.model_validate_json(talks.get("/conversations/dam").content).title == "The dam"
    assert talks.patch("/conversations/dam", json={"title": ""}).json()["title"] == DAM


def test_a_deleted_conversation_is_gone_and_its_follow_up_begins_anew(talks: TestClient) -> None:
    assert talks.delete("/conversations/dam").status_code == 204
    assert talks.get("/conversations/dam").status_code == 404
    assert [one.id for one in listed(talks).conversations] == ["festival", "strike"]
    assert listed(talks, q="reservoir").total == 0
    ask(talks, DAM, "dam")
    assert talks.get("/conversations/dam").json()["total"] == 1


def test_a_long_conversation_is_read_from_its_end(talks: TestClient) -> None:
    latest = talks.get("/conversations/dam", params={"limit": 1}).json()
    assert ([turn["number"] for turn in latest["turns"]], latest["total"]) == ([2], 2)
    before = talks.get("/conversations/dam", params={"before": 2}).json()
    assert [turn["number"] for turn in before["turns"]] == [1]


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("markdown", "text/markdown; charset=utf-8"),
        ("json", "application/json"),
        ("csl", "application/vnd.citationstyles.csl+json"),
        ("bibtex", "application/x-bibtex; charset=utf-8"),
    ],
)
def test_a_conversation_is_exported_as_a_file(talks: TestClient, form: str, media_type: str) -> None:
    response = talks.get("/conversations/dam/export", params={"format": form})
    assert response.headers["content-type"] == media_type
    assert 'filename="dam.' in response.headers["content-disposition"]
    assert "Crack found in the Aldermoss dam" in response.text


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_what_is_not_there_is_not_found(reader: TestClient, method: str) -> None:
    body = {"json": {"title": "x"}} if method == "PATCH" else {}
    response = reader.request(method, "/conversations/nobody", headers=WITH_TOKEN, **body)  # type: ignore[arg-type]
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "path", ["/conversations?cursor=x", "/conversations?limit=0", "/conversations/dam/export?format=docx"]
)
def test_what_cannot_be_meant_is_refused(reader: TestClient, path: str) -> None:
    response = reader.get(path)
    assert response.status_code == 422
    assert json.loads(response.content)["error"]["code"] == "invalid"
