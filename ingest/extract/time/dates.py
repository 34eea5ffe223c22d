"""Dates as they are printed, made into aware datetimes with the precision that was printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import isfinite

from ingest.extract.time.relative import is_relative, resolve
from ingest.extract.time.zones import zone
from ingest.language.calendar import calendar, folded_word
from ingest.language.dates import SaidDate, dates_in, day_of, even, goes_beside
from ingest.language.text import squeeze
from ingest.language.tongues import year_comes_first
from ingest.types import Precision

# "18:55:30.25", "18.55", "18h55", "18時55分", "6 p.m."; and without signs "185530", as in 20260706T185530.
_CLOCK = re.compile(
    r"(?<![\d:.+-])(?:(?P<hour3>\d{1,2}) ?[時时點点시] ?(?P<minute3>\d{1,2}) ?[分분](?: ?(?P<sec3>\d{1,2}) ?[秒초])?"
    r"|(?P<hour>\d{1,2})(?:(?:[:.]| ?h ?)(?P<minute>\d{2})(?!\d)(?:[:. ]?(?P<sec>\d{2})(?![\d:])(?:[.,]\d{1,9})?)?"
    r"| ?(?P<whole>[h時时點点시])(?!\w))?"
    r"|(?P<hour2>\d{2})(?P<minute2>\d{2})(?:(?P<sec2>\d{2})(?:\d{3})?)?)(?!\d)(?: ?(?P<half>[ap])\.? ?m\b\.?)?",
    re.IGNORECASE,
)
# "18:55 Uhr": the word for the clock, before the zone.
_CLOCK_WORD = re.compile(r" ?([^\W\d_]{1,5})\.?(?= )")
_WORD = re.compile(r"\d+|[^\W\d_][^\s\d()\[\],;:|/.\u060c\u061b]*")
# A zone in words has up to five: "Australian Central Western Standard Time".
_NAME = re.compile(r"[ ,(]{0,3}([^\W\d_]{1,20}(?:[/-][\w/+-]{1,40})?(?: [^\W\d_]{1,20}){0,4})")
_OFFSET = re.compile(
    r"[ (]{0,3}((?:(?:UTC|GMT) ?)?[+-]\d{1,2}(?::?\d{2}(?::?\d{2})?)?|Z)(?!\w)(?: ?\([^()]{1,60}\))?", re.I
)
_HALF_BEFORE = re.compile(r"([^\W\d_]{1,20}) ?$")
_HALF_BEHIND = re.compile(r" ?([^\W\d_]{1,12}(?:\. ?[^\W\d_])?\.?)(?!\w)")
# RFC 9557: "2026-07-06T06:00:00-04:00[America/New_York][u-ca=gregory]"
_BRACKETS = re.compile(r"(?<=[\dZz\]])\[!?([\w/+=-]{1,60})\]")
# Words beside a date or a clock that CLDR does not have.
_LABELS = frozenset(
    "published updated posted modified created date first last on at t um uhr uur om ore alle las la as hs hrs klo "
    "godz hod o v в у час saat".split()
)
# Days that stand for no time at all in databases and programs: nothing, as a date.
_ZERO = frozenset({date(1900, 1, 1), date(1969, 12, 31), date(1970, 1, 1)})
_FEWEST_SECONDS, _MOST_SECONDS = 1e8, 4.2e9  # a smaller number is something else than a Unix time
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4}(?!\d)")
_LONGEST = 120
# A Unix time; also as ASP.NET writes it in JSON, in thousandths: "/Date(1783317600000+0200)/".
_NUMBER = re.compile(r"(-?\d{9,19}(?:\.\d{1,9})?)|\\?/Date\((-?\d{9,16})(?:[+-]\d{4})?\)\\?/")
# A day of a week of ISO 8601: "2026-W28-1".
_WEEK_DAY = re.compile(r"(?<![\w-])(\d{4})(-?)W(\d\d)\2([1-7])(?![\d-])")


@dataclass(frozen=True, slots=True)
class When:
    """A printed time. `at` is None when the words give no date; `said` keeps the words where they matter."""

    at: datetime | None = None
    precision: Precision | None = None
    said: str | None = None


UNKNOWN = When()


@dataclass(frozen=True, slots=True)
class Found:
    """A time that stands in a line; `left` are the words of the line that say something else."""

    when: When
    left: tuple[str, ...]


def parse(text: str, *, captured: datetime | None = None, day_first: bool | None = None, language: str = "") -> When:
    """What a printed time means. Without a zone it is taken as UTC; a bare day is its midnight, precision "day".

    A relative time is resolved against `captured` only, 03/04/2024 by `day_first` only, the name of a month that
    means another one elsewhere by `language` only; what cannot be read is kept in `said`. Never raises.
    """
    line = even(squeeze(text[: 4 * _LONGEST]))
    if not line or len(line) > _LONGEST:
        return UNKNOWN
    if is_relative(line):
        return _relative(line, captured)
    if number := _NUMBER.fullmatch(line):
        when = from_number(float(number[1] or number[2]))
        return when if when.at else When(said=line)
    found = find(line, day_first=day_first, language=language)
    return found.when if found and not found.left else When(said=squeeze(text))


def day_order(lines: Iterable[str]) -> bool | None:
    """Whether those who wrote these dates put the day first: "16/07/2026" tells; None where nothing does."""
    found = [match for line in lines if (match := _SLASHED.search(even(line)))]
    told = {
        int(first) > 12 for first, second in (match.groups() for match in found) if max(int(first), int(second)) > 12
    }
    return told.pop() if len(told) == 1 else None


def from_number(value: float) -> When:
    """A Unix time in seconds or a thousandth, millionth or billionth of one; or a date written as a number."""
    if not isfinite(value):
        return UNKNOWN
    digits = str(int(value))
    if 1900 <= value <= 2100 or any(said.exact for said in dates_in(digits)):
        found = find(digits)
        return found.when if found and not found.left else When(said=digits)
    scaled = next((value / scale for scale in (1, 1e3, 1e6, 1e9) if abs(value) / scale < _MOST_SECONDS), 0.0)
    return _epoch(scaled) if abs(scaled) >= _FEWEST_SECONDS else UNKNOWN


def _epoch(seconds: float) -> When:
    try:
        at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        return UNKNOWN
    return When(at, "second") if _plausible(at) else UNKNOWN


def _relative(line: str, captured: datetime | None) -> When:
    if captured is None:
        return When(said=line)
    at, precision = resolve(line, captured if captured.tzinfo else captured.replace(tzinfo=UTC)) or (None, None)
    return When(at, precision, line) if at and _plausible(at) else When(said=line)


def find(line: str, *, day_first: bool | None = None, language: str = "") -> Found | None:
    """The time that a line tells, if it names a day, a month or a year: the first day with the clock beside it."""
    if not any(map(str.isdecimal, line)):
        return None
    line = _WEEK_DAY.sub(_of_week, even(line).replace("\N{MINUS SIGN}", "-"))
    places, line = _BRACKETS.findall(line), _BRACKETS.sub("", line)
    said = _fullest(list(dates_in(line, language)))
    day = _day(said, line, day_first, language) if said else None
    if said is None or day is None:
        return None
    for year in said[1:]:
        line = f"{line[: year.start]}{' ' * (year.end - year.start)}{line[year.end :]}"
    clock = _clock(line, said[0], day) if said[0].day else _NO_CLOCK
    when = _when(said[0], day, clock, places)
    spans = [(said[0].start, said[0].end), *clock.spans]
    return Found(when, tuple(_left(line, spans))) if _plausible(when.at) else None


def _fullest(said: list[SaidDate]) -> list[SaidDate]:
    """The first whole date, else the first month, else the first year.

    A year may stand apart from its day: "Mon Jul 06 06:00:00 EDT 2026".
    """
    said = [one for one in said if not one.short] or said
    whole = [one for one in said if one.exact or one.short][:1]
    days = [one for one in said if one.day and one.month and one.year is None][:1]
    years = [one for one in said if one.year is not None and one.month is None][:1]
    months = [one for one in said if one.year is not None and one.month is not None][:1]
    if not whole and days and years:
        return [replace(days[0], year=years[0].year), *years]
    return whole or months or years


def _day(said: list[SaidDate], line: str, day_first: bool | None, language: str) -> date | None:
    """The first day of what is said. 06/07 is told by the habit of the place, or by the day of the week beside it."""
    one = said[0]
    day = one.exact if one.short else day_of(one.year, one.month or 1, one.day or 1)
    if not one.either or (not one.short and (day is None or one.swapped is None)):
        return day
    if day_first is None:
        weekdays = {calendar().weekdays.get(folded_word(word)) for word in _WORD.findall(line)}
        fitting = [each for each in (day, one.swapped, one.reversed) if each and each.weekday() in weekdays]
        return fitting[0] if len(fitting) == 1 else None
    if one.short and year_comes_first(language):
        return one.reversed
    return day if day_first else one.swapped


def _of_week(match: re.Match[str]) -> str:
    """The day of the calendar, as ISO writes it; the words as they are where there is no such week."""
    try:
        return date.fromisocalendar(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError:
        return match[0]


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day and where it stands; `days` is one for 24:00, the next midnight.

    named  the zone is named, though what it is called may not be known
    """

    at: time = time()
    days: int = 0
    precision: Precision | None = None
    zone: tzinfo | None = None
    named: bool = False
    spans: tuple[tuple[int, int], ...] = ()


