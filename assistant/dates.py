"""Dates as a question says them, and the days they mean."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from ingest.language import dates
from ingest.language.dates import day_of, even
from ingest.language.text import CAPITALS

_WEEKDAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_OF_A_NAME = rf"['’]| (?:of (?:the )?)?(?-i:[{CAPITALS}])"  # what follows: "Winter's Bone", "the Fall of Saigon"
_WEEKDAY = re.compile(rf"\b(?:last |this )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b(?!{_OF_A_NAME})", re.IGNORECASE)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the month in which it begins
_SEASON = re.compile(
    rf"\b(?P<season>{'|'.join(_SEASONS)})\b(?!{_OF_A_NAME})(?:,? (?:of )?(?P<year>(?:19|20)\d\d)(?!\w|[.,]\d))?",
    re.IGNORECASE,
)
_LONE_DAY = re.compile(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?=\W)")
_OF_YEAR = re.compile(r",? (?:of )?(this|last) year\b", re.IGNORECASE)
_VERBS = frozenset({"may", "march"})
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class SaidDate:
    """A date in a question: its days, how exactly it is said, and where it stands."""

    first: date
    last: date
    said: Literal["day", "weekday", "month", "season", "year"]
    with_year: bool
    start: int
    end: int


def said_dates(question: str, today: date) -> list[SaidDate]:
    """The dates of an English question by their place; what is said without a year is the last one that has begun."""
    seasons = [found for match in _SEASON.finditer(question) if (found := _season(match, today))]
    taken = {place for one in seasons for place in range(one.start, one.end)}
    named = [
        found for one in dates.dates_in(even(question), "en", only=True) if (found := _read(one, question, today))
    ]
    whole = [*seasons, *(one for one in named if one.start not in taken), *_weekdays(question, today)]
    return _with_weekdays(sorted(whole, key=lambda one: one.start))


def _with_weekdays(said: list[SaidDate]) -> list[SaidDate]:
    """The dates, "Tuesday 13 October" as one."""
    found: list[SaidDate] = []
    for one in said:
        beside = found and found[-1].said == "weekday" and one.start - found[-1].end <= len(", ")
        if beside and one.said == "day":
            found[-1] = replace(one, start=found[-1].start)
        else:
            found.append(one)
    return found


def _read(one: dates.SaidDate, question: str, today: date) -> SaidDate | None:
    word, behind = question[one.start : one.end], question[one.end : one.end + 2]
    alone = one.day is None and one.year is None
    if one.either or word in _VERBS or (alone and behind[:1] in ("'", "’")):
        return None
    if one.month is None:
        return _year(one, behind)
    told = _OF_YEAR.match(question, one.end) if one.year is None else None
    years = {"this": today.year, "last": today.year - 1}
    year = years[told[1].lower()] if told else one.year
    first = day_of(year or today.year, one.month, one.day or 1)
    if first and year is None and first > today:
        first = day_of(today.year - 1, one.month, one.day or 1)
    if first is None or not _FIRST_YEAR <= first.year <= _LAST_YEAR:
        return None
    last = first if one.day else _end_of_month(first)
    end = told.end() if told else one.end
    return SaidDate(first, last, "day" if one.day else "month", year is not None, one.start, end)


def _year(one: dates.SaidDate, behind: str) -> SaidDate | None:
    """A number of four digits that may be a year: "in 2026", and not "2026.5" or "2,026"."""
    if one.year is None or not _FIRST_YEAR <= one.year <= _LAST_YEAR:
        return None
    if behind[:1].isalnum() or (behind[:1] in (".", ",") and behind[1:].isdecimal()):
        return None
    return SaidDate(date(one.year, 1, 1), date(one.year, 12, 31), "year", True, one.start, one.end)


def _season(match: re.Match[str], today: date) -> SaidDate | None:
    """Its three months; a winter is called by the year in which it begins."""
    month, year = _SEASONS[match["season"].casefold()], int(match["year"] or today.year)
    first = date(year, month, 1)
    if match["year"] is None and first > today:
        first = first.replace(year=year - 1)
    last = _end_of_month((first + timedelta(days=70)).replace(day=1))
    return SaidDate(first, last, "season", match["year"] is not None, *match.span())


def _weekdays(question: str, today: date) -> Iterator[SaidDate]:
    for match in _WEEKDAY.finditer(question):
        day = today - timedelta(days=(today.weekday() - _WEEKDAYS[match["weekday"].casefold()]) % 7)
        yield SaidDate(day, day, "weekday", False, *match.span())


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def lone_day_at(question: str, at: int) -> tuple[int, int] | None:
    """The day of the month that stands there without its month, and where it ends: "from 3 to 10 June"."""
    match = _LONE_DAY.match(question, at)
    return (int(match["day"]), match.end()) if match else None
