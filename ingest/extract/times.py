"""Times printed on a web page: where it states none, and to learn in which zone its readers live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice, takewhile
from typing import Any

from ingest.extract.dates import UNKNOWN, When, find, parse
from ingest.extract.language import day_comes_first
from ingest.text import squeeze

_TIMES = "//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]"
_DATED = "//*[contains(@class, 'ate') or contains(@class, 'ublish') or contains(@id, 'ate')]"
# Words of a class or id that mark the date of publication, and those that make it another date.
_NAMED = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[DP]))(?:[Dd]ate(?:line|time|Time)?|[Pp]ub-?[Dd]ate|[Pp]ublish(?:ed)?(?:-?[Dd]ate)?)(?![a-z])"
)
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)
_OTHER = re.compile(r"expir|event|birth|relat|due|start|end[_-]|comment", re.IGNORECASE)
_PROSE = 80  # letters of a paragraph in which a time is told, and not that of the article
_UNSEEN = "script or parent::style or parent::noscript"
_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|\b[A-Z]{2,4}T)\)?$")
_AMBIGUOUS = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/\d{4}.{0,20}")
# What is above the first sentence is the head of the article.
_SENTENCE = re.compile(r".{80,}[.!?:][\"”’')]{0,2}|.{200}.*")
_MOST, _LONGEST, _LONGEST_AROUND, _FEW_WORDS = 60, 120, 60, 2


def printed(tree: Any, *, language: str = "") -> When:
    """The first date printed with the article: in <time>, where dates are marked, else between headline and text.

    The order of 03/04/2024 is that of the page's language; where it does not tell, the words are kept as they are.
    """
    day_first = day_comes_first(language)
    marked = (parse(line, day_first=day_first, language=language) for line in _marked(tree))
    found = next((when for when in marked if when.at and when.precision not in ("year", "month")), None)
    if found:
        return found
    head = [_date_in(line, day_first, language) for line in _head(tree)]
    return next(filter(None, head), UNKNOWN)


def in_local_time(when: When, tree: Any, stated: Iterable[str] = ()) -> When:
    """The same instant in the zone in which the page prints it: its readers' day, where a machine wrote UTC."""
    if not when.at or when.at.utcoffset() or when.precision not in ("second", "minute"):
        return when
    lines = [*stated, *_marked(tree), *_head(tree)]
    offset = next((offset for line in lines if (offset := _offset(line, when.at))), None)
    return When(when.at.astimezone(timezone(offset)), when.precision, when.said) if offset else when


def _offset(line: str, at: datetime) -> timedelta | None:
    """How far from UTC a printed time is, when it is the same instant; of a time without a zone, when it can be."""
    found = find(line) if len(line) <= _LONGEST else None
    other = found.when if found else UNKNOWN
    if not other.at or other.precision not in ("second", "minute"):
        return None
    if other.at.utcoffset() or _ZONED.search(line):
        same = abs(other.at - at) < timedelta(minutes=1)
        return other.at.utcoffset() if same else None
    ahead = other.at.replace(second=0) - at.astimezone(UTC).replace(second=0, microsecond=0)
    usual = ahead % timedelta(minutes=30) == timedelta(0) and timedelta(hours=-12) <= ahead <= timedelta(hours=14)
    return ahead if usual else None


def _marked(tree: Any) -> Iterator[str]:
    times = sorted((each for each in tree.xpath(_TIMES)[:20] if not _is_told(each)), key=_is_updated)
    for element in times[:2]:
        yield from filter(None, (element.get("datetime"), element.get("content"), _text(element)))
    named = [element for element in tree.xpath(_DATED)[:200] if _NAMED.search(_names(element))]
    for element in sorted(named, key=_is_updated):
        if not _OTHER.search(_names(element)):
            yield _text(element)


def _is_told(element: Any) -> bool:
    """Whether a time stands in running text or in a comment."""
    around = [element, *islice(element.iterancestors(), 3)]
    return _is_prose(element) or any(_OTHER.search(_names(one)) for one in around)


def _is_prose(element: Any) -> bool:
    """Whether an element stands in a paragraph of running text, or is one."""
    around = [element, *islice(element.iterancestors(), 3)]
    return any(one.tag == "p" and len(_text(one)) > _PROSE for one in around)


def _is_updated(element: Any) -> bool:
    return bool(_UPDATED.search(_names(element)))


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _head(tree: Any) -> list[str]:
    """The short lines from the headline to the first paragraph."""
    heads = tree.xpath("//h1")[:1] or tree.xpath("//h2")[:1]
    if not heads:
        return []
    path = f"following::text()[normalize-space() and not(parent::{_UNSEEN})]"
    above = takewhile(lambda text: not _is_prose(text.getparent()), heads[0].xpath(path)[:_MOST])
    return list(takewhile(lambda line: not _SENTENCE.fullmatch(line), map(squeeze, above)))


def _date_in(line: str, day_first: bool | None, language: str) -> When | None:
    """The day that a line names, where it says little else; 03/04/2024 as it is said where its order is not known."""
    found = find(line, day_first=day_first, language=language) if len(line) <= _LONGEST else None
    if found is None:
        ambiguous = _AMBIGUOUS.search(line) if len(line) <= _LONGEST else None
        return When(said=ambiguous[0]) if ambiguous else None
    told = line.endswith((".", "!", "?")) and len(found.left) > _FEW_WORDS
    few = sum(map(len, found.left)) <= _LONGEST_AROUND and found.when.precision not in ("year", "month")
    return found.when if few and not told else None


def _text(element: Any) -> str:
    return squeeze(element.xpath("string()")[:400])
