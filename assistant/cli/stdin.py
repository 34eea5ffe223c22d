"""Standard input, where an argument is a single dash."""

from __future__ import annotations

import sys

import click

DASH = "-"


def text_of(words: tuple[str, ...]) -> str:
    """The words of an argument, or what standard input holds in place of a single dash."""
    if words != (DASH,):
        return " ".join(words)
    try:
        return read_input("the question").decode()
    except UnicodeDecodeError as exc:
        raise click.UsageError("standard input is not UTF-8") from exc


def read_input(what: str) -> bytes:
    """All of standard input. Raises UsageError where there is none, or more than one upload may have."""
    from assistant.service.uploads import MOST_BYTES
    from ingest.sources.place import size

    if sys.stdin is None or sys.stdin.closed:
        raise click.UsageError(f"there is no standard input to read {what} from")
    if sys.stdin.isatty():
        click.echo(f"Type {what}, then Ctrl-D on a line of its own.", err=True)
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise click.UsageError(
            f"standard input is larger than {size(MOST_BYTES)}: save it to a file and give its path"
        )
    if not content.strip():
        raise click.UsageError("standard input is empty")
    return content
