"""The official client, as a program of its own, does with a real archive what an agent would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.service.owner import service_note
from ingest.archive.lock import read_owner
from tests.assistant.processes import COMMAND, dateline, running_service, start
from tests.conftest import write_newsroom
from tests.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).parent / "client.py"
# An interpreter with another major version of the SDK, to try that too.
OTHER = os.environ.get("MCP_OTHER_PYTHON", "")
_other = pytest.mark.skipif(not OTHER, reason="MCP_OTHER_PYTHON is not set")
_thorough = pytest.mark.thorough
CLIENTS = [
    pytest.param("stdio", sys.executable, False, id="stdio with a handshake"),
    pytest.param("stdio", sys.executable, True, id="stdio 2026-07-28", marks=_thorough),
    pytest.param("stdio", OTHER, False, id="stdio another major", marks=_other),
    pytest.param("http", sys.executable, False, id="http with a handshake", marks=_thorough),
    pytest.param("http", sys.executable, True, id="http 2026-07-28"),
    pytest.param("http", OTHER, False, id="http another major", marks=_other),
]
BUS = {"title": "Night bus", "text": "A night bus will run to Cobb Mills from December on.", "outlet": "My paper"}
QUESTION = "When did the ferry strike in Port Ellery end?"
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"question": QUESTION, "conversation_id": "strike"}),
    ("ask", {"question": "What did the union accept?", "conversation_id": "strike", "outlets": ["Harbour Post"]}),
    ("ask", {"question": "Who discovered penicillin?"}),
    ("search", {"query": "crack in the dam", "limit": 2, "order": "newest"}),
    ("list_articles", {"text": "dam"}),
    ("ingest", {"articles": [BUS]}),
    ("feeds", {}),
]


def session(python: str, order: dict[str, Any]) -> dict[str, Any]:
    command = [python, str(PROGRAM), json.dumps(order)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def require_fit(found: dict[str, Any], calls: list[tuple[str, dict[str, Any]]]) -> None:
    """Every result is one that its tool has promised."""
    promised = {tool["name"]: tool["outputSchema"] for tool in found["tools"]}
    for (name, _), result in zip(calls, found["results"], strict=True):
        assert not result.get("isError"), (name, result["content"])
        jsonschema.Draft202012Validator(promised[name]).validate(result["structuredContent"])


def cited(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for said in result["structuredContent"]["sentences"] for one in said["citations"]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp")
    data = folder / "archive"
    assert dateline(data, "ingest", write_newsroom(folder / "newsroom")).returncode == 0
    return data


@pytest.fixture(scope="module")
def served(archive: Path) -> Iterator[dict[str, Any]]:
    """Where a running service is, and what a client sends that may do everything."""
    with running_service(archive, env={**os.environ, "DATELINE_MCP_WRITE": "true"}) as (_process, http):
        yield {"url": str(http.base_url.join("/mcp")), "headers": {"Authorization": http.headers["authorization"]}}


def stdio(data: Path, *options: str) -> dict[str, Any]:
    return {"command": [*COMMAND, "--data", str(data), "mcp", *options]}


@pytest.mark.parametrize(("way", "python", "modern"), CLIENTS)
def test_every_tool_gives_what_it_promises_and_cites_exact_words(
    way: str, python: str, modern: bool, archive: Path, served: dict[str, Any]
) -> None:
    order = {**(served if way == "http" else stdio(archive, "--write")), "modern": modern}
    found = session(python, {**order, "calls": CALLS})
    require_fit(found, CALLS)
    asked, then, unknown = found["results"][:3]
    assert asked["structuredContent"]["sentences"][0]["verdict"] == "supported"
    assert "ended on Friday" in asked["structuredContent"]["text"]
    assert then["structuredContent"]["filters"]["outlets"] == ["Harbour Post"]
    assert unknown["structuredContent"]["refused"]["reason"]
    assert f"searching: {QUESTION}" in found["told"]

    reading = [
        ("read_article", {"article_id": one["article_id"], "version": one["version"]})
        for result in (asked, then)
        for one in cited(result)
    ]
    uris = [f"dateline://articles/{cited(asked)[0]['article_id']}", "dateline://conversations/strike"]
    opened = session(python, {**order, "calls": reading, "read": [*uris, "dateline://archive"]})
    require_fit(opened, reading)
    citations = [*cited(asked), *cited(then)]
    assert citations
    for one, result in zip(citations, opened["results"], strict=True):
        assert result["structuredContent"]["article"]["text"][one["start"] : one["end"]] == one["text"]
    assert "Ferry strike ends in Port Ellery" in opened["read"][0]
    assert QUESTION in opened["read"][1]
    assert "articles from" in opened["read"][2]


def test_a_server_that_only_reads_says_how_to_write(archive: Path) -> None:
    found = session(sys.executable, {**stdio(archive), "calls": [("ingest", {"articles": [BUS]})]})
    assert {tool["name"] for tool in found["tools"]} == {"ask", "search", "read_article", "list_articles", "feeds"}
    assert all(tool["annotations"]["readOnlyHint"] for tool in found["tools"])
    assert "--write" in str(found["results"][0])


def test_over_http_a_tool_that_writes_needs_the_token(served: dict[str, Any]) -> None:
    calls = [("ingest", {"articles": [BUS]}), ("feeds", {}), ("ask", {"question": QUESTION})]
    found = session(sys.executable, {"url": served["url"], "calls": calls})
    assert [result.get("isError", False) for result in found["results"]] == [True, True, False]
    assert "token" in found["results"][0]["content"][0]["text"]


def test_a_service_that_was_started_for_an_agent_ends_with_it(newsroom_archive: Path) -> None:
    agent = start(newsroom_archive, "mcp", stdin=subprocess.PIPE)
    wait_for(lambda: service_note(newsroom_archive))
    agent.send_signal(signal.SIGTERM)  # while its standard input is still open
    assert agent.wait(PATIENCE) == 0
    assert service_note(newsroom_archive) is None
    agent.communicate()


def test_a_service_that_is_replaced_is_found_again(newsroom_archive: Path) -> None:
    agent = start(newsroom_archive, "mcp", stdin=subprocess.PIPE)
    assert agent.stdin
    assert agent.stdout
    try:
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        assert call(agent, 1, "initialize", hello)["serverInfo"]["name"] == "dateline"
        agent.stdin.write('{"jsonrpc": "2.0", "method": "notifications/initialized"}\n')
        listing = {"name": "list_articles", "arguments": {}}
        assert call(agent, 2, "tools/call", listing)["structuredContent"]["total"] == 3
        before = wait_for(lambda: service_note(newsroom_archive)).pid
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: (found := read_owner(newsroom_archive)) and found.pid != before)
        assert call(agent, 3, "tools/call", listing)["structuredContent"]["total"] == 3
    finally:
        agent.stdin.close()
        assert agent.wait(PATIENCE) == 0
        agent.stdout.close()
        assert agent.stderr
        agent.stderr.close()


def call(agent: subprocess.Popen[str], number: int, method: str, params: dict[str, Any]) -> dict[str, Any]:
    assert agent.stdin
    assert agent.stdout
    agent.stdin.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}) + "\n")
    agent.stdin.flush()
    while True:
        message = json.loads(agent.stdout.readline())
        if message.get("id") == number:
            result: dict[str, Any] = message["result"]
            return result


def test_nothing_loads_the_protocol_before_it_is_spoken() -> None:
    code = "import sys, assistant, assistant.api.app, assistant.cli.main; print('mcp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
