"""The commands that can be typed in place of a question."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from assistant.wire import source_address

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


def sources(text: str) -> list[str]:
    """The paths, absolute, and links in a line; one that names something as it stands is one path, spaces and all."""
    try:
        words = [text] if Path(text).expanduser().exists() else shlex.split(text)
    except (ValueError, OSError):
        words = [text]
    return [source_address(os.path.expanduser(word)) for word in words]
