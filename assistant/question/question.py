"""A question, read once: what is looked for, where and when, in which order, and how it is to be answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from assistant.question.broad import FILLING, NEWS, Broad
from assistant.question.outlets import named_outlets, named_sources, source_spans, without_sources
from assistant.question.parts import own_and_lent, parts_of
from assistant.question.records import RecordQuestion
from assistant.question.several import things
from assistant.question.times import fresh_from, named_day, named_times, wants_newest, without_times
from assistant.types import AskRequest, Filter, SearchOrder
from ingest.language.english import content_words
from ingest.language.names import names_in
from ingest.language.tongues import ENGLISH

# "Do the Tide and the Gazette agree on the cause?" looks in each for the cause.
_COMPARES = re.compile(
    r"\A(?:how |where |why |in what ways? )?(?:do|does|did) (?:both |the |and |, ?){0,4}"
    r"(?:agree|disagree|differ)s?(?: with)? (?:on|about|over|in)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Inquiry:
    """One thing to look for.

    sought   the words; none where all news is asked for
    filters  where it is looked for
    day      the day that is asked about: what was printed on it goes first
    said     how a reader is told of it, where there are several
    """

    sought: str
    filters: Filter
    said: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Question:
    """What is asked for: one thing, or one for each of what is compared.

    text     the question as it can be understood alone
    filters  those of the request, else those that the question names
    broad    that it asks for a digest of the news of it
    apart    what it asks about, clause by clause, to look for where nothing answers the whole; none for a short one
    reports  whether these are told by several reports that it names, so that none answers the whole
    record   how it is answered from the record of an article, where it asks about one
    fresh_from  the day from which reports are new enough; None where any are
    """

    text: str
    inquiries: tuple[Inquiry, ...]
    filters: Filter
    order: SearchOrder
    broad: Broad | None = None
    apart: tuple[Inquiry, ...] = ()
    reports: bool = False
    record: RecordQuestion | None = None
    fresh_from: date | None = None

    @property
    def about(self) -> bool:
        """Whether it asks about something, and not for all news."""
        return any(inquiry.sought for inquiry in self.inquiries)

    @classmethod
    def read(
        cls,
        request: AskRequest,
        text: str,
        outlets: Sequence[str],
        today: date,
        *,
        from_year: int = 0,
        read_times: bool = True,
    ) -> Question:
        """What the request asks for on a day; it can decline to have filters read out of its words.

        Only its own words narrow it, not those that a follow-up is lent by the question before. The articles begin in
        `from_year`; times are not read where it is known that there are no articles of then.
        """
        asked, filters, order = request.question, request.filters, request.order or "relevance"
        day = fresh = None
        if request.read_filters:
            day, fresh = named_day(asked, today), fresh_from(asked, today, from_year=from_year)
            filters = _filters(request, outlets, today, from_year=from_year if read_times else None)
            if request.order is None and wants_newest(asked):
                order = "newest"
        question = partial(cls, text, filters=filters, fresh_from=fresh)
        rest = partial(_rest, outlets=outlets, today=today, from_year=from_year)

        if record := RecordQuestion.read(text):
            return question((Inquiry(record.about, filters),), order=order, record=record)
        broad = Broad.read(rest(text, days=True, keep_latest=True))
        alone = bool(filters or order == "newest") and not _is_about(rest(text, days=True))
        if alone or (broad and not broad.topic):
            latest: SearchOrder = order if broad and broad.order == "oldest" else "newest"
            return question((Inquiry("", filters, day=day),), order=latest, broad=broad or Broad(""))
        named = {} if request.filters.outlets or not request.read_filters else named_sources(asked, outlets)
        apart = [
            Inquiry(rest(part) or part, filters.model_copy(update={"outlets": found} if found else {}), said, day)
            for part, found, said in _compared(text, named, outlets)
        ]
        one = Inquiry(broad.topic if broad and not apart else rest(text) or text, filters, day=day)
        if broad and not apart:
            return question((one,), order=order, broad=broad)
        several = _several(request, outlets, today)
        reports = len(several) > 1 and len(source_spans(asked, outlets)) > 1
        return question(tuple(apart) or (one,), order=order, apart=several, reports=reports)


def _rest(
    text: str, *, outlets: Sequence[str], today: date, from_year: int, days: bool = False, keep_latest: bool = False
) -> str:
    """The text without its sources and times, and without the days and "the latest on" as is asked for."""
    bare = without_sources(text, outlets)
    if len(named_sources(text, outlets)) > 1:
        bare = _COMPARES.sub("", bare)
    return without_times(bare, today, from_year=from_year, days=days, latest=not keep_latest)


def _filters(request: AskRequest, outlets: Sequence[str], today: date, *, from_year: int | None) -> Filter:
    """Those of the request, and for the rest those that its question names; no times without `from_year`."""
    asked, filters = request.question, request.filters
    if from_year is not None:
        since, until = named_times(without_sources(asked, outlets), today, from_year=from_year)
        since, until = filters.since or since, filters.until or until
        if not (since and until and since > until):
            filters = filters.model_copy(update={"since": since, "until": until})
    return filters if filters.outlets else filters.model_copy(update={"outlets": named_outlets(asked, outlets)})


def _several(request: AskRequest, outlets: Sequence[str], today: date) -> tuple[Inquiry, ...]:
    """Each thing that a long question asks about; a time that it names is that of one of the reports it means."""
    found = things(request.question, outlets)
    free = request.read_filters and not request.filters.outlets
    return tuple(
        Inquiry(
            without_times(one.sought, today, days=True) or one.sought,
            request.filters.model_copy(update={"outlets": one.outlets} if free and one.outlets else {}),
            one.said,
            named_day(one.said, today),
        )
        for one in found
        if len(found) > 1
    )


def _compared(
    standalone: str, named: dict[str, tuple[str, ...]], outlets: Sequence[str]
) -> list[tuple[str, tuple[str, ...], str]]:
    """The texts to look for apart, each with its own outlets and how it is said; none for a question of one thing."""
    own, lent = own_and_lent(standalone)
    parts = parts_of(own)
    sources_alone = len(named) > 1 and all(part.said.removeprefix("the ") in named for part in parts)
    each_named = len(parts) > 1 and len(named) < 2 and all(names_in(part.question, ENGLISH) for part in parts)
    if (parts[0].apart and not sources_alone) or each_named:
        lending = f" ({lent})" if lent else ""
        return [(f"{part.question}{lending}", named_outlets(part.said, outlets), part.said) for part in parts]
    return [(standalone, found, name) for name, found in named.items()] if len(named) > 1 else []


def _is_about(text: str) -> bool:
    """Whether it asks about something, and not for all news."""
    return any(map(str.isalnum, text)) and bool(set(content_words(text)) - NEWS - FILLING)
