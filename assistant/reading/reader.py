"""The trained reader: whether a piece of an article answers a question, and with which words."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reading.graph import Network, trained
from assistant.reading.pairs import Pair, padded, pairs

LONGEST_ANSWER = 30  # word pieces
BATCH = 8


@dataclass(frozen=True)
class Found:
    """The likeliest answer between two places of a text.

    score       by how much its logits exceed those of "not here"; above 0 it is likelier here than not
    start, end  in characters of the text
    """

    score: float
    start: int
    end: int

    def moved(self, by: int) -> Found:
        """The same, its places counted from `by` characters before."""
        return Found(self.score, self.start + by, self.end + by)


@dataclass(frozen=True)
class Reading:
    """What was read in one text: logits of its word pieces, against those of "not here"."""

    offsets: Sequence[tuple[int, int]]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]
    none: float

    def best(self, start: int, end: int) -> Found | None:
        """The likeliest answer from `start` to `end`; None where no word piece of that was read."""
        rows = [row for row, (first, last) in enumerate(self.offsets) if start <= first and last <= end]
        if not rows:
            return None
        first, last = rows[0], rows[-1] + 1
        sums = self.starts[first:last, None] + self.ends[None, first:last]
        sums = np.where(np.triu(np.tri(last - first, k=LONGEST_ANSWER, dtype=bool)), sums, -np.inf)
        a, b = np.unravel_index(int(sums.argmax()), sums.shape)
        return Found(float(sums[a, b]) - self.none, self.offsets[first + int(a)][0], self.offsets[first + int(b)][1])


class AnswerReader(Protocol):
    """Reads texts for the answer to a question."""

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """One reading for each (title, text)."""
        ...


class BundledReader:
    """The reader in the package, as an OpenVINO graph."""

    def __init__(self, *, threads: int, weights: dict[str, NDArray[Any]] | None = None) -> None:
        from tokenizers import Tokenizer

        from ingest.minilm import model_folder

        self._tokenizer: Any = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._network = Network(weights or trained(), threads=threads)
        self._lock = threading.Lock()

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """In batches of neighbours in length, so that little is computed on padding."""
        read = pairs(self._tokenizer, [(question, title, text) for title, text in texts])
        found: list[Reading | None] = [None] * len(read)
        order = sorted(range(len(read)), key=lambda row: len(read[row].ids))
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            with self._lock:
                logits = self._network(*padded([read[row] for row in rows]))
            for row, of_row in zip(rows, logits, strict=True):
                found[row] = _reading(read[row], of_row)
        return [one for one in found if one is not None]


def _reading(pair: Pair, logits: NDArray[np.float32]) -> Reading:
    inside = logits[pair.text_at : pair.text_at + len(pair.offsets)]
    return Reading(pair.offsets, inside[:, 0], inside[:, 1], float(logits[0].sum()))
