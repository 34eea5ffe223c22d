"""Times told from the moment of reading: "21 minutes ago", "an hour ago", "yesterday"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from ingest.language.units import SIZES
from ingest.types import Precision

# As a reader sees them on a page; `\b` is left out in front because pages glue the outlet to the number.
AGO = (
    r"(?:half an|an?|one|\d{1,4})[ \t]*"
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhdw])[ \t]+ago"
)
NEAR = r"(?:just now|moments ago|yesterday|today)"
RELATIVE = re.compile(rf"(?:about |around |over |updated |published |posted )?({AGO}|{NEAR})", re.IGNORECASE)

_PARTS = re.compile(r"(half an|an?|one|\d{1,4})\s*([a-z]{1,8})\s+ago")
_MOST = {"second": 59, "minute": 59, "hour": 23, "day": 31, "week": 5, "month": 12, "year": 50}
_UNITS = {
    "s": "second",
    "sec": "second",
    "m": "minute",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "d": "day",
    "w": "week",
}
# A week is told more loosely than a day, and there is no precision between day and month.
_PRECISION: dict[str, Precision] = {
    "second": "minute", "minute": "minute", "hour": "hour", "day": "day", "week": "month",
    "month": "month", "year": "year",
}  # fmt: skip
_NEAR = {
    "just now": (0.0, "minute"),
    "moments ago": (0.0, "minute"),
    "today": (0.0, "day"),
    "yesterday": (1.0, "day"),
}


def is_relative(text: str) -> bool:
    """Whether the whole text is a relative time."""
    return RELATIVE.fullmatch(text.strip()) is not None


def usual(text: str) -> bool:
    """Whether the amount is one that pages write: "21 minutes ago" is, "2421 minutes ago" is not."""
    amount, unit = _amount(text) or (0.0, "minute")
    return amount <= _MOST[unit]


def resolve(text: str, captured: datetime) -> tuple[datetime, Precision] | None:
    """The time meant, counted back from when the page was captured, cut down to what the words tell."""
    found = _amount(text)
    if not found:
        return None
    amount, unit = found
    try:
        at = captured.astimezone(UTC) - timedelta(seconds=amount * float(SIZES[unit][1]))
    except OverflowError:
        return None
    return _floor(at, _PRECISION[unit]), _PRECISION[unit]


def _amount(text: str) -> tuple[float, str] | None:
    match = RELATIVE.fullmatch(text.strip())
    if not match:
        return None
    words = match[1].lower()
    if words in _NEAR:
        return _NEAR[words]
    count, unit = _PARTS.fullmatch(words).groups()  # type: ignore[union-attr]
    singular = unit if len(unit) == 1 else unit.removesuffix("s")
    return {"half an": 0.5, "a": 1.0, "an": 1.0, "one": 1.0}.get(count) or float(count), _UNITS.get(
        singular, singular
    )


def _floor(at: datetime, precision: Precision) -> datetime:
    at = at.replace(second=0, microsecond=0)
    if precision in ("day", "month", "year"):
        at = at.replace(hour=0, minute=0)
    if precision in ("month", "year"):
        at = at.replace(day=1)
    return at.replace(month=1) if precision == "year" else at