_NO_CLOCK = _Clock()


def _clock(line: str, said: SaidDate, day: date) -> _Clock:
    """The time of day beside a date: behind it, or else before it."""
    behind, before = line[said.end :], line[: said.start]
    for match in filter(_is_clock, _CLOCK.finditer(behind)):
        found = _at(match, day, behind, said.end)
        if found and not _words(behind[: match.start()], halves=True):
            return found
    for match in reversed([*filter(_is_clock, _CLOCK.finditer(before))]):
        found = _at(match, day, before, 0)
        if found and not _words(before[found.spans[-1][1] :]):
            return found
    offset = _OFFSET.match(behind)
    return _Clock(spans=((said.end, said.end + offset.end()),)) if offset else _NO_CLOCK


def _is_clock(match: re.Match[str]) -> bool:
    return any(match[part] for part in ("minute", "minute2", "minute3", "half", "whole"))


def _at(match: re.Match[str], day: date, text: str, shift: int) -> _Clock | None:
    """The clock that a match is, with the half of the day and the zone that stand beside it."""
    said = {name.rstrip("23"): value for name, value in match.groupdict().items() if value is not None}
    hour, minute, sec = (int(said.get(part, 0)) for part in ("hour", "minute", "sec"))
    half, start, end = _half(match, text)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    days = int(hour == 24 and minute == sec == 0)
    if hour - 24 * days > 23 or minute > 59 or sec > 60:
        return None
    at = time(hour - 24 * days, minute, min(sec, 59))
    where, after = _zone(text[end:], datetime.combine(day, at))
    if not after and (word := _CLOCK_WORD.match(text[end:])) and not _words(word[1]):
        end += word.end()
        where, after = _zone(text[end:], datetime.combine(day, at))
    precision: Precision = "second" if "sec" in said else "minute"
    if "minute" not in said:
        precision = "hour"
    elif at == time() and not half and not after:
        precision = "day"  # midnight to the second and without a zone is how data sets write a bare day
    return _Clock(at, days, precision, where, bool(after), ((shift + start, shift + end + after),))


