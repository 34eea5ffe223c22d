"""What the service counts and logs, and what it leaves out."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from assistant.api.observing import log
from tests.assistant.conftest import LOCAL_URL, WITH_TOKEN, an_app, wait_until_ready

CANARY = "canary-91d0ce"


@pytest.fixture
def _logs_as_before() -> Iterator[None]:
    root, level = logging.getLogger(), log.requests.level
    handlers, root_level = list(root.handlers), root.level
    yield
    root.handlers = handlers
    root.setLevel(root_level)
    log.requests.setLevel(level)


def samples(client: TestClient) -> dict[tuple[str, tuple[str, ...]], float]:
    """The value of each sample by its name and labels."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(response.text)
    return {(one.name, tuple(one.labels.values())): one.value for family in families for one in family.samples}


def test_requests_answers_pages_and_the_archive_are_counted(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": "When did the ferry strike in Port Ellery end?"}).json()
    client.post("/ask/stream", json={"question": "What is the moon made of?"})
    client.get("/articles/nothing-here")
    client.request("BREW", "/coffee")
    client.post(
        "/articles", json={"title": "Bus", "text": "A night bus will run from December on.", "outlet": "Tide"}
    )
    found = samples(client)
    assert found["dateline_http_requests_total", ("POST", "/ask", "200")] == 1
    assert found["dateline_http_requests_total", ("GET", "/articles/{article_id}", "404")] == 1
    assert found["dateline_http_requests_total", ("OTHER", "none", "404")] == 1
    assert found["dateline_http_request_seconds_count", ("POST", "/ask/stream")] == 1
    assert found["dateline_answers_total", ("extractive", answer["outcome"])] == 1
    assert sum(value for (name, _), value in found.items() if name == "dateline_answers_total") == 2
    assert found["dateline_answer_seconds_count", ()] == 2
    assert found["dateline_pages_total", ("added",)] >= 1
    assert found["dateline_articles", ()] == 4
    assert found["dateline_ready", ()] == 1
    assert found["dateline_http_requests_running", ()] == 1
    assert "process_cpu_seconds_total" in {name for name, _ in found}


def test_labels_hold_nothing_that_was_asked(client: TestClient) -> None:
    client.get("/search", params={"q": CANARY})
    client.get(f"/articles/{CANARY}")
    client.get(f"/{CANARY}")
    client.get("/articles", headers={"Authorization": f"Bearer {CANARY}"})
    client.post("/ask", json={"question": f"What is {CANARY}?", "conversation_id": CANARY})
    assert CANARY not in client.get("/metrics").text


@pytest.mark.usefixtures("_logs_as_before")
@pytest.mark.parametrize("debug", [False, True])
def test_the_log_tells_of_each_request_and_not_what_it_says(
    tmp_path: Path, newsroom: Path, capsys: pytest.CaptureFixture[str], debug: bool
) -> None:
    log.configure("json", debug=debug)
    with TestClient(an_app(tmp_path / "archive", newsroom), base_url=LOCAL_URL) as client:
        wait_until_ready(client)
        client.get("/search", params={"q": CANARY}, headers={"X-Request-ID": "mine-1"})
        client.post("/ask", json={"question": f"What is {CANARY}?"})
        client.post("/sources", json={"sources": ["/"]}, headers={"Authorization": f"Bearer {CANARY}"})
        client.post("/ask", json={"question": {"text": CANARY}})
        client.get("/doctor", headers=WITH_TOKEN)
    lines = capsys.readouterr().err.splitlines()
    entries = [json.loads(line) for line in lines]
    searched = next(one for one in entries if one.get("request_id") == "mine-1")
    assert searched["route"] == "/search"
    assert (searched["method"], searched["status"], searched["level"]) == ("GET", 200, "info")
    assert searched["ms"] > 0
    assert [one["caller"] for one in entries if one.get("route") == "/doctor"] == ["token"]
    assert any(one["message"].startswith("a wrong key from") and one["request_id"] for one in entries)
    assert CANARY not in "".join(lines)
    assert WITH_TOKEN["Authorization"].split()[1] not in "".join(lines)


@pytest.mark.usefixtures("_logs_as_before")
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_unexpected_error_is_logged_with_its_place_and_without_its_words(
    capsys: pytest.CaptureFixture[str], form: log.Form
) -> None:
    def fail() -> None:
        try:
            raise KeyError(CANARY)
        except KeyError as exc:
            raise ValueError(f"cannot read {CANARY}") from exc

    for debug in (False, True):
        log.configure(form, debug=debug)
        log.request_id.set("id-7")
        try:
            fail()
        except ValueError:
            logging.getLogger("dateline").exception("answering failed")
        told = capsys.readouterr().err
        assert "answering failed" in told
        assert "id-7" in told
        assert re.search(r"ValueError.*test_observing\.py.*fail.*KeyError", told, re.DOTALL) or debug
        assert (CANARY in told) is debug


@pytest.mark.usefixtures("_logs_as_before")
def test_a_log_of_text_is_quiet_about_requests_unless_it_is_for_debugging(capsys: pytest.CaptureFixture[str]) -> None:
    for debug, lines in ((False, 0), (True, 1)):
        log.configure("text", debug=debug)
        log.requests.info("request", extra={"of": {"method": "GET", "status": 200}})
        said = capsys.readouterr().err.splitlines()
        assert len(said) == lines
    assert said[0].startswith("INFO request ")
    assert said[0].endswith("method=GET status=200")
