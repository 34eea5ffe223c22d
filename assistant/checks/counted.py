"""Whether the numbers of a statement count what they count in its passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from assistant.checks.finding import FINE, Finding, partly
from ingest.language.english import STOPWORDS
from ingest.language.quantities import Quantity, quantities
from ingest.language.stems import stems
from ingest.language.units import WORDS

_MOST = 40  # numbers of a text that are compared
_NEAR = 40  # characters after a number in which what it counts is named
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_BREAK = re.compile(r"[,;:.!?()“”\"]")
_OF = re.compile(r"\s(?:out )?of(?: the| its| their)?\s?")  # between a part and the whole: "23 of the 60"
_SHARE = re.compile(r"\b(?:half|thirds?|quarters?|percent|some|few|several|many|most|part|majority)\b|%", re.I)


@dataclass(frozen=True)
class _Number:
    """A number in a text.

    worth   what it may be worth
    things  the stems of what it counts
    unit    whether that is a unit
    part    what the number before it is worth where that is a part of this one
    """

    said: str
    worth: frozenset[Decimal]
    things: frozenset[str]
    unit: bool
    part: frozenset[Decimal]


def check_counted(text: str, passage: str) -> Finding:
    """No number may count what another one counts in the passage, or stand alone where that gives a part of it."""
    printed, stated = _numbers(passage), _numbers(text)
    given = frozenset[Decimal]().union(*(number.worth for number in stated))
    for number in stated:
        same = [other for other in printed if other.worth & number.worth]
        rivals = [other for other in printed if other.things & number.things]
        named = number.unit or all(other.things for other in same)
        if same and named and rivals and not any(other in same for other in rivals):
            return partly(f"{number.said} counts something else in the cited passage")
        whole = bool(same) and all(other.part and not other.part & given for other in same)
        if whole and not _SHARE.search(text):
            return partly(f"the cited passage gives only a part of {number.said}")
    return FINE


@lru_cache(maxsize=1024)  # of one answer the same passages are read for each of its sentences
def _numbers(text: str) -> tuple[_Number, ...]:
    found = quantities(text)[:_MOST]
    none = frozenset[Decimal]()
    ofs = (_OF.fullmatch(text, one.end, other.start) for one, other in pairwise(found))
    parts = [none, *(_worth(one) if of else none for one, of in zip(found, ofs, strict=False))]
    return tuple(
        _Number(
            one.said,
            _worth(one),
            _things(text[one.start : one.end + _NEAR]),
            any(unit for _, unit in one.readings),
            part,
        )
        for one, part in zip(found, parts, strict=False)
    )


def _worth(one: Quantity) -> frozenset[Decimal]:
    return frozenset(value for value, _ in one.readings)


def _things(text: str) -> frozenset[str]:
    """The stems of the first two words after the number with which a text begins, as far as one phrase goes."""
    words = [one for one in _WORD.finditer(text) if one[0].casefold() not in WORDS and not one[0][0].isdigit()]
    found: list[str] = []
    for match in words[:2]:
        if match[0].casefold() in STOPWORDS or _BREAK.search(text, words[0].start(), match.start()):
            break
        found.append(match[0])
    return frozenset[str]().union(*map(stems, found))
