"""Times printed on a web page: where it states none, and to learn in which zone its readers live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import takewhile
from typing import Any

from ingest.extract.dates import UNKNOWN, When, parse
from ingest.text import squeeze

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4}\b| ?[+-]\d{2}:?\d{2})?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})"
)
_PRINTED = re.compile(
    rf"\b(?:{_CLOCK},? (?:on )?(?:[a-z]{{3,9}},? )?{_DATE}\b|{_DATE}\b(?:(?:,? at|,| \||T)? ?{_CLOCK})?)",
    re.IGNORECASE,
)
_TIMES = "//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]"
_DATED = "//*[contains(@class, 'date') or contains(@class, 'publish') or contains(@id, 'date')]"
_UNSEEN = "script or parent::style or parent::noscript"
_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|\b[A-Z]{2,4}T)\)?$")
_AMBIGUOUS = re.compile(r"\d{1,2}/\d{1,2}/\d{4}.{0,20}")
# What is above the first sentence is the head of the article.
_SENTENCE = re.compile(r".{80,}[.!?:][\"”’')]{0,2}|.{200}.*")
_MOST, _LONGEST, _LONGEST_AROUND = 60, 120, 60


def printed(tree: Any, *, day_first: bool | None = None) -> When:
    """The first date printed with the article: in <time>, where dates are marked, else between headline and text.

    The order of 03/04/2024 is told by `day_first`; where that is not known it is kept as it was said.
    """
    marked = (parse(line, day_first=day_first) for line in _marked(tree))
    found = next((when for when in marked if when.at and when.precision not in ("year", "month")), None)
    if found:
        return found
    head = [parse(line, day_first=day_first) for line in _dates(_head(tree))]
    return next((when for when in head if when.at or _AMBIGUOUS.fullmatch(when.said or "")), UNKNOWN)


def in_local_time(when: When, tree: Any, stated: Iterable[str] = ()) -> When:
    """The same instant in the zone in which the page prints it: its readers' day, where a machine wrote UTC."""
    if not when.at or when.at.utcoffset() or when.precision not in ("second", "minute"):
        return when
    lines = [*stated, *_marked(tree), *_dates(_head(tree))]
    offset = next((offset for line in lines if (offset := _offset(line, when.at))), None)
    return When(when.at.astimezone(timezone(offset)), when.precision, when.said) if offset else when


def _offset(line: str, at: datetime) -> timedelta | None:
    """How far from UTC a printed time is, when it is the same instant; of a time without a zone, when it can be."""
    other = parse(line)
    if not other.at or other.precision not in ("second", "minute"):
        return None
    if other.at.utcoffset() or _ZONED.search(line):
        same = abs(other.at - at) < timedelta(minutes=1)
        return other.at.utcoffset() if same else None
    ahead = other.at.replace(second=0) - at.astimezone(UTC).replace(second=0, microsecond=0)
    usual = ahead % timedelta(minutes=30) == timedelta(0) and timedelta(hours=-12) <= ahead <= timedelta(hours=14)
    return ahead if usual else None


def _marked(tree: Any) -> Iterator[str]:
    times = tree.xpath(_TIMES)[:2]
    for element in times:
        yield from filter(None, (element.get("datetime"), element.get("content"), _text(element)))
    for element in tree.xpath(_DATED)[:200]:
        yield _text(element)


def _head(tree: Any) -> list[str]:
    """The short lines from the headline to the first paragraph."""
    heads = tree.xpath("//h1")[:1] or tree.xpath("//h2")[:1]
    if not heads:
        return []
    path = f"following::text()[normalize-space() and not(parent::{_UNSEEN})]"
    lines = [squeeze(text) for text in heads[0].xpath(path)[:_MOST]]
    return list(takewhile(lambda line: not _SENTENCE.fullmatch(line), lines))


def _dates(lines: list[str]) -> Iterator[str]:
    for line in lines:
        found = _PRINTED.search(line) if len(line) <= _LONGEST else None
        if found and len(line) - len(found[0]) <= _LONGEST_AROUND:
            yield found[0]


def _text(element: Any) -> str:
    return squeeze(element.xpath("string()")[:400])
