"""What the options of several commands share: their types, and what is said of a value that does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def moment(text: str) -> datetime:
    """A time as ISO 8601 writes it; without an offset it is local time, as on the clock on the wall."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError as exc:
        raise click.BadParameter(f"{text!r} is not a time such as 2026-11-01T18:00+00:00") from exc
    return given.astimezone() if given.tzinfo is None else given


def day(text: str) -> date:
    """A day as ISO 8601 writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise click.BadParameter(f"{text!r} is not a day such as 2026-11-01") from exc


def duration(text: str) -> timedelta:
    """A length of time such as 15m, 2h or 1d."""
    match = re.fullmatch(r"(\d{1,4})\s?(m|min|h|d)", text.strip())
    if not match or not int(match[1]):
        raise click.BadParameter(f"{text!r} is not a length of time such as 15m or 2h")
    unit = {"h": "hours", "d": "days"}.get(match[2], "minutes")
    return timedelta(**{unit: int(match[1])})


def limit_option(command: Command) -> Command:
    """Adds --limit."""
    number = click.IntRange(1, 1000)
    return click.option("--limit", type=number, metavar="N", default=50, show_default=True, help="How many to list.")(
        command
    )


def offset_option(command: Command) -> Command:
    """Adds --offset."""
    number = click.IntRange(0, 10**9)
    return click.option("--offset", type=number, metavar="N", default=0, help="How many to skip first.")(command)


@contextmanager
def usage_errors() -> Iterator[None]:
    """What a type refuses is a mistake in the command."""
    from pydantic import ValidationError

    from ingest.misfit import what

    try:
        yield
    except ValidationError as exc:
        raise click.UsageError(what(exc.errors()[0])) from exc
