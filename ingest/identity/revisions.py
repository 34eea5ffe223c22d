"""Whether one article is what has become of another one that goes by the same name."""

from __future__ import annotations

from ingest.extract.titles import folded_title
from ingest.extract.told import is_meant, shares_opening
from ingest.language.text import squeeze
from ingest.stories.likeness import Reading, relation
from ingest.types import Article

_FULLER = 2  # times the text of a summary


def is_revision(one: Article, other: Article) -> bool:
    """Whether two texts are one report, written on: one holds the other, or they are copies of one another."""
    short, long = sorted((squeeze(one.text), squeeze(other.text)), key=len)
    return short in long or relation(Reading(one), Reading(other)) == "copy"


def is_akin(one: Article, other: Article) -> bool:
    """Whether two articles may tell of the same: one has the words of the headline or opening of the other."""
    return is_meant(one, other) or is_meant(other, one)


def is_same_page(one: Article, other: Article) -> bool:
    """Whether two texts can stand at addresses that differ in tracking alone."""
    same_title = folded_title(one.title) == folded_title(other.title)
    return is_revision(one, other) or _is_summary(one, other) or (same_title and shares_opening(one, other))


def is_same_entry(held: Article, entry: Article, *, is_named: bool | None) -> bool:
    """Whether what a feed says at the address of an article is that article, as it is by then.

    is_named  whether its guid is one that the article had before; None where it has none, or one that tells nothing
    """
    if is_revision(held, entry) or _is_summary(held, entry):
        return True
    if is_named is False:
        return False
    times = held.published, entry.published
    same_time = None not in times and times[0] == times[1]
    if is_named:
        return same_time or is_akin(held, entry)
    if same_time:
        return is_akin(held, entry)
    return None in times and shares_opening(held, entry)


def _is_summary(one: Article, other: Article) -> bool:
    """Whether one is far shorter than the other, which has the words of its headline or opening."""
    short, long = sorted((one, other), key=lambda article: len(article.text))
    return len(long.text) > _FULLER * len(short.text) and is_meant(long, short)
