"""Printed pages: their lines with place and size, running heads told from text, lines made paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.extract.text.plain import stands_alone
from ingest.extract.text.wrapped import add

_EDGE = 2  # lines at the top and at the bottom of a page that may be no text
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"\A(?:page |seite |p\. ?)?[-–— ]{0,3}\d{1,4}(?: ?(?:/|of|von|de|sur) ?\d{1,4})?[-–— ]{0,3}", re.IGNORECASE
)
# What browsers print above and below a page: the time of printing, and where it lies.
_PRINTED = re.compile(r"\A\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}(?: ?[AP]M)?\b.{0,300}", re.IGNORECASE)
ADDRESS = re.compile(r"\A(?:.{0,100} )?(?P<url>https?://\S{4,2000})(?: {1,20}\d{1,4} ?/ ?\d{1,4})?")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’»)]{0,2}\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it begins and the size of its letters, in points; `page` counts from 0."""

    text: str
    page: int
    x: float
    y: float
    size: float


def without_heads(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those that are repeated or counted at the edges of the pages."""
    edges = _edges(lines)
    repeated = Counter(key for key, _ in {(_key(line), line.page) for line in edges})
    pages = len({line.page for line in lines})
    enough = max(2, 0.4 * pages)
    heads = [line for line in edges if repeated[_key(line)] >= enough or _is_head(line.text)]
    gone = set(map(id, heads))
    return [line for line in lines if id(line) not in gone], heads


def paragraphs(lines: Sequence[Line], words: Collection[str]) -> list[str]:
    """The lines joined into paragraphs; `words` of the whole text tell whose hyphen stands at the end of a line."""
    found: list[list[str]] = []
    last: Line | None = None
    usual, full = _usual_gap(lines), median([len(line.text) for line in lines]) if lines else 0.0
    for line in lines:
        if last is None or _is_new(last, line, usual=usual, full=full):
            found.append([line.text])
        else:
            add(found[-1], line.text, words)
        last = line
    return ["".join(parts) for parts in found]


def _edges(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for page in sorted({line.page for line in lines}):
        here = sorted((line for line in lines if line.page == page), key=lambda line: -line.y)
        found += here if len(here) <= 2 * _EDGE else [*here[:_EDGE], *here[-_EDGE:]]
    return found


def _key(line: Line) -> tuple[str, int]:
    """What repeated lines have in common; a title that is repeated above each page is larger than that."""
    return _DIGITS.sub("0", line.text.casefold()), round(line.size)


def _is_head(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_NUMBER, _PRINTED, ADDRESS))


def _usual_gap(lines: Sequence[Line]) -> float:
    """The distance from line to line inside a paragraph."""
    gaps = [gap for above, line in pairwise(lines) if 0 < (gap := above.y - line.y) < 4 * line.size]
    return median(gaps) if gaps else 0.0


def _is_new(last: Line, line: Line, *, usual: float, full: float) -> bool:
    """Whether a line begins a paragraph."""
    if abs(line.size - last.size) > 0.08 * last.size or stands_alone(last.text) or stands_alone(line.text):
        return True
    ended = _SENTENCE_END.search(last.text) is not None
    short = len(last.text) < 0.75 * full
    gap = last.y - line.y
    if line.page != last.page or gap < 0:
        return ended and short
    if usual and gap > 1.35 * usual:
        return True
    indented = 4 < line.x - last.x < 60
    return ended and (short or indented)
