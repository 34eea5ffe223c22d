"""The content words of texts, and how many of them two texts share."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.language.english import STOPWORDS

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+")
_CLITIC = re.compile(r"'(?:s|t|d|m|re|ve|ll)$")
# Beside the stop words, what a sentence loses nothing by.
_EMPTY = STOPWORDS | frozenset(
    "after again all also although am any because before being could during each further having here hers him "
    "itself just may might more most must new now off once one only other out over own said same say says "
    "should some such those through told too under until up upon very while der die das und ist im den von zu "
    "mit sich des auf für ein eine einer nicht".split()
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
