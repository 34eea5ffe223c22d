"""What turns a sentence round amid mostly the same words: a denial, a hedge that is gone, a word for its opposite."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.checks.finding import FINE, Finding, partly
from ingest.language.denial import denials, possible, to_come, unsure
from ingest.language.exchanged import Row, exchanged
from ingest.language.stems import WORD, overlap, stems

_SHARED_ENOUGH = 0.6
_CLAUSE_END = re.compile(r"[.,;:!?\"“”]")
_DENIED = re.compile(r" not\b")
_PREFIXES = frozenset("un il im ir dis in".split())
_UNLIKE = frozenset(
    {"he or she", "may or must"}
)  # a pronoun may be resolved; what is possible is looked at as a hedge


def check_opposite(text: str, passage: str) -> Finding:
    """A denial on one side only, a hedge of the passage alone, or a word that the passage has another in place of."""
    if overlap(text, passage) < _SHARED_ENOUGH:
        return FINE
    if _denied(text, passage) or (_denied(passage, text) and overlap(passage, text) >= _SHARED_ENOUGH):
        return partly("sentence and cited passage do not deny the same")
    if hedge := _hedge_lost(text, passage):
        return partly(f"the cited passage says “{hedge}”, the sentence does not")
    if hedge := _hedge_added(text, passage):
        return partly(f"the sentence says “{hedge}”, the cited passage does not")
    if pair := _exchanged(text.lower(), passage.lower()):
        return partly(f"it says {pair[0]} where the cited passage says {pair[1]}")
    return FINE


def _denied(text: str, other: str) -> bool:
    """Whether the other text denies something that this one tells without any denial."""
    return not denials(text) and _before_shared(denials(other), other, text) != ""


def _hedge_lost(text: str, passage: str) -> str:
    """The word of the passage by which something is possible, or to come, that the text tells as more than that."""
    if possible(text):
        return ""
    coming = [] if to_come(text) else to_come(passage)
    return _before_shared([*possible(passage), *coming], passage, text)


def _hedge_added(text: str, passage: str) -> str:
    """The word of the text by which what the passage tells as a fact is only possible or wanted."""
    hedges = [*possible(passage), *to_come(passage)]
    words, hedged = {match[0].casefold() for match in hedges}, [_after(match.end(), passage) for match in hedges]
    for match in unsure(text):
        told = _after(match.end(), text)
        fact = told & stems(passage) and not any(told & other for other in hedged)
        if fact and match[0].casefold() not in words and not _DENIED.match(text, match.end()):
            return match[0]
    return ""


def _before_shared(found: list[re.Match[str]], passage: str, text: str) -> str:
    """The first of these words of the passage after which one of two content words is the text's, too."""
    return next((match[0] for match in found if _after(match.end(), passage) & stems(text)), "")


def _after(place: int, text: str) -> frozenset[str]:
    """The first two content words, up to the next mark that ends a clause or a quotation."""
    clause = _CLAUSE_END.split(text[place : place + 80], maxsplit=1)[0]
    return frozenset([stem for word in WORD.findall(clause) for stem in stems(word)][:2])


def _exchanged(text: str, passage: str) -> tuple[str, str] | None:
    """A word of the text, and one of the same row that the passage has instead."""
    mine, theirs = _listed(text), _listed(passage)
    for word in sorted(mine - theirs):
        for side, row in _sides()[word]:
            instead = {other for others in row.sides if others is not side for other in others} & theirs - mine
            if instead and theirs.isdisjoint(side):
                return word, min(instead)
    pairs = ((word, other) for word in _words(text) - _words(passage) for other in _words(passage) - _words(text))
    return next((pair for pair in pairs if _prefixed(*pair) or _prefixed(*pair[::-1])), None)


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text))


def _prefixed(word: str, other: str) -> bool:
    """Whether the other is the word with "un" or the like before it; more words than these begin with "in"."""
    prefix = other[: -len(word)] if other.endswith(word) else ""
    return len(word) > (6 if prefix == "in" else 3) and prefix in _PREFIXES


@lru_cache(maxsize=256)
def _listed(text: str) -> frozenset[str]:
    return frozenset(_pattern().findall(text))


@lru_cache(maxsize=1)
def _sides() -> dict[str, list[tuple[tuple[str, ...], Row]]]:
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for row in exchanged():
        for side in row.sides if row.kind not in _UNLIKE else ():
            for word in side:
                found.setdefault(word.lower(), []).append((side, row))
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_sides(), key=len, reverse=True)))})\b")
