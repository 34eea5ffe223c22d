"""Replies to a greeting or thanks, and to questions about the archive, which its own counts answer."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain

from assistant.question.broad import NEWS, NEWSPAPERS, words_of
from assistant.question.outlets import named_sources
from assistant.wording import aged, counted, day
from ingest.database.store import Store
from ingest.language.english import ARTICLES, ASKING, PERSONAL, STOPWORDS
from ingest.language.tongues import ENGLISH, function_words
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
_PARTING, _THANKS = frozenset("bye goodbye goodnight".split()), frozenset("cheers thank thanks thx".split())
_COURTESY = _PARTING | _THANKS | frozenset("afternoon evening greetings hello hey hi morning".split())
_POLITE = frozenset("amazing awesome brilliant cool excellent lot lovely mate nice perfect super wonderful".split())
_OURS = frozenset("archive collection database dateline here library you your yours".split())
_OUTLETS = NEWSPAPERS | frozenset("outlet outlets publications sources".split())
_COUNTED = frozenset("all any list many number total which what".split())
_HOLDING = (ARTICLES | _OUTLETS | _COUNTED) - {"any", "what"} | frozenset(
    "archive back big collection contain cover covered database date earliest far go include latest library most "
    "newest old oldest recent show stored up".split()
)
_PLURAL = frozenset("articles newspapers outlets papers publications reports sources stories".split())
_POINTS_BACK = PERSONAL | {"these", "those", "why", "where"}
_ABLE = frozenset("ask capable get got help i kind know made questions tell use work".split())


def remarks(question: str, store: Store, now: datetime) -> tuple[str, ...]:
    """The sentences of the reply; none to a question about the news.

    Every word of the question has to be one of a greeting, or one that asks about an archive and what it holds; where
    articles are counted, it may name an outlet.
    """
    words = set(words_of(question))
    if words & _COURTESY and (words <= {*_COURTESY, "how", "are", "you"} or not words & (NEWS | ASKING | PERSONAL)):
        return () if words - _COURTESY - _POLITE - function_words(ENGLISH) else _returned(words)
    named = named_sources(question, store.outlets()) if "many" in words else {}
    asked = words - (STOPWORDS - {"your", "you", *_COUNTED}) - {*words_of(" ".join(named))}
    counted_alone = bool(asked & (ARTICLES | _OUTLETS) and asked & _COUNTED) and asked <= _PLURAL | _COUNTED
    if words & _POINTS_BACK or not (asked & _OURS or counted_alone) or asked - _OURS - _HOLDING - _COUNTED - _ABLE:
        return ()
    if asked & _HOLDING:
        meant = Filter(outlets=tuple(sorted({*chain.from_iterable(named.values())})))
        return _held(store, now, meant, outlets=bool(words & _OUTLETS))
    return _ABILITIES if words & (_ABLE | {"do", "who"}) else ()


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
        told.append(f"The newest is from {day(newest)} ({aged(newest, now)}), the oldest from {day(oldest)}.")
    if outlets:
        named = ", ".join(f"{row.outlet} ({row.articles:,})" for row in rows[:NAMED])
        left = f", and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
        told.append(f"Those with most articles first: {named}{left}.")
    return tuple(told)
