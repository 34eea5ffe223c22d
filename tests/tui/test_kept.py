"""What the chat keeps from one session to the next."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from tests.tui.screen import SIZE, ask, see, until
from tests.tui.service import FakeService
from tui.app import DatelineApp
from tui.kept import HISTORY, MOST_LINES, THEME, Kept


def chat(folder: Path | None) -> DatelineApp:
    return DatelineApp(FakeService().connect, kept=Kept(folder))


async def test_what_was_typed_is_there_in_the_next_session(tmp_path: Path) -> None:
    async with chat(tmp_path).run_test(size=SIZE) as pilot:
        await ask(pilot, "First?")
        await ask(pilot, "/strict")
        await ask(pilot, "/strict")
        await until(pilot, lambda: Kept(tmp_path).lines() == ["First?", "/strict"])
    later = chat(tmp_path)
    async with later.run_test(size=SIZE) as pilot:
        await pilot.press("up")
        assert later.chat.prompt.text == "/strict"
        await pilot.press("up")
        assert later.chat.prompt.text == "First?"


async def test_the_theme_is_the_one_chosen_last(tmp_path: Path) -> None:
    first = chat(tmp_path)
    async with first.run_test(size=SIZE) as pilot:
        first.theme = "textual-light"
        await until(pilot, lambda: Kept(tmp_path).theme == "textual-light")
    later = chat(tmp_path)
    async with later.run_test(size=SIZE):
        assert later.theme == "textual-light"


async def test_a_theme_that_is_no_more_changes_nothing(tmp_path: Path) -> None:
    Kept(tmp_path).choose("sepia of last year")
    later = chat(tmp_path)
    async with later.run_test(size=SIZE):
        assert later.theme in later.available_themes


async def test_without_a_folder_nothing_is_kept() -> None:
    async with chat(None).run_test(size=SIZE) as pilot:
        await ask(pilot, "First?")
        await see(pilot, "› First?")
    assert Kept(None).lines() == []


def test_a_folder_that_cannot_be_written_keeps_nothing_and_is_no_error(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "nowhere")
    kept.add("First?")
    kept.choose("textual-light")
    assert (kept.lines(), kept.theme) == ([], "")


def test_a_long_history_is_cut_and_a_damaged_line_left_out(tmp_path: Path) -> None:
    lines = [json.dumps(f"Question {number}?") for number in range(2 * MOST_LINES)]
    (tmp_path / HISTORY).write_text("\n".join([*lines, "{damaged", "7", json.dumps("Last?")]) + "\n")
    kept = Kept(tmp_path)
    assert (len(kept.lines()), kept.lines()[-1]) == (MOST_LINES, "Last?")
    assert len((tmp_path / HISTORY).read_text().splitlines()) == MOST_LINES


def test_the_files_are_for_this_user_alone(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.add("First?")
    kept.choose("textual-light")
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (HISTORY, THEME)} == {0o600}
