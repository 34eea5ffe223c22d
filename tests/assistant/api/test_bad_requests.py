"""Requests that cannot be meant: the same answer on the command line and over HTTP, and nothing done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.cli.run import run
from tests.assistant.conftest import WITH_TOKEN


@pytest.mark.parametrize(
    "filters",
    [
        {"outlets": ["\ud800"]},
        {"outlets": [""]},
        {"outlets": ["x" * 201]},
        {"outlets": ["Tide"] * 101},
        {"since": 86400},
        {"since": "86400"},
        {"since": "2026-11-02", "until": "2026-11-01"},
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(reader: TestClient, filters: object) -> None:
    body = json.dumps({"question": "Who won?", "filters": filters})
    for path in ("/ask", "/ask/stream"):
        response = reader.post(path, content=body, headers={"Content-Type": "application/json"})
        assert response.status_code == 422
        assert response.json()["error"]["code"]


@pytest.mark.parametrize(
    "params", [{"since": "86400"}, {"since": "2026-11-02", "until": "2026-11-01"}, {"outlet": ""}]
)
def test_a_search_with_such_a_filter_is_refused(reader: TestClient, params: dict[str, str]) -> None:
    assert reader.get("/search", params={"q": "ferry", **params}).status_code == 422


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/ask", '{"qestion": "Who?"}', "question: it is missing; qestion: there is no such field"),
        ("/ask", "Who?", "this is not JSON"),
        ("/sources", '{"sources": ["news.md"]}', "sources.0: a source is an absolute path or a link"),
        ("/jobs", "{}", "'does' is missing"),
        ("/jobs", '{"does": "dance"}', "'does' is not one of 'ingest', 'reindex', 'retry', 'feeds'"),
    ],
)
def test_a_request_that_does_not_fit_is_told_what_is_wrong_with_it(
    reader: TestClient, path: str, body: str, told: str
) -> None:
    response = reader.post(path, content=body, headers={"Content-Type": "application/json", **WITH_TOKEN})
    assert (response.status_code, response.json()["error"]["message"]) == (422, told)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_form_of_another_site_is_no_question(reader: TestClient, kind: str) -> None:
    response = reader.post("/ask", content=b'{"question": "Who won?"}', headers={"Content-Type": kind})
    assert (response.status_code, response.json()["error"]["code"]) == (415, "media_type")


@pytest.mark.parametrize("source", ["", " ", "news/today.md"])
def test_a_source_without_its_place_is_refused_over_http(reader: TestClient, source: str) -> None:
    response = reader.post("/sources", json={"sources": [source]}, headers=WITH_TOKEN)
    assert response.status_code == 422


def test_a_time_of_capture_is_written_out(reader: TestClient) -> None:
    response = reader.post("/articles", params={"captured_at": "2026"}, content=b"A text.", headers=WITH_TOKEN)
    assert response.status_code == 422


@pytest.mark.parametrize(
    "arguments",
    [
        ["ingest", ""],
        ["search", " "],
        ["search", "x" * 2001],
        ["ask", "--since", "2026-11-02", "--until", "2026-11-01", "Who won?"],
        ["ask", "--outlet", "", "Who won?"],
    ],
)
def test_the_command_line_refuses_them_too(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--data", str(tmp_path / "archive"), *arguments]) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert told.count("\n") == 1


def test_an_empty_folder_name_is_no_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--data", "", "articles", "list"]) == 2
    monkeypatch.setenv("DATELINE_DATA", "")
    assert run(["articles", "list"]) == 2
    assert "DATELINE_DATA is not usable" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_archive_can_be_is_an_error_of_usage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert run(["--data", str(tmp_path / "file"), "articles", "list"]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_output_that_has_no_room_is_told(newsroom_archive: Path) -> None:
    command = [sys.executable, "-m", "assistant", "--data", str(newsroom_archive)]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*command, "articles", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1].startswith("error: no room")
