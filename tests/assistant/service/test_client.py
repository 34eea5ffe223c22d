"""The service's API as typed calls."""

from __future__ import annotations

import json

import httpx
import pytest

from assistant.service.client import Client
from assistant.service.errors import DatelineError
from assistant.service.wire import MAX_EVENT
from assistant.types import AskRequest, Done, Stated
from tests.tui.service import FakeService, answered, sse


def answering(response: httpx.Response) -> Client:
    transport = httpx.MockTransport(lambda _: response)
    return Client(httpx.AsyncClient(transport=transport, base_url="http://service.test"))


async def test_an_answer_comes_as_typed_events() -> None:
    client = Client(FakeService().http())
    events = [event async for event in client.events(AskRequest(question="Is the harbour open?"))]
    assert [event.event for event in events] == ["understood", "sources", "statement", "statement", "done"]
    assert isinstance(events[2], Stated)
    assert isinstance(events[-1], Done)


async def test_a_question_that_leaves_something_open_is_asked_as_the_client_asks() -> None:
    bodies: list[dict[str, object]] = []

    def keep(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return httpx.Response(503)

    transport = httpx.MockTransport(keep)
    client = Client(httpx.AsyncClient(transport=transport, base_url="http://service.test"), {"policy": "strict"})
    for request in (AskRequest(question="?", top_k=3), AskRequest(question="?", policy="mark")):
        with pytest.raises(DatelineError):
            await client.ask(request)
    assert [(body["policy"], body.get("top_k")) for body in bodies] == [("strict", 3), ("mark", None)]


async def test_what_follows_the_end_of_an_answer_is_not_read() -> None:
    body = b"".join(sse(event) for event in [*answered(), *answered()])
    client = answering(httpx.Response(200, content=body))
    assert len([event async for event in client.events(AskRequest(question="?"))]) == 5


async def test_the_services_error_is_passed_on_with_its_hint() -> None:
    error = {"error": {"code": "busy", "message": "Too busy.", "hint": "Wait.", "request_id": "r"}}
    client = answering(httpx.Response(429, json=error))
    with pytest.raises(DatelineError) as caught:
        [event async for event in client.events(AskRequest(question="?"))]
    assert (caught.value.message, caught.value.hint, caught.value.code) == ("Too busy.", "Wait.", "busy")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "x"}', b'{"error": null}'])
async def test_an_error_without_words_says_its_status(body: bytes) -> None:
    with pytest.raises(DatelineError, match="502"):
        await answering(httpx.Response(502, content=body)).articles()


@pytest.mark.parametrize("body", [b"{}", b"nonsense", b'{"ready": true, "step": "", "version": "1", "new": 1}'])
async def test_a_ready_page_of_another_shape_is_an_error(body: bytes) -> None:
    with pytest.raises(DatelineError):
        await answering(httpx.Response(200, content=body)).readiness()


async def test_nonsense_in_a_stream_is_an_error() -> None:
    client = answering(httpx.Response(200, content=b'data: {"event": "dance"}\n\n'))
    with pytest.raises(DatelineError, match="cannot be read"):
        [event async for event in client.events(AskRequest(question="?"))]


async def test_an_article_id_cannot_leave_its_place_in_the_path() -> None:
    seen: list[bytes] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(204)

    client = Client(httpx.AsyncClient(transport=httpx.MockTransport(note), base_url="http://service.test"))
    await client.remove("../reindex?x")
    assert seen == [b"/articles/..%2Freindex%3Fx"]


async def test_an_event_without_end_is_given_up() -> None:
    client = answering(httpx.Response(200, content=b"data: " + b"x" * MAX_EVENT))
    with pytest.raises(DatelineError, match="cannot be read"):
        [event async for event in client.events(AskRequest(question="?"))]


async def test_the_name_of_a_conversation_leads_nowhere_else() -> None:
    paths: list[bytes] = []

    def keep(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(204)

    transport = httpx.MockTransport(keep)
    client = Client(httpx.AsyncClient(transport=transport, base_url="http://service.test"))
    await client.delete_conversation("../articles/ferry?x")
    assert paths == [b"/conversations/..%2Farticles%2Fferry%3Fx"]
