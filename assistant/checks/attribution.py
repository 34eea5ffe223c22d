"""Whether what a passage gives as somebody's words has become a plain fact."""

from __future__ import annotations

import re

from assistant.checks.wording import stems
from assistant.speech import LONGEST, sayings, speakers
from ingest.sentences import sentences

_ADVERBS = frozenset("allegedly reportedly".split())
_NO_SAYING = frozenset("described called calls estimated".split())  # as often a way to name or to count
_BREAK = re.compile(r"[,;:–—“”\"]")
_CIRCUMSTANCE = re.compile(r"\s(?:after|before|in|on|at|during|as|when|while)\b")
_SUBJECT = 8  # words at most of who says it
_SHORTEST = 3  # words of what is said


def attribution_lost(text: str, passage: str) -> bool:
    """Whether most of what a sentence takes from a passage is there said by somebody whom it does not name."""
    words = stems(text)
    pieces = [passage[start:end] for start, end in sentences(passage)] or [passage]
    nearest = max(pieces, key=lambda piece: len(words & stems(piece)))[:LONGEST]
    said = said_in(nearest)
    if not said or any(stems(name) & words for name in speakers(nearest)):
        return False
    rest = _without(nearest, said)
    reported = stems(" ".join(nearest[start:end] for start, end in said)) & words
    return len(reported) > len(stems(rest) & words - reported)


def said_in(sentence: str) -> list[tuple[int, int]]:
    """Where in a sentence that stands which somebody is said to say."""
    found = (saying for saying in sayings(sentence) if saying[0].lower() not in _NO_SAYING)
    return [place for saying in found for place in _said(sentence, saying)]


def _said(text: str, saying: re.Match[str]) -> list[tuple[int, int]]:
    start, end = saying.span()
    if saying[0].lower() in _ADVERBS:
        return [(end, _next(text, end))]
    breaks = [match.start() for match in _BREAK.finditer(text, 0, start)]
    front = breaks[-1] if breaks and len(text[breaks[-1] : start].split()) <= _SUBJECT else 0
    trails = front and len(text[:front].split()) >= _SHORTEST and not text.startswith(" that ", end)
    if not trails and saying[0].lower().startswith("according") and len(text[:start].split()) >= _SHORTEST:
        return [(0, start)]
    if not trails:
        return [(end if not saying[0].lower().startswith("according") else _next(text, end), len(text))]
    if _CIRCUMSTANCE.match(text, end):
        return [(0, front)]
    after = _next(text, end)
    goes_on = text.startswith(",", after) and not re.match(r", (?:who|which|whose|a|an|the)\b", text[after:])
    return [(0, front), *([(after, len(text))] if goes_on else [])]


def _next(text: str, place: int) -> int:
    """Where the clause ends that goes on at a place."""
    found = _BREAK.search(text, place)
    return found.start() if found else len(text)


def _without(text: str, places: list[tuple[int, int]]) -> str:
    return "".join(sign for at, sign in enumerate(text) if not any(start <= at < end for start, end in places))
