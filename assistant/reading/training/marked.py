"""A text of which each character is marked as right or wrong, and keeps its mark while the text is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

RIGHT, WRONG = ".", "x"
_WORD = re.compile(r"[\w%$€£]+")
_NO_NAME = re.compile(
    r"(?:The|An?|This|It|He|She|They|In|On|At|There|These|Some|Many|His|Her|Its|Their|During|After|By|As|For|With"
    r"|From|Most|All|One|Two|Three|Several|Another|Such|Both|If|When|While|Since|Because|Although|To|Other"
    r"|First|He|We)\b"
)


@dataclass(frozen=True)
class Marked:
    """`marks` has one sign for each character of the text."""

    text: str
    marks: str

    def __getitem__(self, part: slice) -> Marked:
        return Marked(self.text[part], self.marks[part])

    def __add__(self, other: Marked | str) -> Marked:
        added = right(other) if isinstance(other, str) else other
        return Marked(self.text + added.text, self.marks + added.marks)

    def altered(self, start: int, end: int, new: str) -> Marked:
        """With other words, which are wrong."""
        return self[:start] + Marked(new, WRONG * len(new)) + self[end:]

    def reworded(self, start: int, end: int, new: str) -> Marked:
        """With words that mean the same: wrong where what they replace is."""
        sign = WRONG if self.is_wrong(start, end) else RIGHT
        return self[:start] + Marked(new, sign * len(new)) + self[end:]

    def cut(self, start: int, end: int) -> Marked:
        """Without a part that changes what is told; wrong is the word after it, or before it at the end."""
        rest = self[:start] + self[end:]
        found = _WORD.search(rest.text, start) or next(iter(list(_WORD.finditer(rest.text, 0, start))[-1:]), None)
        return rest.marked(*found.span()) if found else rest

    def marked(self, start: int, end: int) -> Marked:
        return Marked(self.text, self.marks[:start] + WRONG * (end - start) + self.marks[end:])

    def each(self, change: Callable[[str], str]) -> Marked:
        """Changed in a way that keeps its length, such as its case."""
        return Marked(change(self.text), self.marks)

    def group(self, found: re.Match[str], name: str | int = 0) -> Marked:
        """What a group of a match has found in the text."""
        return self[slice(*found.span(name))]

    def is_wrong(self, start: int, end: int) -> bool:
        """Whether a character there is wrong."""
        return WRONG in self.marks[start:end]

    @property
    def wrong(self) -> list[tuple[int, int]]:
        """Start and end of each run of wrong characters."""
        return [match.span() for match in re.finditer("x+", self.marks)]


def right(text: str) -> Marked:
    return Marked(text, RIGHT * len(text))


def capital(text: Marked) -> Marked:
    """With a capital at its beginning."""
    return text[:1].each(str.upper) + text[1:]


def lowered(text: Marked) -> Marked:
    """As it stands within a sentence: a name keeps its capital."""
    return text[:1].each(str.lower) + text[1:] if _NO_NAME.match(text.text) else text
