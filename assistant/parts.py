"""The parts of a question that asks for two things at once, or compares them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LENT = re.compile(r"(.*?)(?: \(([^()]*)\))?", re.DOTALL)
# "Norway and which other country built it?" asks for one thing.
_ASKS_ON = re.compile(
    r",? and (?=(?:(?:by|to|from|in|for|at|on|of|with|since|until) )?(?:how|who|whom|what|when|where|which|why)\b"
    r"(?! (?:others?|else)\b))",
    re.IGNORECASE,
)
_EACH = re.compile(r"(?P<asks>.*?\b(?:do|does|did) )(?P<one>.+?) and (?P<other>.+?) (?:each|both) (?P<rest>.*)", re.I)
# What is compared, and what of it: "Which is longer, the ferry or the train?", "How does A's rent compare with B's?"
_COMPARED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<asks>(?:which|who|what|whose|where)\b.*?\b(?:\w+er|more|less|most|least|first|better|worse)\b.*?)[,:]"
        r" (?P<one>[^,?]+?),? or (?P<other>[^,?]+)\??",
        r"(?P<asks>how (?:do|does|did) )(?P<one>.+?) (?:compare|differ) (?:to|with|from) (?P<other>.+?)\??",
        r"(?P<asks>how (?:do|does|did) )(?P<one>.+?) and (?P<other>.+?) (?:compare|differ)\b.*",
        r"(?P<asks>(?:please )?compare )(?P<one>.+?) (?:and|with|to|against) (?P<other>.+?)[?.]?",
        r"(?P<asks>what (?:is|are|was|were) the differences? between )(?P<one>.+?) and (?P<other>.+?)\??",
        r"(?P<asks>)(?P<one>.+?),? (?:while|whereas) (?P<other>.+)",
    )
]
_NO_QUESTION = re.compile(r"(?:how (?:do|does|did)|(?:please )?compare|what \w+ the differences? between) ", re.I)


@dataclass(frozen=True)
class Part:
    """One thing that is asked for.

    said   how a reader is told of it
    apart  whether it may be answered by other articles than the rest
    """

    question: str
    said: str
    apart: bool = False


def own_and_lent(question: str) -> tuple[str, str]:
    """What a question says itself, and the words in brackets at its end that it was lent by the one before."""
    own, lent = _LENT.fullmatch(question).groups()  # type: ignore[union-attr] # it matches every text
    return own, lent or ""


def parts_of(question: str) -> list[Part]:
    """ "What do A and B each want?" as a question about A and one about B; "how many … and when …" as its two."""
    if match := _EACH.fullmatch(question):
        return [Part(f"{match['asks']}{match[name]} {match['rest']}", match[name], True) for name in ("one", "other")]
    for pattern in _COMPARED:
        if match := pattern.fullmatch(question):
            asks = match["asks"].rstrip() + " " if match["asks"] and not _NO_QUESTION.fullmatch(match["asks"]) else ""
            return [Part(f"{asks}{match[name]}", match[name].strip(" ?."), True) for name in ("one", "other")]
    return [Part(asked, asked.strip(" ?")) for asked in _ASKS_ON.split(question)]
