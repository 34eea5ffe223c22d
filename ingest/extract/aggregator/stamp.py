"""The line of an aggregator that says outlet and time, often glued together: "Yahooa day ago"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ingest.extract.time.dates import parse
from ingest.extract.time.relative import AGO, NEAR, is_relative, usual

_MONTH = r"[^\W\d_]{3,12}\.?"  # whether it is one is told by the reader of dates
_DATE = (
    r"(?:\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}-\d{2}-\d{2}"
    rf"|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}})(?:,? \d{{1,2}}:\d{{2}})?"
)
# The alternative text of a clock icon, saved together with the time.
_ICON = r"(?:time[ \t]*)?"
_TIME = re.compile(rf"{_ICON}({AGO}|{NEAR}|{_DATE})", re.IGNORECASE)
# With the case as it is printed: the "a" of "a day ago" is never the capital of an outlet.
_AGO_GLUED = re.compile(rf"{_ICON}({AGO}|{NEAR})")
_DATE_GLUED = re.compile(rf"{_ICON}({_DATE})")
_LONGEST_NAME, _LONGEST_TIME = 60, 40
_SENTENCE_END = (".", "!", "?", ":", ",", ";", "…")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Outlet and time of an article as they are printed; no outlet where the line holds only a time."""

    outlet: str
    said: str


def time_of(line: str) -> str:
    """The time that a line consists of, without its icon; empty for any other line."""
    match = _TIME.fullmatch(line.strip()) if len(line) <= _LONGEST_TIME else None
    return match[1] if match and _is_time(match[1]) else ""


def is_outlet(line: str) -> bool:
    """Whether a line may be an outlet's name: short, with a letter, not a sentence and not a time."""
    name = line.strip()
    return (
        1 < len(name) <= _LONGEST_NAME
        and not name.endswith(_SENTENCE_END)
        and name[0].isalnum()
        and any(letter.isalpha() for letter in name)
        and len(name.split()) <= 7
        and not name.lower().startswith("by ")
        and not time_of(name)
    )


def glued(line: str, known: Collection[str] = ()) -> Stamp | None:
    """Outlet and time on one line, with or without space between them.

    Digits of the name may run into those of the time. A name in `known` decides; else the time gets as many
    digits as make a usual amount: "France 2421 minutes ago" is France 24 and 21 minutes.
    """
    line = line.strip()
    if len(line) > _LONGEST_NAME + _LONGEST_TIME:
        return None
    stamps = [stamp for start in range(2, len(line)) if (stamp := _split(line, start))]
    return next((stamp for stamp in stamps if stamp.outlet in known), stamps[0] if stamps else None)


def _split(line: str, start: int) -> Stamp | None:
    match = _AGO_GLUED.fullmatch(line, start) or _DATE_GLUED.fullmatch(line, start)
    if not match or (match[1].startswith("0") and is_relative(match[1])) or not _is_time(match[1]):
        return None
    outlet = line[:start].strip(" \t-–—|·•,")
    return Stamp(outlet, match[1]) if is_outlet(outlet) else None


def _is_time(said: str) -> bool:
    return usual(said) if is_relative(said) else parse(said).at is not None or "/" in said
