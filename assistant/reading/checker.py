"""The trained checker: which words of a claim its evidence does not support, and how likely it supports the whole."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reading.graph import CHECKER, Lower, Network, trained
from assistant.reading.pairs import padded, pairs

LONGEST, LONGEST_CLAIM = 192, 80  # word pieces
BATCH = 8


@dataclass(frozen=True)
class Word:
    """A word piece of a claim, and how likely it is not supported."""

    start: int
    end: int
    wrong: float


@dataclass(frozen=True)
class Checked:
    """How likely the whole of a claim is supported, and what was read of each of its word pieces."""

    supported: float
    words: tuple[Word, ...]

    def wrong(self, claim: str, least: float) -> list[str]:
        """The runs of whole words of which a piece is at least so likely not supported."""
        spans: list[tuple[int, int]] = []
        for start, end in (_whole(claim, word) for word in self.words if word.wrong >= least):
            if spans and start <= spans[-1][1] + 1:
                spans[-1] = spans[-1][0], max(end, spans[-1][1])
            else:
                spans.append((start, end))
        return [claim[start:end] for start, end in spans]


class ClaimChecker(Protocol):
    """Reads claims beside what they cite."""

    def check(self, claim: str, evidence: tuple[str, str]) -> Checked:
        """`evidence` is a title and the sentences of one passage."""
        ...

    def check_all(self, claims: Sequence[tuple[str, tuple[str, str]]]) -> list[Checked]: ...


class BundledChecker:
    """The checker in the package, as an OpenVINO graph on the lower layers of the reader."""

    def __init__(self, lower: Lower, weights: dict[str, NDArray[Any]] | None = None) -> None:
        from tokenizers import Tokenizer

        from ingest.minilm import model_folder

        self._tokenizer: Any = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._network = Network(weights or trained(CHECKER), lower, head="support")
        self._lock = threading.Lock()

    def check(self, claim: str, evidence: tuple[str, str]) -> Checked:
        return self.check_all([(claim, evidence)])[0]

    def check_all(self, claims: Sequence[tuple[str, tuple[str, str]]]) -> list[Checked]:
        """In batches of neighbours in length, so that little is computed on padding."""
        parts = [(claim, *evidence) for claim, evidence in claims]
        read = pairs(self._tokenizer, parts, longest=LONGEST, first=LONGEST_CLAIM)
        found: dict[int, Checked] = {}
        order = sorted(range(len(read)), key=lambda row: len(read[row].ids))
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            with self._lock:
                logits = self._network(*padded([read[row] for row in rows]))
            for row, of_row in zip(rows, logits, strict=True):
                found[row] = _checked(read[row].first, of_row)
        return [found[row] for row in range(len(read))]


def _checked(places: Sequence[tuple[int, int]], logits: NDArray[np.float32]) -> Checked:
    likely = 1 / (1 + np.exp(-logits))
    words = tuple(Word(*place, float(one)) for place, one in zip(places, likely[1:, 0], strict=False))
    return Checked(float(likely[0, 1]), words)


def _whole(claim: str, word: Word) -> tuple[int, int]:
    """The whole word that a word piece is of."""
    start, end = word.start, word.end
    while start and claim[start - 1].isalnum() and claim[start].isalnum():
        start -= 1
    while end < len(claim) and claim[end].isalnum() and claim[end - 1].isalnum():
        end += 1
    return start, end
