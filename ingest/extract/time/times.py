"""Times printed on a web page: where it states none, and to learn in which zone its readers live."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import Any

from ingest.extract.field_names import key, role
from ingest.extract.time.dates import UNKNOWN, When, find, parse
from ingest.language.text import squeeze
from ingest.language.tongues import day_comes_first

_TIMES = "//time[@datetime]"
_DATED = "//*[contains(@class, 'ate') or contains(@class, 'ublish') or contains(@id, 'ate')]"
# Words of a class or id that mark the date of publication, and those that make it another date.
_NAMED = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[DP]))(?:[Dd]ate(?:line|time|Time)?|[Pp]ub-?[Dd]ate|[Pp]ublish(?:ed)?(?:-?[Dd]ate)?)(?![a-z])"
)
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)
_OTHER = re.compile(r"expir|event|birth|relat|due|start|end[_-]|comments?(?![a-z])", re.IGNORECASE)
_FURNITURE = frozenset({"nav", "aside", "header", "footer"})  # outside of the article; in it they are its own
_ARTICLES = frozenset({"article", "main"})
_OF_OTHERS = frozenset({"nav", "aside", "li", "article"})  # below the text
_NEAR = 4
_PROSE = 80  # letters of a paragraph in which a time is told, and not that of the article
_UNSEEN = "script or parent::style or parent::noscript"
# In JSON, or in JSON that stands in a string of a script.
_STATED = re.compile(
    r"\\?[\"'](?P<name>\w{4,40})\\?[\"']\s{0,2}:\s{0,2}\\?[\"'](?P<at>\d{4}-\d\d-\d\d[T ]?[\d:.+Z-]{0,20})\\?[\"']"
)
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


def in_data(tree: Any) -> When:
    """The one time of publication that the data in a page's scripts and attributes name.

    Of several none is known to be that of the article.
    """
    holding = tree.xpath("//script/text()[contains(., 'ub')] | //@*[contains(., 'ublish') and contains(., '{')]")
    said = (match for data in holding for match in _STATED.finditer(data))
    found = {match["at"] for match in said if _is_publication(match["name"])}
    return parse(found.pop()) if len(found) == 1 else UNKNOWN


def _is_publication(name: str) -> bool:
    known = role(name)
    return known is not None and known[0] == "published" and "pub" in key(name)


def in_local_time(when: When, tree: Any, stated: Iterable[str] = ()) -> When:
    """The same instant in the zone in which the page prints it: its readers' day, where a machine wrote UTC."""
    if not when.at or when.at.utcoffset() or when.precision not in ("second", "minute"):
        return when
    lines = chain(stated, _lines_of(tree))
    offset = next((offset for line in lines if (offset := _offset(line, when.at))), None)
    return When(when.at.astimezone(timezone(offset)), when.precision, when.said) if offset else when


def _lines_of(tree: Any) -> Iterator[str]:
    """The lines that print a time, as they are asked for."""
    yield from _marked(tree)
    yield from _head(tree)


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
    place = _Place(tree)
    times = (each for each in tree.xpath(_TIMES)[:_MOST] if place.holds(each) and not _is_prose(each))
    for element in sorted(times, key=_is_updated)[:2]:
        yield from filter(None, (element.get("datetime"), element.get("content"), _text(element)))
    named = (each for each in tree.xpath(_DATED)[:200] if _NAMED.search(_names(each)) and place.holds(each))
    for element in sorted(named, key=_is_updated):
        yield from filter(None, (element.get("title"), _text(element)))


class _Place:
    """Where the article is on a page: in what holds both its headline and its first long paragraph."""

    def __init__(self, tree: Any) -> None:
        head = next(iter(_heads(tree)), None)
        path = f"following::p[string-length(normalize-space()) > {_PROSE}][1]"
        self._above = set() if head is None else {*head.iterancestors()}
        self._text = next(iter(head.xpath(path)), None) if head is not None else None
        around = self._text.iterancestors() if self._text is not None else ()
        self._root = next((step for step in around if step in self._above), None)

    @cached_property
    def _later(self) -> set[Any]:
        return set() if self._text is None else {*self._text.xpath("following::*")}

    def holds(self, element: Any) -> bool:
        """Whether an element stands with the article, and not with another one or in the furniture of the page."""
        around = [element, *element.iterancestors()]
        if _is_of_other(element, self._above):
            return False
        if self._root is not None and self._root not in around:
            return False
        inside = [one for one in takewhile(lambda one: one is not self._root, around) if one not in self._above]
        if element in self._later and any(one.tag in _OF_OTHERS for one in inside):
            return False
        return not any(one.tag in _FURNITURE for one in inside) or any(one.tag in _ARTICLES for one in around)


def _is_prose(element: Any) -> bool:
    """Whether an element stands in a paragraph of running text, or is one."""
    around = [element, *islice(element.iterancestors(), 3)]
    return any(one.tag == "p" and len(_text(one)) > _PROSE for one in around)


def _is_of_other(element: Any, above: Collection[Any]) -> bool:
    """Whether what is around an element, but not what holds the headline, is named as an event, a comment, a box."""
    around = [element, *islice(element.iterancestors(), _NEAR - 1)]
    return any(_OTHER.search(_names(one)) for one in around if one not in above)


def _is_updated(element: Any) -> bool:
    return bool(_UPDATED.search(_names(element)))


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _head(tree: Any) -> list[str]:
    """The short lines from the headline to the first paragraph."""
    heads = _heads(tree)
    if not heads:
        return []
    path = f"following::text()[normalize-space() and not(parent::{_UNSEEN})]"
    above = takewhile(lambda text: not _is_prose(text.getparent()), heads[0].xpath(path)[:_MOST])
    holding = {*heads[0].iterancestors()}
    own = (text for text in above if not _is_of_other(text.getparent(), holding))
    return list(takewhile(lambda line: not _SENTENCE.fullmatch(line), map(squeeze, own)))


def _heads(tree: Any) -> list[Any]:
    """The element of the headline, if there is one."""
    return list(tree.xpath("//h1")[:1] or tree.xpath("//h2")[:1])


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
