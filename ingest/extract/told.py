"""What a feed says of a page, for what the page does not say of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ingest.extract.dates import When, parse
from ingest.extract.draft import Draft
from ingest.extract.names import authors
from ingest.types import Told


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


def _closer(page: When, told: str) -> When:
    """The page's own time; the feed's where the page gives none, or only the day that the feed gives the hour of."""
    feed = parse(told)
    if feed.at is None or page.precision in ("second", "minute", "hour"):
        return page
    same_day = page.at is not None and page.precision == "day" and page.at.date() == feed.at.date()
    return feed if page.at is None or same_day else page


def _time(words: str) -> datetime | None:
    return parse(words).at