def _half(match: re.Match[str], text: str) -> tuple[str, int, int]:
    """ "am", "pm" or nothing, and from where to where the clock stands with it."""
    start, end = match.span()
    if match["half"]:
        return f"{match['half'].lower()}m", start, end
    before, behind = _HALF_BEFORE.search(text[:start]), _HALF_BEHIND.match(text[end:])
    if before and (half := _named_half(before[1])):
        return half, before.start(1), end
    if behind and (half := _named_half(behind[1])):
        return half, start, end + behind.end()
    return "", start, end


def _named_half(word: str) -> str:
    """In Latin letters only with stops, as in "6:05 m.d.": they mean too much else."""
    key = re.sub(r"[. ]", "", folded_word(word))
    return "" if key.isascii() and "." not in word else calendar().halves.get(key, "")


def _zone(text: str, at: datetime) -> tuple[tzinfo | None, int]:
    """The zone that a text begins with, and how much of the text names it."""
    if match := _OFFSET.match(text):
        return zone(match[1], at), match.end()
    match = _NAME.match(text)
    words = match[1].split(" ") if match else []
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        called = count > 1 or "/" in name or name.isupper() or name.lower() in ("utc", "gmt")
        known = zone(name, at) if called else None
        if match and (known or folded_word(name).endswith(" time") or re.fullmatch(r"[A-Z]{3,5}", name)):
            return known, match.start(1) + len(name)
    return None, 0


def _left(line: str, spans: list[tuple[int, int]]) -> list[str]:
    for start, end in sorted(spans, reverse=True):
        line = f"{line[:start]} | {line[end:]}"
    return _words(line)


def _words(text: str, *, halves: bool = False) -> list[str]:
    """The words that say something else than a date does."""
    return [
        word
        for word in _WORD.findall(text)
        if not (
            all(map(goes_beside, word.split("-"))) or folded_word(word) in _LABELS or (halves and _named_half(word))
        )
    ]


def _when(said: SaidDate, day: date, clock: _Clock, places: list[str]) -> When:
    """The parts together. Of a zone that is not known only the day is kept, as it is printed."""
    at = datetime.combine(day, clock.at) + timedelta(days=clock.days)
    precision = clock.precision or ("day" if said.day else "month" if said.month else "year")
    if clock.named and clock.zone is None:
        return When(at.replace(hour=0, minute=0, second=0, tzinfo=UTC), "day")
    place = next((found for name in places if precision != "day" and (found := zone(name, at))), None)
    if place and clock.zone:
        return When(at.replace(tzinfo=clock.zone).astimezone(place), precision)
    return When(at.replace(tzinfo=place or clock.zone or UTC), precision)


def _plausible(at: datetime | None) -> bool:
    return at is not None and 1900 <= at.year <= 2100 and at.date() not in _ZERO
