"""A saved page of a news aggregator into the several articles that it shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.errors import NotAnArticle
from ingest.extract.aggregator.furniture import body, ends
from ingest.extract.aggregator.stamp import Stamp, glued, is_outlet, time_of
from ingest.extract.byline.origin import dateline
from ingest.extract.draft import Draft, article
from ingest.extract.time.dates import parse
from ingest.extract.titles import folded_title
from ingest.language.text import clean
from ingest.types import Article, Page

_BULLET = re.compile(r"[•·▪‣*-]\s*(?P<label>.{1,60})")
_TITLE = range(4, 301)
_SHORT = 12  # characters; a shorter line is a title only where it is printed twice
_MOST_BULLETS = 4


@dataclass(frozen=True, slots=True)
class Header:
    """The lines above a text: its title, printed more than once, outlet and time.

    `start` and `end` are line numbers, `end` that of the first line below.
    """

    title: str
    stamp: Stamp
    start: int
    end: int


def is_aggregator(text: str) -> bool:
    """Whether a text is such a page: an article's header stands near its top, in the layout of one."""
    return bool(headers(_lines(text[:20_000])))


def extract(text: str, page: Page) -> list[Article]:
    """The articles of the page, in its order. Raises NotAnArticle where none has a text."""
    lines = _lines(text)
    found = headers(lines)
    ends_at = [header.start for header in found[1:]] + [len(lines)]
    drafts = [
        _draft(header, lines[header.end : end], page.captured) for header, end in zip(found, ends_at, strict=True)
    ]
    articles = [article(draft, page) for draft in drafts if draft.text]
    if not articles:
        raise NotAnArticle("the page lists articles without their text")
    return articles


def headers(lines: Sequence[str]) -> list[Header]:
    """The headers in the lines of a page; two passes, for the second knows the outlets of the first."""
    known: set[str] = set()
    for _ in range(2):
        found = _pass(lines, known)
        known = {header.stamp.outlet for header in found if header.stamp.outlet in lines}
    return found


def _pass(lines: Sequence[str], known: Collection[str]) -> list[Header]:
    found: list[Header] = []
    number = 0
    while number < len(lines):
        header = _header(lines, number, known)
        if header:
            found.append(header)
        number = header.end if header else number + 1
    return found


def _header(lines: Sequence[str], start: int, known: Collection[str]) -> Header | None:
    """The header that begins with this line: title, title again, outlet and time, bullets, title again."""
    title = lines[start]
    if len(title) not in _TITLE or _BULLET.fullmatch(title) or ends(title):
        return None
    number, before = _titles(lines, start, title)
    stamp, number = _stamp(lines, number, known)
    if not stamp:
        return None
    number, labels = _bullets(lines, number)
    number, after = _titles(lines, number, title)
    labelled = stamp.outlet in labels and len(title) >= _SHORT
    if before + after < 2 and not labelled:
        return None
    return Header(title, stamp, start, number)


def _titles(lines: Sequence[str], number: int, title: str) -> tuple[int, int]:
    """Past the blank lines and repetitions of the title; the line that follows, and how many there were."""
    count, end = 0, number
    while number < len(lines) and (not lines[number] or _same(lines[number], title)):
        if lines[number]:
            count, end = count + 1, number + 1
        number += 1
    return end, count


def _stamp(lines: Sequence[str], number: int, known: Collection[str]) -> tuple[Stamp | None, int]:
    number = _skip_blank(lines, number)
    line = lines[number] if number < len(lines) else ""
    below = _skip_blank(lines, number + 1)
    said = time_of(lines[below]) if below < len(lines) else ""
    if said and is_outlet(line):
        return Stamp(line, said), below + 1
    return glued(line, known), number + 1


def _bullets(lines: Sequence[str], number: int) -> tuple[int, list[str]]:
    """Past the list of outlet and section that one layout prints between time and title."""
    labels: list[str] = []
    below = _skip_blank(lines, number)
    while below < len(lines) and len(labels) < _MOST_BULLETS and (match := _BULLET.fullmatch(lines[below])):
        labels.append(match["label"].strip())
        number = below + 1
        below = _skip_blank(lines, number)
    return number, labels


def _skip_blank(lines: Sequence[str], number: int) -> int:
    while number < len(lines) and not lines[number]:
        number += 1
    return number


def _draft(header: Header, lines: list[str], captured: datetime | None) -> Draft:
    found = body(lines)
    written = dateline(found.text)
    return Draft(
        text=found.text[written.end :] if written and written.bare else found.text,
        title=header.title,
        outlet=header.stamp.outlet,
        origin=written.origin if written else found.origin,
        published=parse(header.stamp.said, captured=captured),
    )


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in clean(text).split("\n")]


def _same(line: str, title: str) -> bool:
    return line == title or folded_title(line) == folded_title(title)
