"""Dates as they are printed, made into aware datetimes with the precision that was printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.extract.relative import is_relative, resolve
from ingest.extract.zones import NAMES, zone
from ingest.text import squeeze
from ingest.types import Precision

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_LEAD = (
    r"(?:(?:first |last )?(?:published|updated|posted|modified|created|date|on|at)[: ]*){0,3}"
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?(?:the )?"
)
_DATES = (
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
    r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)" + _YEAR,
    rf"{_MONTH} {_DAY}(?:,? |, ?){_YEAR}",
    rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
    rf"{_YEAR},? {_MONTH} {_DAY}",
    rf"{_MONTH},? {_YEAR}",
    r"(?P<year>\d{4})-(?P<month>\d{2})",
    r"(?P<year>(?:19|20)\d{2})",
)
_HOUR = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<sec>\d{2})(?:[.,]\d{1,9})?)?)? ?(?P<half>[ap]\.?m\.?)?"
_COMPACT = r"(?P<hour2>\d{2})(?P<minute2>\d{2})(?P<sec2>\d{2})?"
_CLOCK = (
    rf"(?:{_HOUR}|{_COMPACT}) ?(?P<zone>{NAMES}|(?:utc|gmt)?[+-]\d{{1,2}}(?::?\d{{2}})?)?(?: ?\([A-Za-z ]{{1,40}}\))?"
)
_AFTER = rf"(?:,? at | ?\| ?| ?[-–—] |, ?|t| ){_CLOCK}"
_BEFORE = rf"{_CLOCK}(?: on |, ?| ?\| ?| ?[-–—] | )(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,? )?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for date in _DATES
    for form in (rf"{_LEAD}{date}(?:{_AFTER})?\.?", rf"{_LEAD}{_BEFORE}{date}\.?")
)
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class When:
    """A printed time. `at` is None when the words give no date; `said` keeps the words where they matter."""

    at: datetime | None = None
    precision: Precision | None = None
    said: str | None = None


UNKNOWN = When()


def parse(text: str, *, captured: datetime | None = None, day_first: bool | None = None) -> When:
    """What a printed time means. Without a zone it is taken as UTC; a bare day is its midnight, precision "day".

    A relative time is resolved against `captured` only, 03/04/2024 by `day_first` only; what cannot be read is kept
    in `said`. Never raises.
    """
    line = squeeze(text[: 4 * _LONGEST])
    if not line or len(line) > _LONGEST:
        return UNKNOWN
    if is_relative(line):
        return _relative(line, captured)
    if re.fullmatch(r"-?\d{9,16}(?:\.\d{1,9})?", line):
        return from_number(float(line))
    return _absolute(line, day_first) or When(said=line)


def from_number(value: float) -> When:
    """A Unix time in seconds, milliseconds or microseconds; or a year or YYYYMMDD written as a number."""
    if 1900 <= value <= 2100 or 19000101 <= value <= 21001231:
        return _absolute(str(int(value))) or When(said=str(int(value)))
    for scale in (1, 1e3, 1e6):
        if abs(value) / scale < 4.2e9:
            return _epoch(value / scale)
    return UNKNOWN


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


def _absolute(line: str, day_first: bool | None = None) -> When | None:
    for form in _FORMS:
        match = form.fullmatch(line)
        parts = {key: value for key, value in match.groupdict().items() if value} if match else None
        when = _build(parts, day_first) if parts else None
        if when:
            return when
    return None


def _build(found: dict[str, str], day_first: bool | None) -> When | None:
    day = _calendar(found, day_first)
    clock = _clock(found)
    if day is None or clock is None:
        return None
    try:
        at = datetime(*day, *clock)  # noqa: DTZ001
        aware = at.replace(tzinfo=zone(found["zone"], at) if "zone" in found else UTC)
        return When(aware, _precision(found, clock)) if aware.tzinfo and _plausible(aware) else None
    except ValueError:
        return None


def _calendar(found: dict[str, str], day_first: bool | None) -> tuple[int, int, int] | None:
    if "first" in found:
        pair = _day_and_month(int(found["first"]), int(found["second"]), found["mark"], day_first)
        return (int(found["year"]), pair[1], pair[0]) if pair else None
    month = _MONTHS[found["name"][:3].lower()] if "name" in found else int(found.get("month", 1))
    return int(found["year"]), month, int(found.get("day", 1))


def _day_and_month(first: int, second: int, mark: str, day_first: bool | None) -> tuple[int, int] | None:
    """23-04 and 23.04 name the day first; 04/23 can be told apart, 03/04 only by the habit of the place."""
    if mark != "/" or first > 12 or first == second or (day_first and second <= 12):
        return first, second
    return (second, first) if second > 12 or day_first is False else None


def _clock(found: dict[str, str]) -> tuple[int, int, int] | None:
    hour = int(found.get("hour") or found.get("hour2") or 0)
    minute = found.get("minute") or found.get("minute2")
    if "hour" in found and minute is None and "half" not in found:
        return None
    if half := found.get("half", "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(minute or 0), min(int(found.get("sec") or found.get("sec2") or 0), 59)


def _precision(found: dict[str, str], clock: tuple[int, int, int]) -> Precision:
    if clock == (0, 0, 0) and "zone" not in found and "half" not in found:
        # Midnight to the second and without a zone is how data sets write a bare day.
        if "day" in found or "first" in found:
            return "day"
        return "month" if "month" in found or "name" in found else "year"
    if "sec" in found or "sec2" in found:
        return "second"
    return "minute" if "minute" in found or "minute2" in found else "hour"


def _plausible(at: datetime) -> bool:
    return 1900 <= at.year <= 2100
