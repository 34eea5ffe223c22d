"""How dates, counts and commands are said and read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.types import Readiness
from tests.tui.service import citation
from tui import commands, wording

MOMENT = datetime(2026, 3, 5, 1, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("precision", "said"),
    [("year", "2026"), ("month", "Mar 2026"), ("day", "5 Mar 2026"), ("minute", "5 Mar 2026"), (None, "5 Mar 2026")],
)
def test_a_list_says_the_day_as_exactly_as_it_is_known(precision: str | None, said: str) -> None:
    assert wording.short_date(citation(published=MOMENT, published_precision=precision)) == said


def test_an_empty_archive_says_how_to_fill_it() -> None:
    assert wording.archive(Readiness(ready=True, step="", version="1")).startswith("no articles yet · ctrl+o")


def test_commands_begin_with_a_slash() -> None:
    assert commands.parse("what / when") is None
    assert commands.parse("/Add  a b ") == commands.Command("add", "a b")


def test_paths_may_hold_spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old news").mkdir()
    assert commands.sources("old news") == ["old news"]
    assert commands.sources("'a b' c") == ["a b", "c"]
    assert commands.sources("it's") == ["it's"]


def test_a_link_stays_as_it_was_typed_beside_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    link = "https://news.example/story?id=1&page=2"
    assert commands.sources(f"{link} 'old news'") == [link, "old news"]


def test_what_a_follow_up_borrows_is_said_apart() -> None:
    assert wording.understood("Who pays? (Aldermoss Dam)") == "understood as: Who pays? · about Aldermoss Dam"
    said = "understood as: Who pays (in euros)? · about Aldermoss Dam"
    assert wording.understood("Who pays (in euros)? (Aldermoss Dam)") == said
    assert wording.understood("Who pays for the dam?") == "understood as: Who pays for the dam?"


def test_a_service_without_the_reader_says_so() -> None:
    read = Readiness(ready=True, step="", version="1", articles=2, outlets=1)
    assert "reader" not in wording.archive(read)
    assert wording.archive(read.model_copy(update={"reader": "none"})).endswith("without the trained reader")
