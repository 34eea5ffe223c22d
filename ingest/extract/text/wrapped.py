"""Lines that were broken to fit a width, made paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_SHORTEST = 40  # of a line that was broken because it was full
_LONGEST_WORD = 50
_ITEM = re.compile(r"(?:[•·▪‣*>–—-]|\d{1,3}[.)]|[A-Z][\w-]{1,12}:)\s")
_WORD = re.compile(r"\w+(?:-\w+)*")
_BROKEN_WORD = re.compile(r"(?<!\w)(\w{1,40})-\Z")
_SOFT_HYPHEN = "\u00ad"
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines of a text with those joined that were broken for their length alone; blank ones stay."""
    found: list[list[str]] = []
    for line in lines:
        last = found[-1][-1] if found else ""
        if line and len(last) >= _SHORTEST and not _ITEM.match(line):
            add(found[-1], line)
        else:
            found.append([line])
    return ["".join(parts) for parts in found]


def add(parts: list[str], line: str, words: Collection[str] | None = None) -> None:
    """Put a line behind the last one of its paragraph.

    With the `words` of the whole text a word that was divided at the end of the line is made whole; without them
    its hyphen stays, since it may be the word's own.
    """
    parts[-1] = _before(parts[-1], line, words)
    parts.append(line)


def _before(line: str, following: str, words: Collection[str] | None) -> str:
    """A line as it ends where another one follows it."""
    if line.endswith(_SOFT_HYPHEN):
        return line.removesuffix(_SOFT_HYPHEN)
    divided, rest = _BROKEN_WORD.search(line[-_LONGEST_WORD:]), _WORD.match(following[:_LONGEST_WORD])
    if not divided or not rest or not following[0].islower():
        return f"{line} "
    whole, hyphenated = divided[1] + rest[0], f"{divided[1]}-{rest[0]}"
    own = words is None or (hyphenated.casefold() in words and whole.casefold() not in words)
    return line if own else line[:-1]


def words_of(text: str) -> frozenset[str]:
    """The words of a text, those with hyphens as one, without regard to case."""
    return frozenset(word.casefold() for word in _WORD.findall(text))


def spelt(text: str) -> str:
    """The text with letters for ligatures: “ﬁre” is fire."""
    return text.translate(_LIGATURES)
