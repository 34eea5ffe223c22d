"""What changed between two versions of an article: the sentences that differ, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from ingest.language.sentences import sentences
from ingest.types import Article, Frozen

ALIKE = 0.4  # share of their words from which two sentences are one that was changed


class Piece(Frozen):
    """A run of words of two versions: in both, only in the earlier one, or only in the later one."""

    kind: Literal["same", "out", "in"]
    text: str


class Difference(Frozen):
    """What changed between two versions of an article, by their digests.

    title      both titles as one line of pieces
    sentences  the ones that changed, each with what it was; a text that did not change has none
    """

    article_id: str
    earlier: str
    later: str
    title: tuple[Piece, ...]
    sentences: tuple[tuple[Piece, ...], ...]


def difference(earlier: Article, later: Article) -> Difference:
    """The titles, and the sentences that were changed, taken out or put in, in reading order."""
    return Difference(
        article_id=later.id,
        earlier=earlier.digest,
        later=later.digest,
        title=pieces(earlier.title, later.title),
        sentences=tuple(_changed(_sentences(earlier.text), _sentences(later.text))),
    )


def pieces(earlier: str, later: str) -> tuple[Piece, ...]:
    """Two lines as runs of words that are in both, only in the earlier or only in the later one."""
    old, new = earlier.split(), later.split()
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(kind="same", text=" ".join(new[c:d])))
            continue
        found += [Piece(kind="out", text=" ".join(old[a:b]))] if b > a else []
        found += [Piece(kind="in", text=" ".join(new[c:d]))] if d > c else []
    return tuple(found)


def _sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _rewritten(list(old[a:b]), new[c:d])


def _rewritten(old: list[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Each later sentence beside the earlier one that it is made from; those without one stand alone."""
    for sentence in new:
        place = next((place for place, before in enumerate(old) if _alike(before, sentence)), None)
        if place is None:
            yield (Piece(kind="in", text=sentence),)
            continue
        yield from ((Piece(kind="out", text=gone),) for gone in old[:place])
        yield pieces(old[place], sentence)
        del old[: place + 1]
    yield from ((Piece(kind="out", text=gone),) for gone in old)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
