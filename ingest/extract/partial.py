"""Whether a page holds the whole of its article, and what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.extract.stated.length import is_less
from ingest.extract.stated.linked import Linked
from ingest.extract.stated.paid import has_paid_part

FREE_PART = "only the free part is here"
CUT_OFF = "the page was cut off"
BEGINNING = "only its beginning is here"
SUMMARY = "only a summary is here"
HEADLINE = "only the headline is here"
LEFT_OUT = "a part of its page that may belong to it was left out"
ONE_PAGE = "one of several pages is here"
BROKEN = "the text breaks off"
LESS = "the page says that the article is longer"
EXCERPTS = frozenset({FREE_PART, BEGINNING, SUMMARY, HEADLINE})

_BREAKS_OFF = re.compile(r"(?:…|\.\.\.)[\"”’']?$")
_MUCH = 1 / 3
_OMITS = re.compile(r"(?:…|\[\.\.\.)[\"”’'\])]{0,2}$")  # as excerpts end; three dots may be the writer's own
_LONGEST_FREE, _LONGEST_TEASER = 2000, 600
_OPENED = re.compile(r"<(/?)(?:div|article|section|main|script|style|table)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as far as it tells what is missing: its source and tree, and what it says of itself.

    is_free  anybody may read the whole article, as far as it says
    offered  it offers to subscribe, or to log in, behind the text
    several  it says that the article has other pages
    """

    source: str
    tree: Any
    linked: Linked
    summary: str
    is_free: bool
    offered: bool
    several: bool


def missing(page: Seen, text: str) -> str | None:
    """Why only a part of an article is here, None where nothing says so."""
    if is_cut_off(page.source):
        return CUT_OFF
    if _is_free_part(page, text):
        return FREE_PART
    if page.several:
        return ONE_PAGE
    if len(text) < _LONGEST_FREE and _OMITS.search(text[-20:]):
        return BROKEN
    return LESS if is_less(text, page.linked, page.summary) else None


def _is_free_part(page: Seen, text: str) -> bool:
    """An offer behind a short text or one that breaks off; or a page that is not free, and a very short text.

    Most pages that say that they are not free were saved with their whole text, so that alone is no sign. A page
    that has text in the part which it names as not free holds it.
    """
    if page.offered and (len(text) < _LONGEST_FREE or _BREAKS_OFF.search(text[-20:])):
        return True
    if page.is_free or has_paid_part(page.tree, page.linked):
        return False
    return len(text) < _LONGEST_TEASER or bool(_BREAKS_OFF.search(text[-20:]))


def left_out(share: float) -> str | None:
    """Why only a part is here, where that share of what may be its text is not."""
    return LEFT_OUT if share > _MUCH else None


def is_cut_off(source: str) -> bool:
    """Whether a page stops in the middle: not closed, and with a tag or box left open.

    The last tags of a page may be left out in HTML, those of boxes may not.
    """
    end = source[-5000:].rstrip()
    if "</html" in end.lower() or "</body" in end.lower() or "<body" not in source.lower():
        return False
    in_tag, in_comment = (end.rfind(start) > end.rfind(stop) for start, stop in (("<", ">"), ("<!--", "-->")))
    return in_tag or in_comment or _left_open(source) > 0


def _left_open(source: str) -> int:
    return sum(-1 if match[1] else 1 for match in _OPENED.finditer(source))
