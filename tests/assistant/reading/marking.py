"""A checker that takes certain words for wrong, wherever the evidence does not have them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.checker import Checked, Word


class Marking:
    def __init__(self, *wrong: str) -> None:
        self.wrong = wrong

    def check(self, claims: Sequence[tuple[str, tuple[str, str]]]) -> list[Checked]:
        return [self._check(claim, text) for claim, (_, text) in claims]

    def _check(self, claim: str, text: str) -> Checked:
        spans = [(claim.find(word), claim.find(word) + len(word)) for word in self.wrong if word not in text]
        return Checked(tuple(Word(start, end, 0.9) for start, end in spans if start >= 0))
