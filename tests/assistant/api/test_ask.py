"""Asking over HTTP: whole, as a stream, and what is refused."""

from __future__ import annotations

from pathlib import Path

import httpx
import httpx2
import pytest
from starlette.testclient import TestClient

from assistant.service.client import Client
from assistant.types import Answer, AskRequest, Conversation, Done, SearchResults, Stated, Understood
from tests.assistant.conftest import an_app

STRIKE = {"question": "When did the ferry strike in Port Ellery end?"}


def error_of(response: httpx2.Response) -> dict[str, str]:
    error: dict[str, str] = response.json()["error"]
    assert set(error) == {"code", "message", "hint", "request_id"}
    return error


def test_an_answer_cites_the_passage_it_rests_on(reader: TestClient) -> None:
    answer = Answer.model_validate_json(reader.post("/ask", json=STRIKE).content)
    assert answer.outcome == "answered"
    assert "[1]" in answer.text
    [citation, *_] = answer.citations
    article = reader.get(f"/articles/{citation.article_id}").json()
    assert article[citation.part][citation.start : citation.end] == citation.text


def test_a_question_that_nothing_answers_is_refused_with_a_receipt(reader: TestClient) -> None:
    answer = Answer.model_validate_json(
        reader.post("/ask", json={"question": "Who painted the Zorblax mural?"}).content
    )
    assert answer.outcome == "refused"
    assert answer.receipt is not None
    assert answer.receipt.articles_searched == 3


def test_filters_keep_other_outlets_out(reader: TestClient) -> None:
    request = {"question": "What moves to the airfield?", "filters": {"outlets": ["Harbour Post"]}}
    answer = Answer.model_validate_json(reader.post("/ask", json=request).content)
    assert {citation.outlet for citation in answer.citations} <= {"Harbour Post"}


@pytest.mark.parametrize(("read", "outlets"), [(True, ("Harbour Post",)), (False, ())])
def test_an_outlet_that_the_question_names_narrows_it_unless_it_may_not(
    reader: TestClient, read: bool, outlets: tuple[str, ...]
) -> None:
    request = {"question": "What does the Harbour Post say about the crack in the dam?", "read_filters": read}
    answer = Answer.model_validate_json(reader.post("/ask", json=request).content)
    assert answer.filters.outlets == outlets
    assert (answer.outcome == "nearest") is read  # what only others report


def test_a_conversation_keeps_its_turns(reader: TestClient) -> None:
    first = reader.post("/ask", json=STRIKE).json()
    reader.post("/ask", json={"question": "And the raise?", "conversation_id": first["conversation_id"]})
    found = Conversation.model_validate_json(reader.get(f"/conversations/{first['conversation_id']}").content)
    assert [turn.question for turn in found.turns] == [STRIKE["question"], "And the raise?"]


def test_an_unknown_conversation_is_not_found(reader: TestClient) -> None:
    response = reader.get("/conversations/nobody")
    assert response.status_code == 404
    assert error_of(response)["code"] == "not_found"


async def test_the_stream_is_what_the_chat_expects_and_ends_once(tmp_path: Path, newsroom: Path) -> None:
    app = an_app(tmp_path / "archive", newsroom)
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app):
        client = Client(httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1"))
        while not (await client.readiness()).ready:
            pass
        events = [event async for event in client.events(AskRequest(question=STRIKE["question"]))]
        await client.close()
    assert isinstance(events[0], Understood)
    assert any(isinstance(event, Stated) for event in events)
    assert [isinstance(event, Done) for event in events].count(True) == 1
    assert isinstance(events[-1], Done)


def test_search_ranks_passages(reader: TestClient) -> None:
    found = SearchResults.model_validate_json(reader.get("/search", params={"q": "crack in the dam"}).content)
    assert found.results[0].title == "Crack found in the Aldermoss dam"
    assert [result.rank for result in found.results] == list(range(1, len(found.results) + 1))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"question"',
        b"{}",
        b'{"question": ""}',
        b'{"question": "   "}',
        b'{"question": "\\u200b\\u200e"}',
        b'{"question": 1}',
        b'{"question": "\\ud800"}',
        b'{"question": "\\ud800", "other": 1}',
        b'{"question": "x", "\\ud800": 1}',
        b'{"question": "x", "top_k": NaN}',
        b'{"question": "x", "top_k": Infinity}',
        b'{"question": "x", "top_k": 1e999}',
        b'{"question": "x", "top_k": ' + b"9" * 400 + b"}",
        b'{"question": "x", "top_k": ' + b"9" * 9000 + b"}",
        b'{"question": "x", "top_k": 0}',
        b'{"question": "x", "unknown": 1}',
        b'{"question": "x", "conversation_id": "../../etc"}',
        b'{"question": "x", "filters": {"since": "yesterday"}}',
        b'{"question": "' + b"x" * 2001 + b'"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:44]),
)
def test_a_body_that_does_not_fit_is_the_callers_error(reader: TestClient, body: bytes) -> None:
    response = reader.post("/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert error_of(response)["message"]


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_days_of_the_calendar_are_days(reader: TestClient, since: str) -> None:
    request = {"question": "What about the dam?", "filters": {"since": since, "until": "9999-12-31"}}
    assert reader.post("/ask", json=request).status_code == 200


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_beyond_the_limit_is_refused_in_our_words(reader: TestClient, declared: bool) -> None:
    body = b'{"question": "' + b"x" * 1_100_000 + b'"}'
    content = body if declared else iter([body[:500_000], body[500_000:]])
    response = reader.post("/ask", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert error_of(response)["code"] == "too_large"
