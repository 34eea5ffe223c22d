"""Whether what a passage gives as somebody's words has become a plain fact."""

from __future__ import annotations

import re

from assistant.checks.wording import stems
from assistant.speech import LONGEST, sayings, speakers
from ingest.language.sentences import sentences

_ADVERBS = frozenset("allegedly reportedly".split())
_NO_SAYING = frozenset("described called calls estimated".split())  # as often a way to name or to count
_BREAK = re.compile(r"[,;:–—“”\"]")
_CIRCUMSTANCE = re.compile(r"\s(?:after|before|in|on|at|during|as|when|while)\b")
_GOES_ON = re.compile(r",(?! (?:who|which|whose|a|an|the)\b)")
_SUBJECT = 8  # words at most of who says it
_SHORTEST = 3  # words of what is said before, where more follows


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
    """Where that stands which is said in this way: after the saying, before it, or on both sides of it."""
    word, end = saying[0].lower(), saying.end()
    clause_end = _clause_end(text, end)
    if word in _ADVERBS:  # "The mill, allegedly haunted by a ghost, was sold."
        return [(end, clause_end)]
    before = _said_before(text, saying)
    if not before:  # "Holm said the mill burned.", "According to Holm, the mill burned."
        return [(clause_end if _is_according(word) else end, len(text))]
    if not _CIRCUMSTANCE.match(text, end) and _GOES_ON.match(text, clause_end):  # "Corn, Holm said, will be dear."
        return [(0, before), (clause_end, len(text))]
    return [(0, before)]  # "The mill burned, Holm said on Monday.", "The mill burned, said Holm, who owns it."


def _said_before(text: str, saying: re.Match[str]) -> int:
    """Where that ends which is said before the saying: "Prices fell, Holm said."; 0 where nothing is.

    A few words before it, such as "On Monday", are said only where nothing is said after it.
    """
    start, end = saying.span()
    according = _is_according(saying[0].lower())
    breaks = [match.start() for match in _BREAK.finditer(text, 0, start)]
    ends = breaks[-1] if breaks and len(text[breaks[-1] : start].split()) <= _SUBJECT else start if according else 0
    inverted = according or not text[ends + 1 : start].strip()  # "…, said Holm"
    nothing_after = not re.search(r"\w", text[_clause_end(text, end) if inverted else end :])
    said = nothing_after or len(text[:ends].split()) >= _SHORTEST
    return ends if said and not text.startswith(" that ", end) else 0


def _is_according(word: str) -> bool:
    return word.startswith("according")


def _clause_end(text: str, place: int) -> int:
    """Where the clause ends that a place is in."""
    found = _BREAK.search(text, place)
    return found.start() if found else len(text)


def _without(text: str, places: list[tuple[int, int]]) -> str:
    return "".join(sign for at, sign in enumerate(text) if not any(start <= at < end for start, end in places))
