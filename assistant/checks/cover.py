"""How much of a sentence evidence covers, and which pieces of evidence cover it best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log

from assistant.checks.dates import days
from ingest.language.stems import stems

_SMOOTH = 10  # so that among a few passages no word is taken for rare
_NEAREST = 0.5  # what nearness to the sentence weighs beside what a further passage adds to it


class Cover:
    """The content words of a sentence, each as rare as it is among the passages that were offered.

    passages   their texts by key
    """

    def __init__(self, text: str, passages: Mapping[str, str]) -> None:
        words = stems(text)
        self._held = {key: stems(passage) & words for key, passage in passages.items()}
        often = Counter(word for held in self._held.values() for word in held)
        self._weight = {word: log((len(passages) + _SMOOTH) / (often[word] + 1)) for word in words}
        self._plain = {word for word in stems(days(text)[1]) if not word.isdigit()}

    def share(self, keys: Iterable[str], around: str = "") -> float:
        """The weight of the words that these passages, or the text around them, hold: 0 to 1.

        Numbers and dates do not count: they may be written in many ways, and have checks of their own.
        """
        held = set().union(*(self._held[key] for key in keys), stems(around))
        return self._weighed(held & self._plain) / (self._weighed(self._plain) or 1.0) if self._plain else 1.0

    def best(self, most: int, start: Collection[str] = ()) -> list[str]:
        """Further keys, at most so many: each adds most to what `start` and those before it cover, or is nearest."""
        chosen = list(start)
        have = set().union(*(self._held[key] for key in chosen))
        rest = {key for key, held in self._held.items() if held} - set(chosen)
        while rest and len(chosen) < most + len(start):
            gain = {key: self._weighed(self._held[key] - have) for key in rest}
            best = max(sorted(rest), key=lambda key: gain[key] + _NEAREST * self._weighed(self._held[key]))
            if not gain[best]:
                break
            chosen.append(best)
            rest.discard(best)
            have |= self._held[best]
        return chosen[len(start) :]

    def _weighed(self, words: Iterable[str]) -> float:
        return math.fsum(self._weight.get(word, 0.0) for word in words)  # the same in any order of a set
