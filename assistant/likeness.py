"""Nearness of meaning between a sentence and passages, each embedded once for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.embedding.embedder import Embedder, Vectors


class Likeness:
    """The greatest cosine similarity of a text to any of some passages; 0 where there is none."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}

    def __call__(self, text: str, passages: Sequence[str]) -> float:
        new = [one for one in dict.fromkeys((text, *passages)) if one not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))
        return max((float(self._vectors[one] @ self._vectors[text]) for one in passages), default=0.0)
