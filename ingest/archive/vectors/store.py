"""What keeps the vectors of passages, so that the nearest are found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from ingest.embedding.embedder import Vectors
from ingest.types import EVERYTHING, Article, Filter, Passage


class VectorStore(Protocol):
    """A derived index: it can be rebuilt from the database without embedding."""

    def exists(self) -> bool: ...

    def was_left_open(self) -> bool:
        """Whether a process that had it open ended without closing it."""

    def broken(self) -> Iterator[str]:
        """What is wrong with files that could crash the process that opens them."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def put(self, items: Sequence[tuple[Passage, Article]], vectors: Vectors, *, pause: float = 0.0) -> None:
        """Add passages, and bring up to date what is known of the articles of those that are there already.

        pause  seconds that are left to other threads after each hundred
        """

    def relink(self) -> int:
        """Make the passages reachable that no search reaches; returns how many there were."""

    def delete(self, ids: Sequence[str]) -> None: ...

    def search(self, vector: Vectors, limit: int, filters: Filter = EVERYTHING) -> list[tuple[str, float]]:
        """(passage id, cosine similarity), best first, among the articles that the filter lets through."""

    def count(self) -> int: ...

    def having(self, ids: Sequence[str]) -> set[str]:
        """Which of these ids are there."""

    def kept(self, ids: Sequence[str]) -> Iterator[tuple[str, Vectors, dict[str, Any]]]:
        """(id, vector, metadata) of those of these that are there."""

    def ids(self) -> set[str]: ...

    def visible(self) -> set[str]:
        """Every id that a search finds."""
