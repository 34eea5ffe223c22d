"""Standard input in place of an argument."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from assistant.types import Answer, Report
from tests.assistant.cli.shell import Shell

RECORD = {"title": "Night bus", "text": "A night bus runs to Aldermoss from December on.", "source": "Tide"}
ROWS = "kop;inhoud\nNachtbus;Vanaf december rijdt er een nachtbus naar Aldermoss.\n"


def given(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_question_and_a_search_are_read_from_it(
    shell: Shell, newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("ingest", newsroom)
    given(monkeypatch, b"When did the ferry strike\nin Port Ellery end?\n")
    answer = Answer.model_validate_json(shell("ask", "--json", "-")[1])
    assert answer.question == "When did the ferry strike in Port Ellery end?"
    given(monkeypatch, b"crack dam\n")
    assert shell("search", "-")[1].startswith("1. Valley Gazette")


@pytest.mark.parametrize(
    ("content", "options", "title"),
    [
        (json.dumps(RECORD).encode(), [], "Night bus"),
        (f"{json.dumps(RECORD)}\n{json.dumps(RECORD | {'title': 'Bus two'})}\n".encode(), [], "Night bus"),
        (gzip.compress(json.dumps(RECORD).encode()), ["--name", "dump.jsonl.gz"], "Night bus"),
        (b"---\ntitle: Night bus\n---\n\nA night bus runs from December on.\n", [], "Night bus"),
        (b"Night bus\n\nA night bus runs from December on.\n", [], "Night bus"),
        (b"# Night bus\n\nA night bus runs from December on.\n", ["--name", "a.md"], "Night bus"),
        (b"title,text\nNight bus,A night bus runs from December on.\n", [], "Night bus"),
        (ROWS.encode(), ["--name", "x.csv", "--map", "title=kop", "--map", "text=inhoud"], "Nachtbus"),
    ],
    ids=["record", "lines", "packed", "front matter", "text", "named", "table", "mapped"],
)
def test_a_file_of_any_kind_is_ingested_from_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, content: bytes, options: list[str], title: str
) -> None:
    given(monkeypatch, content)
    code, printed, told = shell("ingest", "-", *options, "--json")
    assert code == 0, told
    assert Report.model_validate_json(printed).outcomes[0].title == title
    assert shell("sources", "list")[1] == ""


@pytest.mark.parametrize(
    ("arguments", "content", "why"),
    [
        (["ask", "-"], b" \n", "empty"),
        (["ask", "-"], b"\xff\xfe\xfd", "UTF-8"),
        (["ingest", "-"], b"", "empty"),
        (["ingest", "-", "other.txt"], b"x", "cannot be combined"),
        (["ingest", "-", "--kind", "feed"], b"x", "for links"),
        (["ingest", "other.txt", "--name", "x.csv"], b"x", "--name"),
    ],
)
def test_input_that_cannot_be_used_is_an_error_of_usage(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, arguments: list[str], content: bytes, why: str
) -> None:
    given(monkeypatch, content)
    code, printed, told = shell(*arguments)
    assert (code, printed, told.count("\n")) == (2, "", 1)
    assert why in told


def test_without_any_standard_input_it_says_so(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, _, told = shell("ingest", "-")
    assert (code, "no standard input" in told) == (2, True)
