"""A real, small chat model from end to end: twenty questions about the bundled newsroom, to a service over HTTP.

`make test-model` runs this. It prints what was asked and answered, for a person to judge what no code can: whether
a sentence that is shown as supported is true.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.cli.demo import NEWSROOM
from assistant.compose.model import load_model
from assistant.compose.reply import pieces
from assistant.errors import ProviderTimeout
from assistant.settings import Settings
from tests.assistant.processes import COMMAND, running_service
from tests.waiting import wait_for

PACKAGES = os.environ.get("TEST_CHAT_MODEL", "")
pytestmark = pytest.mark.skipif(not PACKAGES, reason="asks a real chat model: make test-model")

QUESTIONS = Path(__file__).with_name("questions.jsonl")
DEADLINE, GRACE = 60.0, 15.0  # seconds for an answer, and for all that is not the model's
LEAST_RIGHT = 3  # of the questions that get a right and supported sentence of the model itself
ENDLESS = "Count from 1 to 2000 in words. Write every number on a line of its own."
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")
_QUOTATION = re.compile(r"[“\"]([^”\"]+)[”\"]")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of the model's server."""
    paths = os.pathsep.join((str(Path(PACKAGES).resolve()), *filter(None, sys.path)))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.chat_model.server"],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    yield process.stdout.readline().strip()
    process.kill()
    process.communicate()


