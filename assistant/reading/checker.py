"""The trained checker: which words of a claim its evidence does not support."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reading.graph import CHECKER, Network, trained
from assistant.reading.pairs import pairs
from assistant.reading.reader import BundledReader

LONGEST, LONGEST_CLAIM = 192, 80  # word pieces


@dataclass(frozen=True)
class Word:
    """A word piece of a claim, and how likely it is not supported."""

    start: int
    end: int
    wrong: float


@dataclass(frozen=True)
class Checked:
    """What was read of each word piece of a claim."""

    words: tuple[Word, ...]

    def wrong(self, claim: str, least: float) -> list[str]:
        """The runs of whole words of which a piece is at least so likely not supported."""
        spans: list[tuple[int, int]] = []
        for start, end in (whole_word(claim, word) for word in self.words if word.wrong >= least):
            if spans and start <= spans[-1][1] + 1:
                spans[-1] = spans[-1][0], max(end, spans[-1][1])
            else:
                spans.append((start, end))
        return [claim[start:end] for start, end in spans]


class ClaimChecker(Protocol):
    """Reads claims beside what they cite."""

    def check(self, claims: Sequence[tuple[str, tuple[str, str]]]) -> list[Checked]:
        """Each is a claim with a title and the sentences of one passage."""
        ...


class BundledChecker:
    """The checker in the package, as an OpenVINO graph on the lower layers of the reader.

    The second output of the graph, how likely the whole claim is supported, is for its training and is not read.
    """

    def __init__(self, reader: BundledReader, weights: dict[str, NDArray[Any]] | None = None) -> None:
        self._tokenizer, self._lower, self._weights = reader.tokenizer, reader.lower, weights
        self._making = threading.Lock()
        self._made: Network | None = None

    @property
    def _network(self) -> Network:
        """Made when first needed: sentences that are quoted as they stand are checked without it."""
        with self._making:
            if self._made is None:
                self._made = Network(self._weights or trained(CHECKER), self._lower, head="support")
            return self._made

    def check(self, claims: Sequence[tuple[str, tuple[str, str]]]) -> list[Checked]:
        parts = [(claim, *evidence) for claim, evidence in claims]
        read = pairs(self._tokenizer, parts, longest=LONGEST, first=LONGEST_CLAIM)
        return [_checked(pair.first, logits) for pair, logits in zip(read, self._network(read), strict=True)]


def _checked(places: Sequence[tuple[int, int]], logits: NDArray[np.float32]) -> Checked:
    likely = 1 / (1 + np.exp(-logits))
    words = tuple(Word(*place, float(one)) for place, one in zip(places, likely[1:, 0], strict=False))
    return Checked(words)


def whole_word(claim: str, word: Word) -> tuple[int, int]:
    """The whole word that a word piece is of."""
    start, end = word.start, word.end
    while start and claim[start - 1].isalnum() and claim[start].isalnum():
        start -= 1
    while end < len(claim) and claim[end].isalnum() and claim[end - 1].isalnum():
        end += 1
    return start, end
