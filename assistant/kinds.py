"""The kinds of answer that questions ask for, and how a sentence shows that it holds one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.text import CAPITALS

_CALENDAR = (
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)s?\b"
)
_DAYS = re.compile(_CALENDAR, re.I)
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half"
    r"|third|quarter|none|nobody|no one)s?\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"{_CALENDAR}|\b(?:1\d|20)\d\d\b|\b(?:today|yesterday|tomorrow|tonight|ago|(?:year|month|week|day|hour|minute|decade"
    r"|season)s?|spring|summer|autumn|winter|morning|afternoon|evening|night|noon|midnight|[ap]\.m)\b|\d{1,2}:\d\d",
    re.IGNORECASE,
)
# Years of life, and the year that a thing or a body dates from.
_AGE = re.compile(
    r"\b\d{1,3}-year-|, (?:aged )?\d{1,3}(?=,(?!\d)|\.(?:\s|$))|\baged? (?:of )?\d"
    r"|\b(?:is|was|turn(?:s|ed)) \d{1,3}(?= and\b|[,;.](?!\d))|\b\d[\d,.]* years? old\b|\byears? of age\b"
    r"|\b(?:born|built|founded|established|opened|dat(?:es|ed|ing)|made|created)\b[^.;]{0,40}\b(?:1\d|20)\d\d\b",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"\b(?:in|at|near|from|to|of|outside|across|off)\s+(?:the\s+)?[{CAPITALS}]")
_SAID = re.compile(r"[\"“”«]|\b(?:said|says|told|wrote|added|according|argued|insisted|warned|announced)\b")
_CAUSE = re.compile(r"\b(?:because|due|after|since|so that|in order|to|as|caused?|blam\w+|over)\b")
_NAME = rf"[{CAPITALS}][\w’'-]+"
PERSON = re.compile(
    rf"\b{_NAME} (?:(?:de|van|von|bin|al|el) )?{_NAME}"
    r"|\b(?:President|Minister|Governor|Senator|Judge|Justice|Captain|Mayor|Coach|(?:Sen|Rep|Gov|Mr|Mrs|Ms|Dr)\.?)"
    rf" {_NAME}"
)


@dataclass(frozen=True)
class AnswerKind:
    """A kind of answer.

    name      of what answers
    asks      finds it in a question
    holds     whether a sentence, without the question's own words, has it
    required  whether a sentence without it is no answer at all
    """

    name: str
    asks: re.Pattern[str]
    holds: Callable[[str], object]
    required: bool = False


def _person(text: str) -> object:
    """Two names in a row, or a title and a name: a single capital may be a weekday or begin the sentence."""
    return PERSON.search(_DAYS.sub("", text))


_WHEN = r"(?:^|, |\b(?:since|until|till|by|from|and) )when\b"
KINDS = (
    AnswerKind(
        "age",
        re.compile(r"\bhow old\b|\b(?:what|which) age\b(?! (?:groups?|range|limit|gap)\b)", re.I),
        _AGE.search,
        required=True,
    ),
    AnswerKind("number", re.compile(r"\bhow (?:many|much)\b", re.I), NUMBER.search, required=True),
    AnswerKind(
        "number",
        re.compile(
            r"\bhow (?:long|far|big|large|high|tall|deep|wide|heavy|fast|often)\b"
            r"|\bwhat (?:percent|share|number)|\bper cent",
            re.I,
        ),
        NUMBER.search,
    ),
    AnswerKind(
        "time",
        re.compile(rf"{_WHEN}|\b(?:which|what) (?:(?:calendar )?date|day|year|month|time)\b", re.I),
        _TIME.search,
        required=True,
    ),
    AnswerKind(
        "place",
        re.compile(r"\bwhere\b|\b(?:which|what) (?:country|city|town|place|region|state)", re.I),
        _PLACE.search,
    ),
    AnswerKind(
        "speech",
        re.compile(r"\b(?:did|does) \w+(?: \w+)? (?:say|tell)|\b(?:who )?(?:says?|said|words|quote)\b", re.I),
        _SAID.search,
    ),
    AnswerKind(
        "person", re.compile(r"\bwho(?:m|se)?\b|\bwhich \w+ (?:said|says|spoke|told|called|warned)\b", re.I), _person
    ),
    AnswerKind("cause", re.compile(r"\bwhy\b|\bwhat caused\b", re.I), _CAUSE.search),
)


def asked_for(question: str) -> AnswerKind | None:
    """The kind that a question asks for first: "who said when …" asks for a person."""
    found = [(match.start(), place) for place, kind in enumerate(KINDS) if (match := kind.asks.search(question))]
    return KINDS[min(found)[1]] if found else None
