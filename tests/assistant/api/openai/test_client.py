"""The official client of the OpenAI protocol, against a service on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionChunk
from openai.types.responses import ResponseStreamEvent
from pydantic import TypeAdapter

from assistant.api.access import Access
from tests.assistant.conftest import TOKEN
from tests.assistant.processes import running_service
from tests.assistant.served import served
from tests.conftest import write_newsroom
from tests.llm_server import ModelServer, Reply
from tests.waiting import PATIENCE

QUESTION = "When did the ferry strike in Port Ellery end?"
UNKNOWN = "Who discovered penicillin?"
CRACK = "Who found the crack in the Aldermoss dam?"


def client_of(address: str, key: str = "none") -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{address.rstrip('/')}/v1", api_key=key, max_retries=0)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("openai")
    with served(folder / "archive", write_newsroom(folder / "newsroom")) as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with client_of(address) as opened:
        yield opened


def user(text: object) -> Any:
    return {"role": "user", "content": text}


def told(value: Any) -> dict[str, Any]:
    """The answer as POST /ask gives it, which comes along."""
    found: dict[str, Any] = value.model_extra["dateline"]
    return found


def require_marks(text: str, annotations: list[Any], address: str) -> None:
    """Each citation is a mark in the text, and its words are those of the article."""
    assert annotations
    for one in annotations:
        cited = one.get("url_citation", one)
        assert text[cited["start_index"] : cited["end_index"]] == f"[{cited['number']}]"
        article = httpx.get(f"{address}/articles/{cited['article_id']}").json()
        assert article["text"][cited["start"] : cited["end"]] == cited["text"]
        assert cited["url"].startswith("https://news.example/")


def test_the_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["dateline"]
    assert client.models.retrieve("dateline").owned_by == "dateline"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-5")


def test_a_chat_is_completed_with_citations(client: openai.OpenAI, address: str) -> None:
    done = client.chat.completions.create(model="dateline", messages=[user(QUESTION)])
    [choice] = done.choices
    text = choice.message.content or ""
    assert "ended on Friday" in text
    assert choice.finish_reason == "stop"
    require_marks(text, [one.model_dump() for one in choice.message.annotations or []], address)
    assert told(done)["statements"][0]["support"] == "supported"


def test_the_chunks_of_a_stream_come_to_the_same(client: openai.OpenAI, address: str) -> None:
    whole = client.chat.completions.create(model="dateline", messages=[user(QUESTION)]).choices[0].message
    options: Any = {"stream": True, "stream_options": {"include_usage": True}}
    chunks = list(client.chat.completions.create(model="dateline", messages=[user(QUESTION)], **options))
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    text = "".join(delta.content or "" for delta in deltas)
    [annotations] = [delta.model_extra["annotations"] for delta in deltas if delta.model_extra]
    assert text == whole.content
    assert annotations == [one.model_dump() for one in whole.annotations or []]
    require_marks(text, annotations, address)
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage


def test_a_refusal_is_an_answer_without_citations_streaming_and_not(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="dateline", messages=[user(UNKNOWN)])
    assert "I don't have that" in (done.choices[0].message.content or "")
    assert done.choices[0].message.annotations == []
    assert told(done)["outcome"] == "refused"
    chunks = client.chat.completions.create(model="dateline", messages=[user(UNKNOWN)], stream=True)
    extras = [chunk.choices[0].delta.model_extra for chunk in chunks]
    assert [extra for extra in extras if extra] == [{"annotations": []}]


@pytest.mark.parametrize("question", [QUESTION, UNKNOWN, "headlines", "hello"])
def test_a_strict_parser_accepts_every_frame(address: str, question: str) -> None:
    body = {"model": "dateline", "stream": True, "stream_options": {"include_usage": True}}
    frames = frames_of(f"{address}/v1/chat/completions", {**body, "messages": [user(question)]})
    assert frames[-1] == ("", "[DONE]")
    for name, data in frames[:-1]:
        assert name == ""
        TypeAdapter(ChatCompletionChunk).validate_json(data)

    events = frames_of(f"{address}/v1/responses", {"model": "dateline", "stream": True, "input": question})
    kind = TypeAdapter[Any](ResponseStreamEvent)
    parsed = [kind.validate_json(data) for _, data in events]
    assert [name for name, _ in events] == [event.type for event in parsed]
    assert [event.sequence_number for event in parsed] == list(range(len(parsed)))
    assert parsed[-1].type == "response.completed"
    text = "".join(event.delta for event in parsed if event.type == "response.output_text.delta")
    assert text == parsed[-1].response.output_text


def frames_of(url: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    """The frames of a stream: an event's name if it has one, and one line of data."""
    reply = httpx.post(url, json=body, timeout=PATIENCE)
    assert reply.headers["content-type"].partition(";")[0] == "text/event-stream"
    *blocks, rest = reply.text.split("\n\n")
    assert rest == ""
    found = []
    for block in blocks:
        fields = [line.split(": ", 1) for line in block.split("\n")]
        assert [name for name, _ in fields] in (["data"], ["event", "data"])
        found.append((fields[0][1] if len(fields) == 2 else "", fields[-1][1]))
    return found


