"""What the chat keeps from one session to the next: the lines that were typed, and the theme."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from itertools import groupby
from pathlib import Path

HISTORY, THEME = "chat-history.jsonl", "chat-theme"
MOST_LINES = 1000


class Kept:
    """Two files in the archive's folder, for this user alone; where they cannot be written, nothing is kept.

    folder  None keeps nothing
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def lines(self) -> list[str]:
        """What was typed, oldest first; repeated lines once."""
        found = [line for line, _ in groupby(map(_line, self._read(HISTORY).splitlines())) if line]
        if len(found) > 2 * MOST_LINES:
            self._write(HISTORY, "".join(map(_kept, found[-MOST_LINES:])))
        return found[-MOST_LINES:]

    def add(self, line: str) -> None:
        """Keep a line that was typed."""
        self._write(HISTORY, _kept(line), append=True)

    @property
    def theme(self) -> str:
        """The name of the theme that was chosen last; empty for none."""
        return self._read(THEME).strip()

    def choose(self, theme: str) -> None:
        self._write(THEME, f"{theme}\n")

    def _read(self, name: str) -> str:
        with suppress(OSError, UnicodeDecodeError):
            return (self._folder / name).read_text(encoding="utf-8") if self._folder else ""
        return ""

    def _write(self, name: str, text: str, *, append: bool = False) -> None:
        with suppress(OSError):
            if self._folder:
                with open(self._folder / name, "a" if append else "w", encoding="utf-8", opener=_private) as file:
                    file.write(text)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _kept(line: str) -> str:
    return json.dumps(line) + "\n"


def _line(kept: str) -> str:
    """Empty for what is no line of a history."""
    with suppress(ValueError):
        line = json.loads(kept)
        return line if isinstance(line, str) else ""
    return ""
