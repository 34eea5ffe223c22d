"""Whether a sentence only puts together what others say: their words, in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.language.stems import stems

_WORD = re.compile(r"\w+(?:[.,:]\d+)*")


def splices(sentence: str, sources: Sequence[str]) -> int | None:
    """How few pieces a sentence is put together from; None where it has a word of its own.

    A piece is a run of content words, in any form, that stand in this order in one of the sources with no other
    content word between them.
    """
    said, told = _content(sentence), [_content(source) for source in sources]
    number, start = 0, 0
    while start < len(said):
        longest = max((_run(said[start:], source) for source in told), default=0)
        if not longest:
            return None
        number, start = number + 1, start + longest
    return number


def _run(said: Sequence[str], source: Sequence[str]) -> int:
    """How many words from the first on stand side by side in the source."""
    return max((_together(said, source[place:]) for place in range(len(source))), default=0)


def _together(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _content(text: str) -> list[str]:
    return [stem for word in _WORD.findall(text) for stem in stems(word)]
