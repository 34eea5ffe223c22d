"""The commands that can be typed in place of a question."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

NAMES = ("add", "articles", "copy", "help", "new", "quit", "reindex")


@dataclass(frozen=True)
class Command:
    """A line that begins with a slash; `name` is one of `NAMES`, or what was typed instead."""

    name: str
    rest: str


def parse(text: str) -> Command | None:
    """The command in a line, or None where it is a question."""
    if not text.startswith("/"):
        return None
    name, _, rest = text[1:].partition(" ")
    return Command(name.strip().casefold(), rest.strip())


def paths(text: str) -> list[str]:
    """The paths in a line, absolute; a line that names something as it stands is one path, spaces and all."""
    try:
        words = [text] if Path(text).expanduser().exists() else shlex.split(text)
    except (ValueError, OSError):
        words = [text]
    return [str(Path(word).expanduser().absolute()) for word in words]
