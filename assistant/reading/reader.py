"""The trained reader: whether a piece of an article answers a question, and with which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reading.graph import Lower, Network, trained
from assistant.reading.pairs import Pair, load_tokenizer, pairs

LONGEST_ANSWER = 30  # word pieces


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
    """What was read in one text: logits of its word pieces, and the likeliest answer in its title.

    none  the logits of "not here"
    """

    title: str
    text: str
    in_title: Found | None
    offsets: Sequence[tuple[int, int]]
    logits: NDArray[np.float32]
    none: float

    def best(self, start: int, end: int) -> Found | None:
        """The likeliest answer from `start` to `end`; None where no word piece of that was read.

        Words that answer in the title do so here, too: the reader marks only one of the two places.
        """
        rows = [row for row, (first, last) in enumerate(self.offsets) if start <= first and last <= end]
        if not rows:
            return None
        here = _likeliest(self.logits[rows[0] : rows[-1] + 1], self.offsets[rows[0] : rows[-1] + 1], self.none)
        above = self.in_title
        if above is None or above.score <= here.score:
            return here
        words = re.escape(self.title[above.start : above.end])
        again = re.compile(rf"(?<!\w){words}(?!\w)").search(self.text, start, end)
        return Found(above.score, *again.span()) if again else here


def _likeliest(logits: NDArray[np.float32], offsets: Sequence[tuple[int, int]], none: float) -> Found:
    """The span of at most LONGEST_ANSWER word pieces with the greatest sum of its first and last logit."""
    sums = logits[:, None, 0] + logits[None, :, 1]
    sums = np.where(np.triu(np.tri(len(logits), k=LONGEST_ANSWER, dtype=bool)), sums, -np.inf)
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    return Found(float(sums[first, last]) - none, offsets[int(first)][0], offsets[int(last)][1])


class AnswerReader(Protocol):
    """Reads texts for the answer to a question."""

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """One reading for each (title, text)."""
        ...


class BundledReader:
    """The reader in the package, as an OpenVINO graph."""

    def __init__(self, *, threads: int, weights: dict[str, NDArray[Any]] | None = None) -> None:
        own = weights or trained()
        self.tokenizer = load_tokenizer()
        self.lower = Lower(own, threads=threads)
        self._network = Network(own, self.lower, head="span")

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        read = pairs(self.tokenizer, [(question, title, text) for title, text in texts])
        rows = zip(texts, read, self._network(read), strict=True)
        return [_reading(title, text, pair, logits) for (title, text), pair, logits in rows]


def _reading(title: str, text: str, pair: Pair, logits: NDArray[np.float32]) -> Reading:
    none = float(logits[0].sum())
    above = logits[pair.title_at : pair.title_at + len(pair.in_title)]
    in_title = _likeliest(above, pair.in_title, none) if pair.in_title else None
    inside = logits[pair.text_at : pair.text_at + len(pair.offsets)]
    return Reading(title, text, in_title, pair.offsets, inside, none)
