"""Values of command line options that click has no type for."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import click


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
