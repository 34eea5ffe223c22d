"""The days that a question names: "3 May", "last spring", "yesterday", "two weeks ago"."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from ingest.language import dates
from ingest.language.dates import day_of, even
from ingest.language.english import WEEKDAYS
from ingest.language.text import CAPITALS
from ingest.language.units import WORDS

_NO_NAME = rf"(?!['’]| (?:of (?:the )?)?(?-i:[{CAPITALS}]))"  # as in "Winter's Bone", "the Fall of Saigon"
_NO_OTHER = r"(?! of (?!(?:this|last|next) ))"  # as in "the last Saturday of the campaign"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the month in which it begins
_RECURRING = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)}){_NO_OTHER}|(?P<season>{'|'.join(_SEASONS)}))\b{_NO_NAME}"
    r"(?(season)(?:,? (?:of )?(?P<year>(?:19|20)\d\d)(?!\w|[.,]\d))?)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:(?P<third>early|mid|middle|late)(?: of)?"
    r"|(?P<part>beginning|start|first (?:few )?days|first week|end|last days|last week) of"
    r"|(?P<week>week) (?P<of>of|beginning|starting|from)(?: on)?)[ -](?:the )?\Z",
    re.IGNORECASE,
)
_COUNTS = WORDS | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 3}
# How many days they have, and by how many "a month ago" may be off.
_UNITS = {
    "hour": (1 / 24, 0),
    "day": (1, 0),
    "week": (7, 3),
    "fortnight": (14, 3),
    "month": (30, 15),
    "year": (365, 0),
}
_RELATIVE = re.compile(
    r"\b(?<![,.])(?:(?:the )?(?P<before>day before )?yesterday|today|tonight"
    r"|(?:(?P<which>last|(?:the|this) (?:last|past)|past|this|the) )?"
    rf"(?:(?:a )?(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})(?: of)? )?"
    rf"(?P<unit>{'|'.join(_UNITS)}|weekend|night|morning|afternoon|evening)s?(?P<ago> ago| back)?)\b(?!['’]| of\b)",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(r",? (?:of )?(this|last) year\b", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


Kind = Literal["day", "weekday", "week", "month", "season", "year", "period", "range"]
_TOLD_FROM: dict[str, Kind] = {"week": "week", "year": "year"}


@dataclass(frozen=True)
class AskedDays:
    """Days that a question names, and where it does.

    last  None where they go on until today
    fixed  whether the year is said, or it is bygone by its words as "last June" is
    relative  whether it is told from today, and so a time without a word such as "in" before it
    part  whether it is no more than their beginning, middle or end
    """

    start: int
    end: int
    first: date
    last: date | None
    said: Kind
    fixed: bool = False
    relative: bool = False
    part: bool = False


def asked_days(question: str, today: date) -> list[AskedDays]:
    """The dates of an English question by their place; what is said without a year is the last one that has begun."""
    named = dates.dates_in(even(question), "en", only=True)
    found = [*_recurring(question, today), *filter(None, (_read(one, question, today) for one in named))]
    said: list[AskedDays] = []
    for one in sorted([*found, *_relative(question, today)], key=lambda one: (one.start, -one.end)):
        if said and said[-1].said == "weekday" and one.said == "day" and one.start - said[-1].end <= len(", "):
            said[-1] = replace(one, start=said[-1].start)  # "Tuesday 13 October"
        elif not said or one.start >= said[-1].end:
            said.append(one)
    parts = (_part(_bygone(one, question), question, today) for one in said)
    return [one for one in parts if one]


def _bygone(one: AskedDays, question: str) -> AskedDays:
    """The date, "last June" as a bygone one."""
    if one.relative or not question[: one.start].lower().endswith("last "):
        return one
    return replace(one, start=one.start - len("last "), fixed=True, relative=True)


def _part(one: AskedDays, question: str, today: date) -> AskedDays | None:
    """The third of the days that is meant by their beginning, middle or end; or a week of them, or around them."""
    match = _PART.search(question[: one.start])
    if match is None or one.last is None:
        return _begun(one, question, today)
    first, last, part = one.first, one.last, (match["third"] or match["part"] or "").lower()
    days = timedelta(days=6 if match["week"] or "week" in part else max(0, ((last - first).days - 2) // 3))
    if match["week"]:
        first -= timedelta(days=first.weekday() if match["of"].lower() == "of" else 0)
    elif part.startswith("mid"):
        first += days + timedelta(days=1)
    elif not part.startswith(("early", "beginning", "start", "first")):
        first = last - days
        if one.relative and last > today:
            return None  # "at the end of this year"
    said = "week" if match["week"] else one.said
    return replace(one, start=match.start(), first=first, last=first + days, said=said, part=True)


def _begun(one: AskedDays, question: str, today: date) -> AskedDays | None:
    """A period that goes on is open; a week counts as seven days, on its Monday it has hardly begun."""
    if not (one.relative and one.last and one.last >= today):
        return one
    if question[one.start : one.end].lower().startswith("the "):
        return None  # "the week" is another where no part of it is said
    return replace(one, last=None, first=today - timedelta(days=7) if one.said == "week" else one.first)


def _read(one: dates.SaidDate, question: str, today: date) -> AskedDays | None:
    if one.either or (one.day is None and one.year is None and question[one.end : one.end + 1] in ("'", "’")):
        return None
    if one.month is None:
        return _year(one, question[one.end : one.end + 2])
    told = _OF_YEAR.match(question, one.end) if one.year is None else None
    year = today.year - (told[1].lower() == "last") if told else one.year
    first = day_of(year or today.year, one.month, one.day or 1)
    if first and year is None and first > today:
        first = day_of(today.year - 1, one.month, one.day or 1)
    if first is None or not _FIRST_YEAR <= first.year <= _LAST_YEAR:
        return None
    said: Kind
    last, said = (first, "day") if one.day else (_end_of_month(first), "month")
    return AskedDays(one.start, told.end() if told else one.end, first, last, said, fixed=year is not None)


def _year(one: dates.SaidDate, behind: str) -> AskedDays | None:
    """A number of four digits that may be a year: "in 2026", and not "2026.5" or "2,026"."""
    if one.year is None or not _FIRST_YEAR <= one.year <= _LAST_YEAR:
        return None
    if behind[:1].isalnum() or (behind[:1] in (".", ",") and behind[1:].isdecimal()):
        return None
    return AskedDays(one.start, one.end, date(one.year, 1, 1), date(one.year, 12, 31), "year", fixed=True)


def _recurring(question: str, today: date) -> Iterator[AskedDays]:
    """Weekdays, and seasons of three months; a winter is called by the year in which it begins."""
    for match in _RECURRING.finditer(question):
        if match["weekday"]:
            day = today - timedelta(days=(today.weekday() - WEEKDAYS.index(match["weekday"].casefold())) % 7)
            yield AskedDays(*match.span(), day, None, "weekday")
            continue
        first = date(int(match["year"] or today.year), _SEASONS[match["season"].casefold()], 1)
        if match["year"] is None and first > today:
            first = first.replace(year=first.year - 1)
        last = _end_of_month((first + timedelta(days=70)).replace(day=1))
        yield AskedDays(*match.span(), first, last, "season", fixed=match["year"] is not None)


def _relative(question: str, today: date) -> Iterator[AskedDays]:
    """Days that are told from today; those in capitals are a name, as in "USA Today"."""
    for match in _RELATIVE.finditer(question):
        inside = match[0][match.start() == 0 :]
        days = _told_from(match, today) if inside == inside.lower() or question.isupper() else None
        if days:
            present = re.match(r"this (?!past|last)|the week|to", match[0], re.IGNORECASE) is not None
            said = _TOLD_FROM.get((match["unit"] or "").lower(), "period")
            yield AskedDays(*match.span(), *days, said, fixed=not present, relative=True)


def _told_from(match: re.Match[str], today: date) -> tuple[date, date | None] | None:
    """The days that are meant; the morning after tells of them, too."""
    which, unit, count = ((match[name] or "").lower() for name in ("which", "unit", "count"))
    if not unit:
        back = 2 if match["before"] else int("yesterday" in match[0].lower())
        return today - timedelta(days=back), today - timedelta(days=1) if back == 2 else None
    number = int(count) if count.isdecimal() else _COUNTS.get(count, 1)
    each, loose = _UNITS.get(unit, (0, 0))
    then = today - timedelta(days=math.ceil(min(number, 1000) * each))
    if unit == "year" and match["ago"] and count:
        then = date(max(today.year - number, 1), 1, 1)
    if match["ago"] and count:
        return _around(then, loose, today, year=unit == "year", vague=count in ("few", "several"))
    if which.endswith(("last", "past")) and each and (count or " " in which or unit == "fortnight"):
        return then, None
    named = which in ("last", "this", "the") or (which and unit == "weekend")
    return _whole(unit, which, today) if named and not count else None


def _around(then: date, loose: int, today: date, *, year: bool, vague: bool) -> tuple[date, date | None]:
    """The days that may be meant by "two weeks ago", or the whole year."""
    if year:
        return then.replace(month=1, day=1), then.replace(month=12, day=31)
    off = timedelta(days=max(loose, (today - then).days * 2 // 3 if vague else 0))
    last = then + max(off, timedelta(days=1))
    return then - off, last if last < today else None


def _whole(unit: str, which: str, today: date) -> tuple[date, date | None] | None:
    """This or the last week, month, year or night from its first day to its last; None for other units."""
    back, yesterday = which == "last", today - timedelta(days=1)
    days: tuple[date, date | None] | None = None
    match unit:
        case "week":
            monday = today - timedelta(days=today.weekday() + 7 * back)
            days = monday, monday + timedelta(days=6)
        case "month":
            first = (today.replace(day=1) - timedelta(days=back)).replace(day=1)
            days = first, _end_of_month(first)
        case "year":
            days = date(today.year - back, 1, 1), date(today.year - back, 12, 31)
        case "weekend" if which != "this" or not 0 < today.weekday() < 5:  # else the next is meant
            days = today - timedelta(days=(today.weekday() - 5) % 7 or 7), None
        case "night" | "morning" | "afternoon" | "evening" if which != "the":
            days = (yesterday, today) if back else (today, None)
    return days


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
