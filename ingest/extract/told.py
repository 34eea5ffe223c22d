"""What a feed says of a page: for what the page does not say of itself, and to tell whether it is the page meant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from ingest.extract.byline.names import authors
from ingest.extract.draft import Draft
from ingest.extract.time.dates import When, parse
from ingest.types import Article, Told

_RUN = 5  # letters; on saved pages .98 of the headlines share enough such runs with their own text, .09 with another
_IN_COMMON = 0.4
_OPENING = 400
_BETWEEN = re.compile(r"[\W_]+")


def completed(draft: Draft, told: Told | None) -> Draft:
    """The draft with its gaps filled: title, times and authors."""
    if told is None:
        return draft
    return replace(
        draft,
        title=draft.title or told.title,
        published=_closer(draft.published, told.published),
        updated=draft.updated or _time(told.updated),
        authors=draft.authors or authors(*told.authors, outlet=draft.outlet),
        guid=told.guid,
    )


def is_meant(found: Article, said: Article) -> bool:
    """Whether the article of a page is the one that a feed tells of: it has the words of its headline or opening."""
    return any(_has(found, part) for part in (said.title, said.text[:_OPENING]))  # its own title may be the feed's


def shares_opening(one: Article, other: Article) -> bool:
    """Whether one of two articles has the words that the other opens with."""
    return _has(one, other.text[:_OPENING]) or _has(other, one.text[:_OPENING])


def _has(found: Article, words: str) -> bool:
    runs = _runs(words)
    return bool(runs) and len(runs & _runs(found.text)) >= _IN_COMMON * len(runs)


def _runs(text: str) -> set[str]:
    """The runs of letters in the words of a text, each word with the space around it."""
    words = (f" {word} " for word in _BETWEEN.split(text.casefold()) if len(word) > 2 or not word.isascii())
    return {word[at : at + _RUN] for word in words for at in range(max(1, len(word) - _RUN + 1))}


def _closer(page: When, told: str) -> When:
    """The page's own time; the feed's where the page gives none, or only the day that the feed gives the hour of."""
    feed = parse(told)
    if feed.at is None or page.precision in ("second", "minute", "hour"):
        return page
    same_day = page.at is not None and page.precision == "day" and page.at.date() == feed.at.date()
    return feed if page.at is None or same_day else page


def _time(words: str) -> datetime | None:
    return parse(words).at
