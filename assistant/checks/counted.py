"""Whether the numbers of a statement count what they count in its passage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.checks.finding import FINE, Finding, partly
from ingest.language.english import STOPWORDS
from ingest.language.quantities import quantities
from ingest.language.stems import stems
from ingest.language.units import WORDS

_NEAR = 40  # characters beside a number that tell what it counts
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_BREAK = re.compile(r"[,;:.!?()“”\"]")
_SHARE = rf"\d|\b(?:percent|half|third|quarter|most|many|some|few|all|none|part|{'|'.join(WORDS)})"
_PART = re.compile(rf"(?:{_SHARE}) of(?: the| its| their)?\s?$", re.IGNORECASE)  # "23 of the" 60
_OF = re.compile(r"\bof(?: [\w’'-]+){0,3}\s?$", re.IGNORECASE)  # "half of the island's" 900


@dataclass(frozen=True)
class _Counted:
    """A number in a text.

    worth   what it may be worth
    things  the stems of what it counts
    unit    whether that is a unit
    before  what stands before it
    """

    said: str
    worth: frozenset[Decimal]
    things: frozenset[str]
    unit: bool
    before: str


def check_counted(text: str, passage: str) -> Finding:
    """No number may count what another one counts in the passage, or the whole of which that tells a part."""
    known = _counted(passage)
    for one in _counted(text):
        same = [other for other in known if other.worth & one.worth]
        alike = [other for other in known if other.things & one.things]
        told = one.unit or all(other.things for other in same)
        if same and told and alike and not any(other in same for other in alike):
            return partly(f"{one.said} counts something else in the cited passage")
        if same and all(_PART.search(other.before) for other in same) and not _OF.search(one.before):
            return partly(f"of {one.said} the cited passage tells a part")
    return FINE


@lru_cache(maxsize=1024)  # of one answer the same passages are read for each of its sentences
def _counted(text: str) -> tuple[_Counted, ...]:
    return tuple(
        _Counted(
            one.said,
            frozenset(value for value, _ in one.readings),
            _things(text[one.start : one.end + _NEAR]),
            any(unit for _, unit in one.readings),
            text[max(0, one.start - _NEAR) : one.start],
        )
        for one in quantities(text)
    )


def _things(text: str) -> frozenset[str]:
    """The stems of the first two words after the number with which a text begins, as far as one phrase goes."""
    words = [
        match for match in _WORD.finditer(text) if match[0].casefold() not in WORDS and not match[0][0].isdigit()
    ]
    found: list[str] = []
    for match in words[:2]:
        if match[0].casefold() in STOPWORDS or _BREAK.search(text, words[0].start(), match.start()):
            break
        found.append(match[0])
    return frozenset().union(*map(stems, found))
