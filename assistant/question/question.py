"""A question, read once: what is looked for, where and when, in which order, and how it is to be answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from assistant.question.broad import FILLING, NEWS, Broad
from assistant.question.outlets import named_outlets, named_sources, source_spans, without_sources
from assistant.question.parts import Part, own_and_lent, parts_of
from assistant.question.records import RecordQuestion, without_asking
from assistant.question.several import Thing, things
from assistant.question.times import Times, moment_meant, wants_newest
from assistant.types import AskRequest, Filter, SearchOrder
from ingest.language.english import content_words
from ingest.language.names import names_in
from ingest.language.text import squeeze
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
    lent     the words that it was lent by the question before
    parts    what is asked for one after the other, where that is more than one thing
    said     how a reader is told of it, where there are several
    day      the day that is asked about: what was printed on it goes first
    around   the bygone day around which it was news; None for what is news now
    """

    sought: str
    filters: Filter
    lent: str = ""
    parts: tuple[str, ...] = ()
    said: str = ""
    day: date | None = None
    around: date | None = None

    @property
    def text(self) -> str:
        """The words with those that it was lent."""
        return f"{self.sought} ({self.lent})" if self.lent else self.sought


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

    def without_times(self, asked: Filter) -> Question:
        """The same with the days of the request alone."""
        days = asked.model_dump(include={"since", "until"})
        inquiries = (replace(one, filters=one.filters.model_copy(update=days)) for one in self.inquiries)
        return replace(self, filters=self.filters.model_copy(update=days), inquiries=tuple(inquiries))

    def without_its_filters(self, asked: Filter) -> Question:
        """The same with the filters of the request alone."""
        inquiries = (replace(one, filters=asked) for one in self.inquiries)
        return replace(self, filters=asked, inquiries=tuple(inquiries))

    @classmethod
    def read(
        cls, request: AskRequest, text: str, outlets: Sequence[str], today: date, *, from_year: int = 0
    ) -> Question:
        """What the request asks for on a day; it can decline to have filters read out of its words.

        Only its own words narrow it, not those that a follow-up is lent by the question before. The articles begin in
        `from_year`.
        """
        asked, order = request.question, request.order or "relevance"
        own, lent = own_and_lent(text, asked)
        reading = partial(_times, outlets=outlets, today=today, from_year=from_year)
        times = reading(own)
        typed = times if own == squeeze(asked) else reading(asked)
        filters, free = request.filters, request.read_filters
        if free:
            filters = _filters(request, outlets, typed.bounds)
            if request.order is None and wants_newest(asked):
                order = "newest"
        inquiry = partial(_inquiry, today=today, day=typed.day, free=free)
        question = partial(cls, text, filters=filters, fresh_from=typed.fresh_from if free else None)

        if record := RecordQuestion.read(text):
            article = Inquiry(without_asking(own), filters, without_asking(lent))
            return question((article,), order=order, record=record)
        parts = parts_of(own)
        broad = Broad.read(times.without(days=True, latest=False), lent) if len(parts) == 1 else None
        alone = bool(filters or order == "newest") and not _is_about(f"{times.without(days=True)} {lent}")
        if alone or (broad and not broad.topic):
            latest: SearchOrder = order if broad and broad.order == "oldest" else "newest"
            return question((inquiry("", filters),), order=latest, broad=broad or Broad(""))
        named = {} if request.filters.outlets or not free else named_sources(asked, outlets)
        apart = [
            inquiry(
                reading(part).without() or part,
                filters.model_copy(update={"outlets": found} if found else {}),
                lent,
                said=said,
            )
            for part, found, said in _compared(own, parts, named, outlets)
        ]
        if broad and not apart:
            return question((inquiry(broad.topic, filters),), order=order, broad=broad)
        each = tuple(reading(part.question).without() for part in parts if len(parts) > 1 and not part.apart)
        one = inquiry(times.without() or own, filters, lent, parts=each)
        several = _several(request, outlets, today)
        reports = len(several) > 1 and len(source_spans(asked, outlets)) > 1
        return question(tuple(apart) or (one,), order=order, apart=several, reports=reports)


def _times(text: str, *, outlets: Sequence[str], today: date, from_year: int) -> Times:
    """What the text says of time, without its sources."""
    bare = without_sources(text, outlets)
    if len(named_sources(text, outlets)) > 1:
        bare = _COMPARES.sub("", bare)
    return Times.read(bare, today, from_year=from_year)


def _inquiry(
    sought: str,
    filters: Filter,
    lent: str = "",
    *,
    today: date,
    day: date | None,
    free: bool = True,
    parts: tuple[str, ...] = (),
    said: str = "",
) -> Inquiry:
    """A thing to look for; the day that is asked about leads only where filters may be read (`free`)."""
    around = day or moment_meant(sought, today)
    return Inquiry(sought, filters, lent, parts, said, day if free else None, around)


def _filters(request: AskRequest, outlets: Sequence[str], named: tuple[date | None, date | None]) -> Filter:
    """Those of the request, and for the rest those that its question names."""
    filters = request.filters
    since, until = filters.since or named[0], filters.until or named[1]
    if not (since and until and since > until):
        filters = filters.model_copy(update={"since": since, "until": until})
    if filters.outlets:
        return filters
    return filters.model_copy(update={"outlets": named_outlets(request.question, outlets)})


def _several(request: AskRequest, outlets: Sequence[str], today: date) -> tuple[Inquiry, ...]:
    """Each thing that a long question asks about; a time that it names is that of one of the reports it means."""
    found = things(request.question, outlets)
    described = tuple(filter(None, (_described(one, request, today) for one in found if len(found) > 1)))
    return described if len(described) > 1 else ()


def _described(one: Thing, request: AskRequest, today: date) -> Inquiry | None:
    """None where it is nothing but a time."""
    times = Times.read(one.sought, today)
    if not _is_about(times.without(days=True)):
        return None
    free = request.read_filters and not request.filters.outlets
    filters = request.filters.model_copy(update={"outlets": one.outlets} if free and one.outlets else {})
    return _inquiry(times.without(days=True), filters, today=today, day=times.day, said=one.said)


def _compared(
    own: str, parts: Sequence[Part], named: dict[str, tuple[str, ...]], outlets: Sequence[str]
) -> list[tuple[str, tuple[str, ...], str]]:
    """The texts to look for apart, each with its own outlets and how it is said; none for a question of one thing."""
    sources_alone = len(named) > 1 and all(part.said.removeprefix("the ") in named for part in parts)
    each_named = len(parts) > 1 and len(named) < 2 and all(names_in(part.question, ENGLISH) for part in parts)
    if (parts[0].apart and not sources_alone) or each_named:
        return [(part.question, named_outlets(part.said, outlets), part.said) for part in parts]
    return [(own, found, name) for name, found in named.items()] if len(named) > 1 else []


def _is_about(text: str) -> bool:
    """Whether it asks about something, and not for all news."""
    return any(map(str.isalnum, text)) and bool(set(content_words(text)) - NEWS - FILLING)
