"""Names of time zones as newspapers print them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = {
    "Z": 0.0, "UTC": 0, "GMT": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "SAST": 2, "IST": 5.5, "PKT": 5, "ICT": 7, "WIB": 7, "SGT": 8, "HKT": 8, "PHT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "HST": -10,
}  # fmt: skip
# Said without "standard" or "daylight": which of the two depends on the day.
_PLACES = {
    "ET": ("America/New_York", -5), "CT": ("America/Chicago", -6),
    "MT": ("America/Denver", -7), "PT": ("America/Los_Angeles", -8),
}  # fmt: skip
_NUMERIC = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")

NAMES = "|".join(sorted([*_HOURS, *_PLACES], key=len, reverse=True))


def zone(name: str, at: datetime) -> tzinfo | None:
    """The zone that the name means on that day: "EDT", "ET", "+0200", "Z"; None for a name that is not known."""
    name = name.strip().upper()
    if match := _NUMERIC.fullmatch(name):
        return _offset(match[1], int(match[2]), int(match[3] or 0))
    if name in _PLACES:
        return _place(*_PLACES[name], at)
    hours = _HOURS.get(name)
    return None if hours is None else timezone(timedelta(hours=hours))


def _offset(sign: str, hours: int, minutes: int) -> tzinfo | None:
    if hours > 14 or minutes > 59:
        return None
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if sign == "-" else span) if span else UTC


def _place(key: str, standard: int, at: datetime) -> tzinfo:
    try:
        return timezone(ZoneInfo(key).utcoffset(at) or timedelta(hours=standard))
    except (ZoneInfoNotFoundError, OverflowError):
        return timezone(timedelta(hours=standard))
