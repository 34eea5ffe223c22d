"""`dateline retention`, on an archive that nobody serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.intake import report_lines
from assistant.cli.run import run
from assistant.types import Outcome, Report
from ingest.archive.archive import Archive
from ingest.intake import ingest_sources
from tests.assistant.api.test_retention import grow_old
from tests.fakes import HashEmbedder


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    note = tmp_path / "bus.md"
    note.write_text("---\ntitle: Night bus\n---\n\nA night bus will run to Cobb Mills from December on.\n")
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        list(ingest_sources(archive, [note]))
    return ["--data", str(tmp_path / "archive"), "retention"]


def test_limits_are_set_listed_and_removed(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bus = str(tmp_path / "bus.md")
    assert run([*command, "set", "1", "--source", bus]) == 0
    assert capsys.readouterr().out == f"source {bus} · 1 day\n"
    grow_old(tmp_path / "archive", 2)
    assert run([*command, "list"]) == 0
    listed = capsys.readouterr()
    assert (listed.out, "1 limit\n" in listed.err) == (f"source {bus} · 1 day · the next run drops 1 article\n", True)
    assert run([*command, "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"kind": "source", "value": bus, "days": 1, "due": 1}]
    assert run([*command, "remove", "--source", bus]) == 0
    assert "kept for good" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["set", "90"], "name a --source, a --feed or a collection (--in)"),
        (["set", "0", "--in", "dam"], "0 is not in the range"),
        (["set", "90", "--in", "dam"], "there is no collection dam"),
        (["set", "90", "--feed", "https://news.example/feed"], "there is no feed https://news.example/feed"),
        (["set", "90", "--feed", ""], "it is empty"),
        (["remove", "--in", "dam"], "the collection dam has no retention"),
    ],
)
def test_what_cannot_be_done_is_told(
    command: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run([*command, *arguments]) == 2
    assert told in capsys.readouterr().err


def test_the_report_names_what_was_dropped_and_says_nothing_of_it_where_nothing_was() -> None:
    outcome = Outcome(status="dropped", source="/news", title="Night bus", reason="90 days after it was ingested")
    first, second = [line.text for line in report_lines(Report(outcomes=(outcome,)))]
    assert "1 dropped" in first
    assert second == "  dropped: /news “Night bus”: 90 days after it was ingested"
    [first] = [line.text for line in report_lines(Report(outcomes=(outcome.model_copy(update={"status": "added"}),)))]
    assert "dropped" not in first