@pytest.fixture(scope="module")
def asked(provider: str, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Each question with the events of its answer and the seconds that it took."""
    data = tmp_path_factory.mktemp("newsroom") / "archive"
    subprocess.run([*COMMAND, "--data", data, "ingest", NEWSROOM], check=True, capture_output=True)
    # As somebody would set it who has started a server on this machine.
    model = {
        "MODEL": "openai:smollm2",
        "MODEL_BASE_URL": provider,
        "MODEL_PROMPT": "small",
        "MODEL_DEADLINE": DEADLINE,
    }
    env = os.environ | {f"DATELINE_{name}": str(value) for name, value in model.items()}
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with running_service(data, env=env) as (_, client):
        client.timeout = httpx.Timeout(DEADLINE + GRACE)
        conversation = None
        for row in rows:
            began = time.monotonic()
            row["events"] = list(_events(client, row["question"], conversation if row.get("follows") else None))
            row["seconds"] = time.monotonic() - began
            row["answer"] = row["events"][-1].get("answer")
            conversation = row["answer"]["conversation_id"] if row["answer"] else None
        _left_alone(client, provider)
    _print(rows)
    return rows


def _events(client: httpx.Client, question: str, conversation: str | None) -> Iterator[dict[str, Any]]:
    body = {"question": question, "conversation_id": conversation}
    with client.stream("POST", "/ask/stream", json=body) as response:
        for line in response.iter_lines():
            if line.startswith("data:"):
                yield json.loads(line[5:])


def _left_alone(client: httpx.Client, provider: str) -> None:
    """Who leaves while the model writes ends its writing, whether the answer was to stream or not."""
    question = {"question": "What is said about the Aldermoss Dam?"}
    with client.stream("POST", "/ask/stream", json=question):
        wait_for(lambda: _writing(provider))
    wait_for(lambda: not _writing(provider))
    with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as http:
        body = json.dumps(question)
        head = f"POST /ask HTTP/1.1\r\nHost: {client.base_url.netloc.decode()}\r\nContent-Type: application/json"
        http.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
        wait_for(lambda: _writing(provider))
    wait_for(lambda: not _writing(provider))


def _writing(provider: str) -> bool:
    [slot] = httpx.get(f"{provider}/slots", trust_env=False, timeout=30).json()
    return bool(slot["is_processing"])


def _print(rows: list[dict[str, Any]]) -> None:
    print(f"\n{len(rows)} questions; right, by whom, seconds:")
    for row in rows:
        answer = row["answer"] or {"model": "nobody", "statements": [], "notice": row["events"][-1]}
        mark = "+" if _right(row) else "-"
        print(f"{mark} {answer['model']:15} {row['seconds']:5.1f} s  {row['question']}  {answer['notice']}")
        for one in answer["statements"]:
            print(f"      {one['support']:11} {one['text']}")


def _right(row: dict[str, Any]) -> bool:
    """Whether the model wrote a supported sentence with an accepted answer."""
    answer = row["answer"]
    if not answer or answer["model"] == "extractive":
        return False
    said = " ".join(one["text"] for one in answer["statements"] if one["support"] == "supported").casefold()
    return any(words.casefold() in said for words in row["answers"])


def test_every_answer_ends_once_and_in_time(asked: list[dict[str, Any]]) -> None:
    for row in asked:
        ends = [event for event in row["events"] if event["event"] in ("done", "error")]
        assert ends == row["events"][-1:], row["question"]
        assert row["seconds"] < DEADLINE + GRACE, row["question"]


def test_every_question_is_answered(asked: list[dict[str, Any]]) -> None:
    assert [row["question"] for row in asked if not row["answer"] or not row["answer"]["statements"]] == []


def test_a_follow_up_is_understood(asked: list[dict[str, Any]]) -> None:
    follow_ups = [row for row in asked if row.get("follows")]
    assert follow_ups
    assert all(row["answer"]["standalone"] != row["question"] for row in follow_ups)


def test_what_is_shown_has_passed_its_checks_or_is_marked(asked: list[dict[str, Any]]) -> None:
    for answer, one in _statements(asked):
        cited = set(one["citations"])
        assert cited <= {citation["number"] for citation in answer["citations"]}
        assert cited or one["support"] == "unsupported"
        assert one["reason"] or one["support"] == "supported"


def test_what_a_supported_sentence_names_stands_in_what_it_cites(asked: list[dict[str, Any]]) -> None:
    """Numbers, names and quotations: the part of "supported" that code can tell for itself."""
    for answer, one in _statements(asked):
        if one["support"] == "supported":
            citations = [citation for citation in answer["citations"] if citation["number"] in one["citations"]]
            told = " ".join(f"{c['text']} {c['title']} {c['outlet']}" for c in citations)
            for named in (
                *_NUMBER.findall(one["text"]),
                *_NAME.findall(one["text"]),
                *_QUOTATION.findall(one["text"]),
            ):
                assert named.casefold() in told.casefold(), one["text"]


def test_the_model_itself_gives_right_answers(asked: list[dict[str, Any]]) -> None:
    assert sum(map(_right, asked)) >= LEAST_RIGHT


def _statements(asked: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for row in asked:
        if row["answer"]:
            yield from ((row["answer"], one) for one in row["answer"]["statements"])


async def test_the_deadline_ends_an_answer_and_the_writing(provider: str) -> None:
    began = time.monotonic()
    with pytest.raises(ProviderTimeout):
        await _read(provider, most=10_000, seconds=4.0)
    assert time.monotonic() - began < 4.0 + GRACE
    await asyncio.to_thread(wait_for, lambda: not _writing(provider))


async def test_a_reader_who_leaves_ends_the_writing(provider: str) -> None:
    assert len(await _read(provider, most=5, seconds=DEADLINE)) == 5
    await asyncio.to_thread(wait_for, lambda: not _writing(provider))


async def _read(provider: str, *, most: int, seconds: float) -> list[str]:
    """So many pieces of a reply that would go on for minutes."""
    from langchain_core.messages import HumanMessage

    model = load_model(Settings(model="openai:smollm2", model_base_url=provider, model_deadline=DEADLINE))
    until = asyncio.get_running_loop().time() + seconds
    reply = pieces(model, [HumanMessage(ENDLESS)], until)
    read: list[str] = []
    async for piece in reply:
        read += [piece] if piece else []
        if len(read) == most:
            break
    await reply.aclose()
    return read
