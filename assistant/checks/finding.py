"""What a check says about a sentence: how far it is supported, and why not fully."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assistant.types import Support

_ORDER: dict[Support, int] = {"supported": 0, "partly": 1, "unsupported": 2}


class Finding(NamedTuple):
    """`words` are those of the sentence that are not supported, where that is known."""

    support: Support
    reason: str
    words: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """0 for supported, higher is worse."""
        return _ORDER[self.support]


FINE = Finding("supported", "")


def partly(reason: str, words: tuple[str, ...] = ()) -> Finding:
    return Finding("partly", reason, words)


def unsupported(reason: str) -> Finding:
    return Finding("unsupported", reason)


def best(findings: Iterable[Finding]) -> Finding:
    """The first of the least serious ones; of none FINE."""
    return min(findings, key=lambda finding: finding.rank, default=FINE)


def worst(findings: Iterable[Finding]) -> Finding:
    """The first of the most serious ones."""
    return max(findings, key=lambda finding: finding.rank, default=FINE)
