"""A training example of the checker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """A claim beside its evidence.

    wrong      start and end of the words that are not supported; None where only the whole was judged
    kind       by what it was altered; empty for a faithful one
    reworded   in what ways it was put in other words
    """

    text: str
    title: str
    evidence: str
    supported: bool
    wrong: tuple[tuple[int, int], ...] | None
    kind: str = ""
    reworded: tuple[str, ...] = ()
