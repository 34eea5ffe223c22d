"""Time zones as newspapers print them: "EDT", "Eastern Daylight Time", "+0200", "Europe/Paris", "Moscow time"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from ingest.language.calendar import calendar, folded_word

# What the tables of CLDR and of the tz database do not have, and of what means several times the one that is meant
# nearly always.
_MORE = {
    "z": ("standard", "UTC"),
    "ut": ("standard", "UTC"),
    "et": ("generic", "America/New_York"),
    "ct": ("generic", "America/Chicago"),
    "mt": ("generic", "America/Denver"),
    "pt": ("generic", "America/Los_Angeles"),
    "cst": ("standard", "America/Chicago"),
    "cdt": ("daylight", "America/Chicago"),
    "pst": ("standard", "America/Los_Angeles"),
    "ist": ("standard", "Asia/Kolkata"),
    "ict": ("standard", "Asia/Bangkok"),
    "sgt": ("standard", "Asia/Singapore"),
    "pht": ("standard", "Asia/Manila"),
    "mez": ("standard", "Europe/Berlin"),
    "mesz": ("daylight", "Europe/Berlin"),
    "msk": ("standard", "Europe/Moscow"),
}
_NUMERIC = re.compile(r"(?:UTC|GMT|UT|Z)? ?([+-])(\d{1,2}):?(\d{2})?(?::?\d{2})?", re.IGNORECASE)


def zone(name: str, at: datetime) -> tzinfo | None:
    """The zone that the name means on that day; None for a name that is not known."""
    name = name.strip()
    if match := _NUMERIC.fullmatch(name):
        return _offset(match[1], int(match[2]), int(match[3] or 0))
    kind, key = _named(name)
    try:
        return _at(kind, ZoneInfo(key), at) if key else None
    except (ZoneInfoNotFoundError, OverflowError, ValueError, OSError):
        return None


def _named(name: str) -> tuple[str, str]:
    """Which of a zone's times, and the key of the zone; no key for an unknown name."""
    key = folded_word(name)
    if found := _MORE.get(key) or calendar().zones.get(key):
        return found
    if "/" in name:
        return "generic", name if name in available_timezones() else ""
    return "generic", _cities().get(key.removesuffix(" time"), "") if key.endswith(" time") else ""


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    return {key.rpartition("/")[2].replace("_", " ").casefold(): key for key in sorted(available_timezones())}


def _at(kind: str, place: ZoneInfo, at: datetime) -> tzinfo:
    if kind == "generic":
        return timezone(at.replace(tzinfo=place).utcoffset() or timedelta())
    winter, summer = sorted(datetime(at.year, month, 2, tzinfo=place).utcoffset() or timedelta() for month in (1, 7))
    if kind == "standard":
        return timezone(winter) if winter else UTC
    return timezone(summer if summer > winter else winter + timedelta(hours=1))


def _offset(sign: str, hours: int, minutes: int) -> tzinfo | None:
    if hours > 14 or minutes > 59:
        return None
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if sign == "-" else span) if span else UTC
