"""What a question says of where and when it is to be looked for: a filter and an order, and the rest of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.outlets import named_outlets, without_sources
from assistant.times import named_times, wants_newest, without_times
from assistant.types import AskRequest, Filter, SearchOrder
from ingest.words import content_words

# Words with which all news is asked for: "what happened?", "show me the latest headlines".
_OF_ALL = frozenset(
    "any article articles coverage day developments getting give going happen happened happening happens headline "
    "headlines important latest main me most new newest news newspaper newspapers papers press published recent "
    "report reported reporting reports say says show stories story sum summarise summarize summary tell today told "
    "top up update updates week world write writes written".split()
)


@dataclass(frozen=True)
class Narrowed:
    """A question less what its filter and its order stand for.

    sought    what is looked for; nothing where all news is asked for
    filters   those of the request, else those that the question names
    """

    sought: str
    filters: Filter
    order: SearchOrder


def narrow(
    request: AskRequest, standalone: str, outlets: Iterable[str], today: date, *, from_year: int = 0
) -> Narrowed:
    """What the request asks for on a day; it can decline to have filters read out of its words.

    Only its own words narrow it, not those that a follow-up is lent by the question before. The articles begin in
    `from_year`.
    """
    known, asked = list(outlets), request.question
    filters, order = request.filters, request.order or "relevance"
    if request.read_filters:
        if not filters.outlets:
            filters = filters.model_copy(update={"outlets": named_outlets(asked, known)})
        if not (filters.since or filters.until):
            since, until = named_times(without_sources(asked, known), today, from_year=from_year)
            filters = filters.model_copy(update={"since": since, "until": until})
        if request.order is None and wants_newest(asked):
            order = "newest"
    everywhere = without_sources(standalone, known)
    sought = without_times(everywhere, today, from_year=from_year)
    bare = without_times(everywhere, today, from_year=from_year, days=True)
    if (filters or order == "newest") and not (any(map(str.isalnum, bare)) and set(content_words(bare)) - _OF_ALL):
        return Narrowed("", filters, "newest")
    return Narrowed(sought or standalone, filters, order)
