"""Whether a page holds the whole of its article, and what is missing."""

from __future__ import annotations

import re

FREE_PART = "only the free part is here"
CUT_OFF = "the page was cut off"
BEGINNING = "only its beginning is here"
SUMMARY = "only a summary is here"
HEADLINE = "only the headline is here"
LEFT_OUT = "a part of its page that may belong to it was left out"

_OFFER = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|register|log in)\b.{0,30} to (?:keep|continue) reading\b|already a subscriber\?"
    r"|\b(?:subscribers|members)[- ]only\b|\b(?:for|to) subscribers only\b|subscribe to (?:read|unlock)",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.)[\"”’']?$")
_LONGEST_FREE = 2000
_MUCH = 1 / 3
_OPENED = re.compile(r"<(/?)(?:div|article|section|main|script|style|table)\b", re.IGNORECASE)


def missing(source: str, text: str, shown: str, *, is_free: bool) -> str | None:
    """Why only a part of an article is here, None where nothing says so.

    `source` is the page, `shown` all that it shows; `is_free` is false where the page says that its article must be
    paid for. Most pages that say so were saved with their whole text, so that alone is no sign.
    """
    if is_cut_off(source):
        return CUT_OFF
    offered = bool(_OFFER.search(shown))
    ends_early = bool(_BREAKS_OFF.search(text[-20:])) or (not is_free and len(text) < _LONGEST_FREE)
    return FREE_PART if ends_early and offered else None


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
