"""Windows: neighbouring sentences that are read at once, so that one explains the other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.candidates import Candidate

LONGEST = 400  # characters, some 90 word pieces: what the reader was trained on


def windows(found: Sequence[Candidate]) -> list[range]:
    """The places of the sentences of each window; two that follow one another share a sentence.

    `found` has the sentences of a passage beside one another, in their order.
    """
    cut: list[range] = []
    for first, last in _runs(found):
        start = first
        while start < last:
            end = start + 1
            while end < last and found[end].end - found[start].start <= LONGEST:
                end += 1
            cut.append(range(start, end))
            start = last if end == last else max(end - 1, start + 1)
    return cut


def _runs(found: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Start and end of each run of sentences that follow one another in a passage."""
    starts = [0, *(place for place in range(1, len(found)) if not _follows(found[place - 1], found[place]))]
    return list(zip(starts, [*starts[1:], len(found)], strict=True)) if found else []


def _follows(earlier: Candidate, later: Candidate) -> bool:
    return earlier.passage == later.passage and earlier.number + 1 == later.number
