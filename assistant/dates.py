"""Dates as a question says them, and the days they mean."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_A_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})\b(?!['’])"
_YEAR, _TH = r"(?P<year>(?:19|20)\d\d)(?!\w|[.,]\d)", r"(?:st|nd|rd|th)?"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"(?:the )?(?P<day>\d{{1,2}}){_TH} (?:of )?{_A_MONTH}(?:,? {_YEAR})?",
        rf"{_A_MONTH} (?P<day>\d{{1,2}}){_TH}(?![\w%]|[.,]\d)(?:,? {_YEAR})?",
        rf"{_A_MONTH}(?:,? (?:of )?{_YEAR})?",
        _YEAR,
        rf"(?:last |this )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b(?!['’]| (?-i:[A-Z]))",
    )
]
_LONE_DAY = re.compile(rf"(?:the )?(?P<day>\d{{1,2}}){_TH}(?=\W)")


@dataclass(frozen=True)
class SaidDate:
    """A date in a question: its days, how exactly it is said, and where it ends."""

    first: date
    last: date
    said: Literal["day", "weekday", "month", "year"]
    with_year: bool
    end: int


def date_at(question: str, at: int, today: date) -> SaidDate | None:
    """The date that stands there; without a year it is the last one that has begun."""
    for pattern in _DATES:
        if match := pattern.match(question, at):
            return _read(match, today)
    return None


def _read(match: re.Match[str], today: date) -> SaidDate | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    if "weekday" in parts:
        day = today - timedelta(days=(today.weekday() - _WEEKDAYS[parts["weekday"].casefold()]) % 7)
        return SaidDate(day, day, "weekday", False, match.end())
    year = int(parts["year"]) if "year" in parts else None
    month = int(parts["number"]) if "number" in parts else _MONTHS.get(parts.get("month", "").casefold())
    day_ = int(parts["day"]) if "day" in parts else None
    if {"month"} == parts.keys() and parts["month"] in {"may", "march"}:
        return None  # a verb
    if month is None:
        return SaidDate(date(year or 1, 1, 1), date(year or 1, 12, 31), "year", True, match.end())
    first = day_of(year or today.year, month, day_ or 1)
    if first and year is None and first > today:
        first = day_of(today.year - 1, month, day_ or 1)
    if first is None:
        return None
    last = first if day_ else first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return SaidDate(first, last, "day" if day_ else "month", year is not None, match.end())


def lone_day_at(question: str, at: int) -> tuple[int, int] | None:
    """The day of the month that stands there without its month, and where it ends: "from 3 to 10 June"."""
    match = _LONE_DAY.match(question, at)
    return (int(match["day"]), match.end()) if match else None


def day_of(year: int, month: int, day: int) -> date | None:
    """That day of the calendar, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
