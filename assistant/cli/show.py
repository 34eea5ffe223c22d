"""Words on the terminal: cleaned, wrapped to its width, and with a little colour where it has any."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TextIO, TypeVar

import click

from ingest.language.text import clean, squeeze

if TYPE_CHECKING:
    from pydantic import BaseModel

Style = Literal["mark", "outlet", "heading", "good", "doubt", "bad", "faint"]
Styles = dict[Style, Sequence[str]]
Record = TypeVar("Record", bound="BaseModel")

_LOOKS: dict[Style, dict[str, Any]] = {
    "mark": {"fg": "cyan"},
    "outlet": {"bold": True},
    "heading": {"bold": True},
    "good": {"fg": "green"},
    "doubt": {"fg": "yellow"},
    "bad": {"fg": "red"},
    "faint": {"dim": True},
}


@dataclass(frozen=True)
class Line:
    """Text for the terminal, and the parts of it that have a style, in their order."""

    text: str = ""
    styles: Styles = field(default_factory=dict)


def say(text: str = "", styles: Styles | None = None) -> None:
    """Print text without anything that could steer a terminal, some parts of it in a style."""
    cleaned, shown, at = clean(text), "", 0
    for start, end, style in sorted(_spans(cleaned, styles or {})):
        if start >= at:
            shown += cleaned[at:start] + click.style(cleaned[start:end], **_LOOKS[style])
            at = end
    click.echo(shown + cleaned[at:])


def say_line(line: Line) -> None:
    say(line.text, line.styles)


def say_json(found: Iterable[BaseModel]) -> None:
    """Print a list of records as JSON, for other programs."""
    click.echo(json.dumps([one.model_dump(mode="json") for one in found], indent=2))


def say_each(found: Sequence[Record], noun: str, show: Callable[[Record], None], *, as_json: bool) -> None:
    """Show every record and say how many there are, or print them as JSON."""
    if as_json:
        say_json(found)
        return
    for one in found:
        show(one)
    say_total(noun, len(found))


def say_total(noun: str, total: int, *, listed: int | None = None, offset: int = 0) -> None:
    """Say how many there are, and which of them are shown where it is not all."""
    from assistant.wording import counted

    shown = f"; {offset + 1} to {offset + listed} shown" if listed and listed < total else ""
    click.echo(counted(total, noun) + shown, err=True)


def _spans(text: str, styles: Styles) -> Iterator[tuple[int, int, Style]]:
    """Where the parts stand, each after the one before it of the same style; one cut by a line's end has none."""
    for style, parts in styles.items():
        end = 0
        for part in filter(None, parts):
            start = text.find(part, end)
            if start >= 0:
                end = start + len(part)
                yield start, end, style


def wants_colour() -> bool | None:
    """What the person's environment says (no-color.org, force-color.org); None leaves it to where the output goes."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def wrapped(text: str, *, first: str = "", then: str = "", stream: TextIO | None = None) -> str:
    """One paragraph, wrapped where a person reads it on a terminal; left whole for other programs.

    stream  where it goes; standard output unless it is given
    """
    line = first + squeeze(text)
    stream = stream or sys.stdout
    if stream is None or not stream.isatty():
        return line
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    return textwrap.fill(line, width, subsequent_indent=then, break_long_words=False, break_on_hyphens=False)


def asks_person() -> bool:
    """Whether there is a person at both ends."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
