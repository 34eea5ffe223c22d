"""What is typed before the screen is there counts as typed on it."""

from __future__ import annotations

import os
import pty
import select
import termios
import tty
from collections.abc import Iterator

import pytest

from tests.tui.screen import SIZE, see
from tests.tui.service import QUAKE, FakeService
from tui.app import DatelineApp
from tui.typed_ahead import typed_ahead


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The keyboard's end of a terminal, and the program's."""
    keyboard, program = pty.openpty()
    yield keyboard, program
    os.close(keyboard)
    os.close(program)


def press(keyboard: int, program: int, keys: bytes) -> None:
    os.write(keyboard, keys)
    select.select([program], [], [], 5)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (b"Who won?\r", "Who won?\n"),
        (b"Who won?\rAnd wh", "Who won?\nAnd wh"),
        (b"Who wom\x7fn?\r", "Who won?\n"),
        ("Wer führt?\r".encode(), "Wer führt?\n"),
        (b"Who\x1b[D\x1bOC\x1b[1;5D won?\r", "Who won?\n"),
    ],
    ids=["a line", "a line and a half", "backspace", "another language", "arrow keys"],
)
def test_what_waits_at_the_terminal_is_read_line_by_line(terminal: tuple[int, int], keys: bytes, text: str) -> None:
    press(*terminal, keys)
    with typed_ahead(terminal[1]) as typed:
        assert typed == text


def test_what_is_typed_later_stays_with_the_terminal_key_by_key(terminal: tuple[int, int]) -> None:
    keyboard, program = terminal
    before = termios.tcgetattr(program)
    with typed_ahead(program) as typed:
        assert typed == ""
        press(keyboard, program, b"a\r")
        assert os.read(program, 9) == b"a\r"
    assert termios.tcgetattr(program)[tty.IFLAG : tty.LFLAG + 1] == before[tty.IFLAG : tty.LFLAG + 1]


async def test_whole_lines_are_asked_and_the_rest_stays_to_be_written_on() -> None:
    service = FakeService()
    app = DatelineApp(service.connect, typed="Is the harbour open?\nAnd wh")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await see(pilot, QUAKE)
        assert len(service.sent("/ask/stream")) == 1
        assert app.chat.prompt.text == "And wh"
        await pilot.press("o")
        assert app.chat.prompt.text == "And who"
