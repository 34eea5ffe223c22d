"""Replies to a greeting or thanks, and to questions about the archive, which its own counts answer."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.broad import ARTICLES, NEWSPAPERS, words_of
from assistant.outlets import named_outlets
from assistant.wording import aged, counted, day
from ingest.archive.words import STOPWORDS
from ingest.database.store import Store
from ingest.types import Filter

NAMED = 12  # outlets that are named

_WELCOME = "You’re welcome."
_HELLO = "Hello."
_GOODBYE = "Goodbye."
_ABILITIES = (
    "I answer questions about the news from the articles in this archive, and show for each sentence the passage it "
    "rests on.",
    "Ask who, what, when, where, why or how many; or for a digest: “headlines”, “the latest on …”, “timeline of …”.",
)
_GREETING = frozenset("afternoon evening greetings hello hey hi morning".split())
_PARTING = frozenset("bye goodbye goodnight".split())
_THANKS = frozenset("cheers thank thanks thx".split())
_POLITE = frozenset(
    "again all amazing awesome brilliant cool day excellent fine good great help helpful kind lot lots lovely much "
    "nice now ok okay perfect really see so super there today too very well wonderful yes".split()
)
_OURS = frozenset("archive collection database dateline here library you your yours".split())
_OUTLETS = NEWSPAPERS | frozenset("outlet outlets publications sources".split())
_HELD = ARTICLES | _OUTLETS
_ASKED_OF_THEM = frozenset(
    "any all back contain cover covered earliest far get go got hold include latest list many most newest number old "
    "oldest recent show stored there total up".split()
)
# Words that ask about the news: of somebody, of a time, of a report among others.
_POINTS_BACK = frozenset("he her him his it its she their them they these those why when where".split())
_CHOOSING = frozenset("cover covered include latest newest oldest earliest recent article paper report".split())
_COUNTING = frozenset("list many which what".split())
_ASKED_OF_US = frozenset("ask capable help i know made questions tell use work".split())


def remarks(question: str, store: Store, now: datetime) -> tuple[str, ...]:
    """The sentences of the reply; none to a question about the news.

    Every word of the question has to be one of a greeting, or one that asks about an archive and what it holds; where
    articles are counted, it may name an outlet.
    """
    words = set(words_of(question.replace("’", "'").replace("'s ", " is ")))
    if words & _POINTS_BACK:
        return ()
    courtesy = _GREETING | _PARTING | _THANKS
    if words & courtesy and not words - courtesy - _POLITE - STOPWORDS:
        return _returned(words)
    named = named_outlets(question, store.outlets()) if "many" in words else ()
    asked = words - (STOPWORDS - {"your", "you"}) - {*words_of(" ".join(named))}
    pointed = words & _OURS or (words & _HELD and words & _COUNTING and not words & _CHOOSING)
    if not pointed or asked - _OURS - _HELD - _ASKED_OF_THEM - _ASKED_OF_US:
        return ()
    if words & (
        _HELD | _ASKED_OF_THEM - {"all", "any", "get", "got"} | {"archive", "collection", "database", "library"}
    ):
        return _held(store, now, Filter(outlets=named), outlets=bool(words & _OUTLETS))
    return _ABILITIES if words & (_ASKED_OF_US | {"do", "who"}) else ()


def _returned(words: set[str]) -> tuple[str, ...]:
    """A greeting or thanks in return."""
    if words & _THANKS:
        return _WELCOME, _ABILITIES[-1]
    return (_GOODBYE,) if words & _PARTING else (_HELLO, _ABILITIES[-1])


def _held(store: Store, now: datetime, filters: Filter, *, outlets: bool) -> tuple[str, ...]:
    """How much the archive holds of what a filter lets in, from whom and of when."""
    summary, rows = store.summary(filters), store.count_by_outlet()
    if not summary.articles:
        return ("The archive holds no articles yet.",)
    whose = ", ".join(filters.outlets) or counted(len(rows), "outlet")
    told = [f"The archive holds {counted(summary.articles, 'article')} from {whose}."]
    if summary.newest is not None:
        newest, oldest = (datetime.fromtimestamp(one, UTC) for one in (summary.newest, summary.oldest))
        told.append(f"The newest is of {day(newest)} ({aged(newest, now)}), the oldest of {day(oldest)}.")
    if outlets:
        named = ", ".join(f"{row.outlet} ({row.articles:,})" for row in rows[:NAMED])
        left = f", and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
        told.append(f"Those with most articles first: {named}{left}.")
    return tuple(told)
