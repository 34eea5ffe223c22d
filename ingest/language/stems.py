"""The content words of texts, and how many of them two texts share."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+")
_CLITIC = re.compile(r"'(?:s|t|d|m|re|ve|ll)$")
_EMPTY = frozenset(
    "a about after again all also although am an and any are as at be because been before being but by can could "
    "did do does during each for from further had has have having he her here hers him his how i if in into is it "
    "its itself just may me might more most must my new now of off on once one only or other our out over own "
    "said same say says she should so some such than that the their them then there these they this those through "
    "to too told under until up upon very was we were what when where which while who whom whose why will with "
    "would you your according der die das und ist im in den von zu mit sich des auf für ein eine einer nicht".split()
)


@lru_cache(maxsize=4096)  # of one answer the same few passages are compared again and again
def stems(text: str) -> frozenset[str]:
    """The content words, cut so that forms of one word fall together."""
    words = {_CLITIC.sub("", word.casefold().replace("’", "'")) for word in WORD.findall(text)} - _EMPTY
    return frozenset(_stem(word) for word in words if len(word) > 1 or word.isdigit())


def overlap(text: str, other: str) -> float:
    """The share of the text's content words that the other has; 1 for a text without any."""
    mine = stems(text)
    return len(mine & stems(other)) / len(mine) if mine else 1.0


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "er", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:6]