def test_earlier_turns_are_understood_and_nothing_is_stored_unasked(client: openai.OpenAI, address: str) -> None:
    said: Any = [
        {"role": "system", "content": "Be brief."},
        user(QUESTION),
        {"role": "assistant", "content": "The ferry strike in Port Ellery ended on Friday. [1]"},
        user([{"type": "text", "text": "And what did they accept?"}]),
    ]
    answer = told(client.chat.completions.create(model="dateline", messages=said))
    assert "Ellery" in answer["standalone"]
    assert httpx.get(f"{address}/conversations/{answer['conversation_id']}").status_code == 404


def test_a_chat_that_is_to_be_stored_is_stored_once(client: openai.OpenAI, address: str) -> None:
    keep: Any = {"store": True, "metadata": {"conversation_id": "kept"}}
    first = client.chat.completions.create(model="dateline", messages=[user(QUESTION)], **keep)
    said: Any = {"role": "assistant", "content": first.choices[0].message.content}
    client.chat.completions.create(model="dateline", messages=[user(QUESTION), said, user(CRACK)], **keep)
    turns = httpx.get(f"{address}/conversations/kept").json()["turns"]
    assert [turn["question"] for turn in turns] == [QUESTION, CRACK]


def test_a_response_cites_and_is_followed(client: openai.OpenAI, address: str) -> None:
    first = client.responses.create(model="dateline", input=QUESTION, instructions="Be brief.")
    [message] = first.model_dump()["output"]
    require_marks(first.output_text, message["content"][0]["annotations"], address)
    follow: Any = {"model": "dateline", "input": "And what did they accept?"}
    then = client.responses.create(**follow, previous_response_id=first.id)
    assert "Ellery" in told(then)["standalone"]
    assert then.previous_response_id == first.id
    alone = client.responses.create(model="dateline", input=QUESTION, store=False)
    with pytest.raises(openai.NotFoundError, match="no such response"):
        client.responses.create(**follow, previous_response_id=alone.id)
    with client.responses.stream(model="dateline", input=QUESTION, store=False) as stream:
        deltas = [event.delta for event in stream if event.type == "response.output_text.delta"]
        assert stream.get_final_response().output_text == "".join(deltas) == first.output_text


def test_the_options_of_dateline_go_along(client: openai.OpenAI) -> None:
    options = {"dateline": {"filters": {"outlets": ["Valley Gazette"]}}}
    done = client.chat.completions.create(model="dateline", messages=[user(QUESTION)], extra_body=options)
    assert told(done)["filters"]["outlets"] == ["Valley Gazette"]


PICTURE = [{"type": "image_url", "image_url": {"url": "https://x.example/a.png"}}]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "x"}]}, "no message of the role user"),
        ({"messages": [user(" ")]}, "the question is empty"),
        ({"messages": [user("why " * 600)]}, "question"),
        ({"messages": [user(PICTURE)]}, "images"),
        ({"messages": [user(QUESTION)], "n": 2}, "n: "),
        ({"messages": [user(QUESTION)], "response_format": {"type": "json_object"}}, "response_format"),
        ({"messages": [user(QUESTION)], "extra_body": {"dateline": {"top_k": 900}}}, "top_k"),
    ],
)
def test_a_bad_request_is_refused_in_the_form_of_the_protocol(
    client: openai.OpenAI, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(openai.BadRequestError, match=says) as refused:
        client.chat.completions.create(model="dateline", **given)
    assert refused.value.type == "invalid_request_error"
    assert refused.value.code


def test_an_unknown_model_and_a_wrong_key_are_refused(client: openai.OpenAI, tmp_path: Path, newsroom: Path) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        client.chat.completions.create(model="gpt-5", messages=[user(QUESTION)], stream=True)
    assert refused.value.code == "model_not_found"
    with served(tmp_path / "archive", newsroom, Access("192.0.2.1", TOKEN, chosen=True)) as address:
        with client_of(address, "wrong") as stranger, pytest.raises(openai.AuthenticationError):
            stranger.responses.create(model="dateline", input=QUESTION)
        with client_of(address, TOKEN) as friend:
            assert friend.responses.create(model="dateline", input=QUESTION).output_text


@pytest.fixture(scope="module")
def failing(ingested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ModelServer, openai.OpenAI]]:
    """A client of a service that asks a chat model, and that model."""
    folder = shutil.copytree(ingested, tmp_path_factory.mktemp("failing") / "archive")
    with ModelServer(Reply(status=500)) as upstream:
        model = {"DATELINE_MODEL": "openai:scripted", "DATELINE_MODEL_BASE_URL": upstream.url}
        env = {**os.environ, **model, "DATELINE_MODEL_API_KEY": "sk-test"}
        with running_service(folder, env=env) as (_, http), client_of(str(http.base_url)) as client:
            yield upstream, client


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(pieces=("The strike",), cut=True)], ids=["500", "cut"])
def test_where_the_chat_model_fails_the_text_says_so(
    failing: tuple[ModelServer, openai.OpenAI], reply: Reply
) -> None:
    upstream, client = failing
    upstream.script[0] = reply
    done = client.chat.completions.create(model="dateline", messages=[user(QUESTION)])
    chunks = client.chat.completions.create(model="dateline", messages=[user(QUESTION)], stream=True)
    streamed = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    text = done.choices[0].message.content or ""
    assert told(done)["notice"] in text
    assert "The chat model did not answer" in text
    assert "ended on Friday" in text
    assert "The chat model did not answer" in streamed
