"""Dates as a reader prints them: no more precise than they are known."""

from __future__ import annotations

from datetime import date, datetime

from ingest.types import Precision

_DAY = "{0.day} {0:%B %Y}"
_FORMATS = {"year": "{0:%Y}", "month": "{0:%B %Y}", "day": _DAY, "hour": _DAY + ", {0:%H} h {0:%Z}"}
_FULL = _DAY + ", {0:%H:%M} {0:%Z}"


def printed(at: date | datetime | None, precision: Precision | None, said: str | None = None) -> str:
    """Such as "7 October 2026" or "October 2026"; where there is no date "undated", with the page's own words."""
    if at is None:
        return f"undated (“{said}”)" if said else "undated"
    return _FORMATS.get(precision or "day", _FULL).format(at)
