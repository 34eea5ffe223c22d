"""The parts of a question that asks for two things at once, or compares them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.language.english import ASKING, PREPOSITIONS
from ingest.language.text import squeeze

_LENT = re.compile(r"(.*?)(?: \(([^()]*)\))?", re.DOTALL)
# "Norway and which other country built it?" asks for one thing.
_ASKS_ON = re.compile(
    rf",? and (?=(?:(?:{'|'.join(sorted(PREPOSITIONS | {'by', 'since', 'until'}))}) )?"
    rf"(?:{'|'.join(sorted(ASKING - {'whether'}))})\b(?! (?:others?|else)\b))",
    re.IGNORECASE,
)
# What is said of two things, and of each of them.
_OF_TWO = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<asks>.*?\b(?:do|does|did) )(?P<one>.+?) and (?P<other>.+?) (?:each|both) (?P<rest>.*)",
        r"(?P<asks>(?:which|who|what|whose|where)\b.*?\b(?:\w+er|more|less|most|least|first|worse)\b.*?)[,:]"
        r"(?P<rest>) (?P<one>[^,?]+?),? or (?P<other>[^,?]+)\??",
        r"(?P<asks>)(?:please )?(?:compare|what (?:is|are|was|were) the differences? between)(?P<rest>) (?P<one>.+?)"
        r" (?:and|with|to|against) (?P<other>.+?)[?.]?",
        r"(?P<asks>)(?=.*\b(?:compare|differ)\b)how (?:do|does|did)(?P<rest>) (?P<one>.+?)"
        r" (?:and|(?:compare|differ) (?:to|with|from)) (?P<other>.+?)(?: (?:compare|differ)\b.*|\??)",
        r"(?P<asks>)(?P<rest>)(?P<one>.+?),? (?:while|whereas) (?P<other>.+)",
    )
]


@dataclass(frozen=True)
class Part:
    """One thing that is asked for.

    said   how a reader is told of it
    apart  whether it may be answered by other articles than the rest
    """

    question: str
    said: str
    apart: bool = False


def own_and_lent(question: str, typed: str) -> tuple[str, str]:
    """What a question says itself, and the words in brackets at its end that it was lent by the one before.

    typed  the question as it was asked: brackets at its end are its own
    """
    own, lent = _LENT.fullmatch(question).groups()  # type: ignore[union-attr] # it matches every text
    return (own, lent) if lent and not squeeze(typed).endswith(f"({lent})") else (question, "")


def parts_of(question: str) -> list[Part]:
    """ "What do A and B each want?" as a question about A and one about B; "how many … and when …" as its two."""
    for match in filter(None, (pattern.fullmatch(question) for pattern in _OF_TWO)):
        asks = f"{match['asks'].rstrip()} ".lstrip()
        return [
            Part(f"{asks}{match[name]} {match['rest']}".rstrip(), match[name].strip(" ?."), apart=True)
            for name in ("one", "other")
        ]
    return [Part(asked, asked.strip(" ?")) for asked in _ASKS_ON.split(question)]
