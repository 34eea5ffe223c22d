"""Standard input, where an argument is a single dash."""

from __future__ import annotations

import sys

import click

DASH = "-"
_MOST_BYTES = 200_000_000  # as a JSON file may have


def text_of(words: tuple[str, ...]) -> str:
    """The words of an argument, or what standard input holds in place of a single dash."""
    if words != (DASH,):
        return " ".join(words)
    try:
        return read_input("the question").decode()
    except UnicodeDecodeError as exc:
        raise click.UsageError("standard input is not UTF-8") from exc


def read_input(what: str) -> bytes:
    """All of standard input. Raises UsageError where there is none, or more than is ever read at once."""
    if sys.stdin is None or sys.stdin.closed:
        raise click.UsageError(f"there is no standard input to read {what} from")
    if sys.stdin.isatty():
        click.echo(f"Type {what}, then Ctrl-D on a line of its own.", err=True)
    content = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise click.UsageError("standard input holds more than 200 MB: save it as a file and give its path")
    if not content.strip():
        raise click.UsageError("standard input is empty")
    return content
