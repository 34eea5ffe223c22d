"""A canary stands in every secret: no log, response, page, dump, list of processes or archive shows it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.assistant.processes import dateline, running_service
from tests.conftest import write_newsroom
from tests.llm_server import ModelServer, Reply
from tests.waiting import PATIENCE

pytestmark = pytest.mark.slow

TOKEN, MODEL_KEY, WRONG = "canary-token-5d1f0a88", "canary-model-77b2e9c4", "canary-guess-0b94fe13"
QUESTION = "canary-question-e6a1"


def processes() -> str:
    """What a list of processes shows to every user of the machine."""
    lines = [Path(f"/proc/{pid}/cmdline") for pid in os.listdir("/proc") if pid.isdigit()]
    found = []
    for file in lines:
        try:
            found.append(file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return "\n".join(found)


def environment(provider: str, **more: str) -> dict[str, str]:
    settings = {
        "DATELINE_TOKEN": TOKEN, "DATELINE_MODEL_API_KEY": MODEL_KEY, "DATELINE_MODEL": "openai:scripted",
        "DATELINE_MODEL_BASE_URL": provider,
    }  # fmt: skip
    return {**os.environ, **settings, **more}


def every_page(client: httpx.Client) -> list[httpx.Response]:
    """What every route answers to a reader, with a right key, a wrong one and none."""
    described = client.get("/openapi.json").json()["paths"]
    paths = [re.sub(r"\{.*?\}", "x", path) for path, item in described.items() if "get" in item]
    asked = []
    for path in [*paths, "/", "/docs", "/openapi.json", "/nowhere"]:
        asked += [client.get(path), client.get(path, headers={"Authorization": f"Bearer {WRONG}"})]
        asked += [client.get(path, headers={"Authorization": "", "X-Api-Key": WRONG}, params={"token": WRONG})]
    return asked


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the processes in /proc")
def test_no_secret_is_shown_anywhere(tmp_path: Path) -> None:
    data, newsroom = tmp_path / "archive", write_newsroom(tmp_path / "newsroom")
    # As a provider does that repeats the key it refuses.
    said = {"message": f"Incorrect API key provided: {MODEL_KEY}", "code": "invalid_api_key"}
    log = tmp_path / "log"
    with ModelServer(Reply(status=401, body=json.dumps({"error": said}))) as model, log.open("w") as errors:
        env = environment(model.url, DATELINE_LOG="json")
        with running_service(data, env=env, stdout=errors, stderr=errors) as (process, client):
            assert client.post("/sources", json={"sources": [str(newsroom)]}).status_code == 200
            made = client.post("/keys", json={"name": "laptop", "scope": "write"}).json()
            answers = [client.post("/ask", json={"question": f"What of {QUESTION} and the ferry strike?"})]
            answers += [client.post("/ask/stream", json={"question": "When did the ferry strike end?"})]
            answers += [client.post("/ask", json={"question": {MODEL_KEY: WRONG}})]
            answers += every_page(client)
            held = client.get("/feeds", headers={"Authorization": f"Bearer {made['secret']}"})
            listed = processes()
            used = [dateline(data, "config", env=env), dateline(data, "config", "--json", env=env)]
            used += [
                dateline(data, "keys", "list", "--all", "--json", env=env),
                dateline(data, "ask", "Who?", env=env),
            ]
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        logged = log.read_text()
    assert f"Bearer {MODEL_KEY}" in model.requests[0].headers.values()
    assert held.status_code == 200
    shown = {
        "a response": "\n".join(f"{one.headers}{one.text}" for one in [*answers, held]),
        "the log": logged,
        "a list of processes": listed,
        "a command": "".join(one.stdout + one.stderr for one in used),
    }
    for place, text in shown.items():
        for secret in (TOKEN, MODEL_KEY, WRONG, made["secret"]):
            assert secret not in text, place
    assert QUESTION not in logged
    kept = {file: file.read_bytes() for file in data.rglob("*") if file.is_file()}
    for secret in (MODEL_KEY, WRONG, made["secret"].split("_", 2)[2]):
        assert [file for file, content in kept.items() if secret.encode() in content] == []


def test_the_token_that_the_commands_use_is_readable_for_this_user_alone(tmp_path: Path) -> None:
    data = tmp_path / "archive"
    with running_service(data, env=environment("http://127.0.0.1:1/v1")):
        holding = [file for file in data.rglob("*") if file.is_file() and TOKEN.encode() in file.read_bytes()]
        assert [file.name for file in holding] == ["owner.json"]
        assert holding[0].stat().st_mode & 0o077 == 0


def test_a_secret_from_a_file_reaches_no_command_line(tmp_path: Path) -> None:
    (tmp_path / "dateline_token").write_text(TOKEN)
    env = {**os.environ, "DATELINE_SECRETS": str(tmp_path)}
    with running_service(tmp_path / "archive", env=env) as (_, client):
        assert client.headers["authorization"] == f"Bearer {TOKEN}"
        assert client.get("/doctor").status_code == 200
        assert httpx.get(f"{client.base_url}/doctor").status_code == 401
        environments = subprocess.run(["ps", "axe"], capture_output=True, text=True, check=False).stdout
        assert TOKEN not in processes() + environments
