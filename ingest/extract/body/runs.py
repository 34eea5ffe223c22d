"""The text of a parsed page as runs: paragraphs as a browser would set them, with the elements they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary "
    "table tbody td tfoot th thead tr ul".split()
)
UNSEEN = frozenset("button head iframe noscript object option script select style svg template textarea".split())
# Parts of a page that are not its running text, as the HTML standard describes them (section 4.3).
APART = frozenset("aside dialog figure footer form header nav".split())
_SHORTEST, _MOST_LINKED = 60, 0.5
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60]")
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A paragraph of a page.

    element  the nearest element that is set as a block
    text     its words, one space between them
    linked   how many of its characters are links
    apart    the part of the page that it stands in where that is not its running text, else empty
    """

    element: Any
    text: str
    linked: int
    apart: str

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of running text: long, and most of it no link."""
        return self.linked < _MOST_LINKED * len(self.text) and self.width >= _SHORTEST

    @property
    def width(self) -> int:
        return width(self.text)


def runs(root: Any) -> list[Run]:
    """All runs below an element, in their order; a run ends where a block begins or ends, and at an empty line."""
    return _Reader(root).read()


def prose(found: Iterable[Run]) -> int:
    """How many characters of running text there are."""
    return sum(run.width for run in found if run.is_prose and not run.apart)


def width(text: str) -> int:
    """The length of a text, in which a character of Chinese, Japanese or Korean counts as two: it says as much."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def folded_letters(text: str) -> str:
    """The letters and digits of a text, by which it is known again whatever stands between them."""
    return _NOT_A_LETTER.sub("", text).casefold()


class _Reader:
    """One walk over a tree."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._found: list[Run] = []
        self._pieces: list[str] = []
        self._blocks: list[Any] = [root]
        self._apart: list[str] = [""]
        self._linked = self._links = 0
        self._broken = False

    def read(self) -> list[Run]:
        from lxml.etree import iterwalk

        walk = iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if event == "start" and element.tag in UNSEEN and element is not self._root:
                walk.skip_subtree()
            elif event == "start":
                self._open(element)
            else:
                self._close(element)
        self._flush()
        return self._found

    def _open(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._flush()
            self._blocks.append(element)
            self._apart.append(self._apart[-1] or (tag if tag in APART else ""))
        elif tag == "br":
            self._break()
        elif tag == "a":
            self._links += 1
        self._take(element.text)

    def _close(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._flush()
            self._blocks.pop()
            self._apart.pop()
        elif tag == "a":
            self._links -= 1
        if element is not self._root:
            self._take(element.tail)

    def _break(self) -> None:
        if self._broken:
            self._flush()
        self._pieces.append(" ")
        self._broken = True

    def _take(self, text: str | None) -> None:
        if not text:
            return
        self._pieces.append(text)
        if not text.isspace():
            self._broken = False
            self._linked += len(text) if self._links else 0

    def _flush(self) -> None:
        if not self._pieces:
            return
        text = " ".join("".join(self._pieces).split())
        if text:
            self._found.append(Run(self._blocks[-1], text, self._linked, self._apart[-1]))
        self._pieces.clear()
        self._linked, self._broken = 0, False
