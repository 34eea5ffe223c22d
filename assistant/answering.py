"""The part of a sentence that answers: the number, the time, the place or the name that was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.checks.dates import days
from assistant.checks.numbers import quantities
from assistant.checks.units import STRICT
from assistant.checks.wording import stems
from assistant.kinds import PERSON, asked_for
from assistant.speech import bare_name, speaker_of
from ingest.text import CAPITALS

_HOW_MANY = re.compile(r"\bhow many ((?:[\w’'-]+ ?){1,3})", re.IGNORECASE)
_WHO_SAID = re.compile(r"\b(?:who|which \w+) (?:said|says|spoke|told|called|warned)\b", re.IGNORECASE)
_WHO_DID = re.compile(r"who (?!did\b|does\b|do\b|is\b|are\b|was\b|were\b|will\b|has\b|have\b)\w+", re.IGNORECASE)
_PRICE = re.compile(
    r"\bhow much\b.*\b(?:costs?|paid|pays?|prices?|spen[dt]|earn\w{0,2}|worth|money|raised?|lost|owed?s?)\b",
    re.IGNORECASE,
)
_COUNTED = 30  # characters after a number in which stands what it counts
_AGE = re.compile(r"\b\d{1,3}(?:-year-old|(?= and\b|[,.;] |[,.;]?$)| years? old| years? of age)")
_PLACE = re.compile(
    rf"\b(?:in|at|near|outside|off) (?:the )?"
    rf"([{CAPITALS}][\w’'-]+(?:,? (?:of |de |and )?[{CAPITALS}][\w’'-]+){{0,4}})"
)


def answering_part(question: str, sentence: str) -> str | None:
    """Words of the sentence, where exactly one run of them is of the kind that is asked for; None elsewhere.

    Nor where several questions are asked at once.
    """
    kind = asked_for(question) if "?" not in question.rstrip("? ") else None
    find = _FINDERS.get(kind.name) if kind else None
    known = stems(question)
    found = dict.fromkeys(part for part in find(question, sentence) if stems(part) - known) if find else {}
    return next(iter(found)) if len(found) == 1 else None


def _numbers(question: str, sentence: str) -> Iterable[str]:
    """Those that count what is asked for, or are the price of it, or all; a date is no number."""
    every = [one for one in quantities(days(sentence)[1]) if one.unit != "clock"]
    if asked := _HOW_MANY.search(question):
        every = [one for one in every if one.unit is None] or every
        near = [_distance(stems(asked[1]), sentence[one.end : one.end + _COUNTED]) for one in every]
        every = [one for one, far in zip(every, near, strict=True) if far == min(near) < _COUNTED]
    elif _PRICE.search(question):
        every = [one for one in every if one.unit in STRICT]
    elif re.search(r"\bhow much\b", question, re.IGNORECASE):
        every = [one for one in every if one.unit]
    return (sentence[one.start : one.end].strip() for one in every)


def _distance(counted: frozenset[str], after: str) -> int:
    """How many words after a number stands what it counts."""
    words = after.split()
    return next((place for place, word in enumerate(words) if stems(word) & counted), _COUNTED)


def _times(_question: str, sentence: str) -> Iterable[str]:
    return (day.said for day in days(sentence)[0] if day.said in sentence)


def _places(_question: str, sentence: str) -> Iterable[str]:
    return (match[1] for match in _PLACE.finditer(sentence))


def _speakers(question: str, sentence: str) -> Iterable[str]:
    """Who speaks, where that is asked, and not what is said."""
    return filter(None, [speaker_of(sentence)] if _WHO_SAID.search(question) else [])


def _people(question: str, sentence: str) -> Iterable[str]:
    """Who speaks or, of who did it, whoever the sentence begins with; else all that are named."""
    if _WHO_SAID.search(question):
        return _speakers(question, sentence)
    if _WHO_DID.match(question) and (first := PERSON.match(sentence)):
        return [bare_name(first[0])]
    return filter(None, (bare_name(match[0]) for match in PERSON.finditer(sentence)))


def _ages(_question: str, sentence: str) -> Iterable[str]:
    return (match[0] for match in _AGE.finditer(sentence))


_FINDERS: Mapping[str, Callable[[str, str], Iterable[str]]] = {
    "age": _ages,
    "number": _numbers,
    "time": _times,
    "place": _places,
    "person": _people,
    "speech": _speakers,
}
