"""The things that a long question asks about, each with the outlets that are to tell of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.question.outlets import source_spans, without_spans
from ingest.language.english import content_words

MOST = 4  # things that are looked for apart
LEAST = 3  # words that say what a thing is about
_JOINS = r"(?:and|or|but|while|whereas|than|versus|vs)\b\s*"
# Where a clause or a member of a list ends and the next may begin.
_BETWEEN = re.compile(rf"[,;:—]\s+(?:{_JOINS})?|\s{_JOINS}", re.IGNORECASE)


@dataclass(frozen=True)
class Thing:
    """One of several things that are asked about.

    said     its words in the question
    sought   the same without its sources
    outlets  those that are to tell of it; none where the question names none for it
    """

    said: str
    sought: str
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Clause:
    start: int
    end: int
    outlets: tuple[str, ...]


def things(question: str, outlets: Sequence[str]) -> list[Thing]:
    """The clauses and members of lists that say enough to be looked for; what is shorter goes with the one before it.

    The sources that a clause names hold until others are named; those named behind all things hold for all. One
    thing of which several sources are to tell is looked for in each.
    """
    spans = source_spans(question, outlets)
    found = _clauses(question, spans)
    every = tuple(dict.fromkeys(named for *_, named in spans))
    if len(found) == 1 and len(every) > 1:
        found = [replace(found[0], outlets=named) for named in every[:MOST]]
    return [_thing(question, one, spans) for one in _few(found)]


def _clauses(question: str, spans: Sequence[tuple[int, int, tuple[str, ...]]]) -> list[_Clause]:
    found: list[_Clause] = []
    heard: tuple[str, ...] = ()
    fresh = True
    for start, end in _pieces(question, spans):
        within = [name for first, last, names in spans if start <= first and last <= end for name in names]
        if within:
            heard, fresh = (*(() if fresh else heard), *within), False
        if len(content_words(_without(question, start, end, spans))) >= LEAST:
            found.append(_Clause(start if found else 0, end, heard))
            fresh = True
        elif found:
            found[-1] = replace(found[-1], end=end)
    return found if fresh else [one if one.outlets else replace(one, outlets=heard) for one in found]


def _pieces(question: str, kept: Sequence[tuple[int, int, tuple[str, ...]]]) -> list[tuple[int, int]]:
    """The question cut at its commas and conjunctions, but for those inside of what is kept whole."""
    cuts = [
        one for one in _BETWEEN.finditer(question) if not any(first < one.end() < last for first, last, _ in kept)
    ]
    starts, ends = [0, *(one.end() for one in cuts)], [*(one.start() for one in cuts), len(question)]
    return list(zip(starts, ends, strict=True))


def _few(found: list[_Clause]) -> list[_Clause]:
    """At most MOST clauses: the shortest goes with the one before it."""
    while len(found) > MOST:
        place = min(range(1, len(found)), key=lambda one: found[one].end - found[one].start)
        before, here = found[place - 1], found[place]
        joined = _Clause(before.start, here.end, tuple(dict.fromkeys((*before.outlets, *here.outlets))))
        found = [*found[: place - 1], joined, *found[place + 1 :]]
    return found


def _thing(question: str, one: _Clause, spans: Sequence[tuple[int, int, tuple[str, ...]]]) -> Thing:
    said = question[one.start : one.end].strip(" ,;:?")
    return Thing(said, _without(question, one.start, one.end, spans).strip(" ,;:?"), one.outlets)


def _without(question: str, start: int, end: int, spans: Sequence[tuple[int, int, tuple[str, ...]]]) -> str:
    within = [(first - start, last - start) for first, last, _ in spans if start <= first and last <= end]
    return without_spans(question[start:end], within)
