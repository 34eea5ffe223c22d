"""The sentence from which a claim is made, and what is needed to alter or reword it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import Marked, right
from assistant.reading.training.passages import Source


@dataclass(frozen=True)
class Case:
    """A sentence to be changed, the words that may be put into it, and the chance by which they are chosen."""

    source: Source
    lexicon: Lexicon
    chance: Random

    @property
    def claim(self) -> Marked:
        return right(self.source.sentence)

    @property
    def text(self) -> str:
        return self.source.sentence

    @property
    def beside(self) -> tuple[str, ...]:
        """The sentences right before and after it."""
        own, at = self.source.passage.sentences, self.source.at
        return own[max(0, at - 1) : at] + own[at + 1 : at + 2]
