"""The difference between two versions on the terminal: marked so that it reads without colour."""

from __future__ import annotations

from collections.abc import Sequence

import click

from assistant.cli.show import wrapped
from ingest.identity.difference import Difference, Piece
from ingest.language.text import squeeze

_MARKS = {"same": ("", ""), "out": ("[-", "-]"), "in": ("{+", "+}")}
_COLOURS = {"out": "red", "in": "green"}


def show_difference(found: Difference) -> None:
    """The title, then each sentence that changed; colours come on top where a terminal shows them."""
    _say(found.title)
    for sentence in found.sentences:
        click.echo()
        _say(sentence)
    if not found.sentences:
        click.echo("\nthe text is the same", err=True)


def _say(pieces: Sequence[Piece]) -> None:
    marked = " ".join(_marked(piece) for piece in pieces)
    click.echo(_coloured(wrapped(marked)))


def _marked(piece: Piece) -> str:
    before, after = _MARKS[piece.kind]
    return f"{before}{squeeze(piece.text)}{after}"


def _coloured(line: str) -> str:
    for kind, colour in _COLOURS.items():
        before, after = _MARKS[kind]
        line = line.replace(before, click.style(before, fg=colour, reset=False)).replace(after, after + "\x1b[0m")
    return line
