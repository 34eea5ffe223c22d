"""Whether what a passage gives as somebody's words has become a plain fact."""

from __future__ import annotations

import re

from ingest.language.sentences import sentences
from ingest.language.speech import LONGEST, sayings, speakers
from ingest.language.stems import stems

_NO_SAYING = frozenset("described called calls estimated".split())  # as often a way to name or to count
_BREAK = re.compile(r"[,;:–—“”\"]")
_OF_SPEAKER = re.compile(r"\s?(?:who|which|whose)\b")


def attribution_lost(text: str, passage: str) -> bool:
    """Whether most of what a sentence takes from a passage is there said by somebody whom it does not name."""
    words = stems(text)
    pieces = [passage[start:end] for start, end in sentences(passage)] or [passage]
    nearest = max(pieces, key=lambda piece: len(words & stems(piece)))[:LONGEST]
    if any(stems(name) & words for name in speakers(nearest)):
        return False
    said, rest = map(stems, said_in(nearest))
    return len(said & words) > len(rest & words - said)


def said_in(sentence: str) -> tuple[str, str]:
    """The clauses of a sentence that somebody is said to say, and the others.

    All are said beside "Holm said"; beside "allegedly" only the clause that it stands in.
    """
    clauses = _BREAK.split(sentence)
    found = [next((one for one in sayings(part) if one[0].lower() not in _NO_SAYING), None) for part in clauses]
    everything = any(one and not one[0].endswith("ly") for one in found)
    said: list[str] = []
    rest: list[str] = []
    for clause, saying in zip(clauses, found, strict=True):
        if saying is None:
            (said if everything and not _OF_SPEAKER.match(clause) else rest).append(clause)
            continue
        parts = clause[: saying.start()], clause[saying.end() :]
        told, own = parts if saying[0].lower().startswith("according") else parts[::-1]
        said.append(told)
        rest.append(own)
    return "; ".join(said), "; ".join(rest)
