"""Values of command line options that click has no type for, and what is said of one that does not fit."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pydantic import ValidationError


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


def usage_error(exc: ValidationError) -> click.UsageError:
    """What a type refuses, as a mistake in the command."""
    return click.UsageError(str(exc.errors()[0]["msg"]).removeprefix("Value error, "))
