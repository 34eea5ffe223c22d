"""Words on the terminal: cleaned, wrapped to its width, and nothing else."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click

from ingest.text import clean, squeeze


def say(text: str = "") -> None:
    """Print text without anything that could steer a terminal."""
    click.echo(clean(text))


def wrapped(text: str, *, first: str = "", then: str = "") -> str:
    """One paragraph, wrapped where a person reads it on a terminal; left whole for other programs."""
    line = first + squeeze(text)
    if not sys.stdout.isatty():
        return line
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    return textwrap.fill(line, width, subsequent_indent=then, break_long_words=False, break_on_hyphens=False)


def asks_person() -> bool:
    """Whether there is a person at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
