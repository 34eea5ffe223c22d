"""The rest of an article whose text was found in part: further sections, tables, the line below its headline.

What belongs to it is told by the structure of the page alone: it stands in the same article, outside of the parts
that are none of its running text, and is built as what was found, or is much running text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from typing import Any

from ingest.extract.body.boxes import is_box
from ingest.extract.body.runs import APART, Run, folded_letters, prose, runs, width
from ingest.extract.body.tables import ROW
from ingest.extract.byline.bylines import is_of_writer

_MOST = 0.8  # of what was found, in the part of the page that is its article
_DEPTH = 3  # elements by which two paragraphs are built alike
# Paragraphs, and share of what was found, of a section that is built otherwise. In the very part of the page in which
# the rest was found it was left out for a reason.
_FEWEST, _SHARE, _SHARE_WITHIN = 2, 0.15, 0.5
_PROSE, _LINKED = 0.7, 0.15  # share of running text in such a section at least, of links at most
_DESCRIPTIONS = "//meta[@name='description' or @property='og:description' or @name='twitter:description']/@content"
_BEGINS = ".//h1 | .//article | .//time | .//*[@itemprop='headline']"
_TEASES = ".//h2//a[@href] | .//h3//a[@href] | .//h4//a[@href]"
_ACTS = (
    ".//button | .//form | .//input | .//a[@role='button' or contains(@class, 'button') or contains(@class, 'btn')]"
)
_NO_TEXT = f"{_TEASES} | {_ACTS} | .//a[@href] | .//time | .//img | .//video | .//iframe | .//address"
_MAY_TELL = ("header", "aside", "footer")
_MAY_BE_TEXT = ("header", "aside", "footer", "figure", "dialog")
_LISTS = ("ul", "ol")
_ARTICLES = ("article", "main")
_NUMBER = re.compile(r"\d+")
_LITTLE = 500  # characters of running text that a note beside an article may have
# Share of what may be of the article or not from which it counts; characters of links that are no list beside it.
_DOUBTFUL, _LONG_LIST = 0.4, 2500
_STOPS, _QUOTES = frozenset(".!?…:。！？।۔؟"), "\"”’'»)」』"
_MOST_RUNS = 5000  # paragraphs of a page that is looked at
_FEW, _COMPARED = 5, 60  # descriptions of a page, letters of them
_KNOWN_AGAIN = 20  # letters of a paragraph by which its place is sure

Build = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A text with what belongs to it, and the share of its article's running text that is not in it."""

    text: str
    missing: float


def whole(tree: Any, text: str) -> Whole:
    """The text with what else belongs to its article, each paragraph in its place."""
    found = runs(tree)
    known = folded_letters(text)
    if len(found) > _MOST_RUNS or not any(_is_known(run, known) for run in found):
        return Whole(text, 0.0)
    article = _Article(found, text)
    chosen = article.belonging() | article.set_apart() | article.standfirst(tree.xpath(_DESCRIPTIONS))
    text = article.with_added(chosen) if chosen else text
    return Whole(text, article.missing(chosen, width(text)))


class _Article:
    """A page seen from the text that was found on it."""

    def __init__(self, found: list[Run], text: str) -> None:
        self._lines = text.split("\n\n")
        self._folded = [folded_letters(line) for line in self._lines]
        self._known = "".join(self._folded)
        self.runs = found
        self.found = [run for run in found if _is_known(run, self._known)]
        self._weight: Counter[Any] = Counter()
        for run in self.found:
            self._weight.update({element: len(run.text) for element in _upward(run.element)})
        self._total = sum(len(run.text) for run in self.found)
        self._core, self._scope = self._places()
        inside = set(self._scope.iter())
        self._left = [run for run in self.runs if run.element in inside and _is_text(run) and not self._is_found(run)]
        self._apart = [run for run in self.runs if run.element in inside and run.apart and not self._is_found(run)]

    def _is_found(self, run: Run) -> bool:
        return folded_letters(run.text) in self._known

    def _places(self) -> tuple[Any, Any]:
        """The smallest part of the page that holds most of what was found, and the article or main part around it."""
        upward = list(_upward(self.found[len(self.found) // 2].element))
        at = next(at for at, element in enumerate(upward) if self._weight[element] >= _MOST * self._total)
        around = upward[at:]
        return around[0], next(
            (element for element in around if _is_article(element)), around[min(2, len(around) - 1)]
        )

    def _branches(self) -> list[tuple[Any, list[Run]]]:
        """What was not found, by the topmost elements that hold nothing of what was found."""
        grouped: dict[Any, list[Run]] = {}
        for run in self._left:
            grouped.setdefault(self._branch(run), []).append(run)
        return list(grouped.items())

    def _branch(self, run: Run) -> Any:
        element = run.element
        while not self._weight[parent := element.getparent()] and parent is not self._scope:
            element = parent
        return element

    def _is_same(self, run: Run) -> bool:
        """Whether a paragraph stands in no article of its own."""
        nearest = next((element for element in _upward(run.element) if element.tag == "article"), None)
        return nearest is None or self._weight[nearest] > 0

    def belonging(self) -> set[Run]:
        """The paragraphs that belong to the article."""
        possible = [branch for branch in self._branches() if self._may_belong(*branch)]
        sections = [found for element, found in possible if self._is_section(element, found)]
        built = {_build(run.element, _DEPTH) for found in (self.found, *sections) for run in found if run.is_prose}
        alike = [run for _, found in possible for run in _alike(found, built)]
        listed = [found for element, found in possible if self._is_table(found) or self._is_list(element, found)]
        every = chain(alike, chain.from_iterable(sections), chain.from_iterable(listed))
        return {run for run in every if 2 * run.linked < len(run.text)}

    def set_apart(self) -> set[Run]:
        """What stands in a header, box or footer of the article and is running text or facts of it.

        Such a part asks for nothing, shows nothing, leads nowhere and is of no writer; a box stands amid the text.
        """
        chosen: set[Run] = set()
        for part, found in self._parts().items():
            told = found if part.tag == "aside" else [run for run in found if run.is_prose]
            sure = part.tag != "aside" or (len(found) > 1 and self._core in part.iterancestors())
            if sure and not part.xpath(_NO_TEXT) and self._is_same(found[0]) and not _is_of_other(part, found):
                chosen.update(told)
        return chosen

    def _parts(self) -> dict[Any, list[Run]]:
        """What was not found in the headers, boxes and footers of the article, below its headline."""
        inside = set(self._scope.iter())
        grouped: dict[Any, list[Run]] = {}
        heads = [at for at, run in enumerate(self.runs) if run.element.tag == "h1"]
        below = set(self.runs[heads[-1] + 1 :] if heads else self.runs)
        for run in self._apart:
            part = next(step for step in _upward(run.element) if step.tag in APART)
            if run in below and part in inside and part.tag in _MAY_TELL:
                grouped.setdefault(part, []).append(run)
        return grouped

    def missing(self, chosen: set[Run], length: int) -> float:
        """The share of the article that is not in a text of that length, as far as it can be told.

        Long lists of links in its midst may be none of it, nor running text elsewhere on a page that marks no
        article: they count where they are much.
        """
        left = {run.text: run for run in self._left_out(chosen)}
        core = set(self._core.iter())
        amid = sum(run.width for run in left.values() if run.element in core)
        marked = _is_article(self._scope)
        set_apart = self._apart_from(chosen)
        sure = prose(left.values()) + set_apart if marked else 0
        elsewhere = 0 if marked else prose(self._elsewhere(chosen).values())
        doubtful = max(_share(amid if amid > _LONG_LIST else 0, length), _share(elsewhere, length))
        return max(_share(sure, length), doubtful if doubtful > _DOUBTFUL else 0.0)

    def _left_out(self, chosen: set[Run]) -> Iterator[Run]:
        """What may belong to the article and is not chosen.

        What begins with a headline of its own does not, nor does what asks for something amid the text.
        """
        for element, found in self._branches():
            amid = self._core in element.iterancestors()
            if element is found[0].element or not element.xpath(f"{_BEGINS} | {_ACTS}" if amid else _BEGINS):
                yield from (run for run in found if run not in chosen and self._is_same(run))

    def _apart_from(self, chosen: set[Run]) -> int:
        """Characters of running text in parts of the article that were left out and neither lead on nor ask."""
        parts: dict[Any, list[Run]] = {}
        for run in self._apart:
            part = next(step for step in _upward(run.element) if step.tag in APART)
            if part.tag in _MAY_BE_TEXT and run.is_prose and run not in chosen:
                parts.setdefault(part, []).append(run)
        left = (found for part, found in parts.items() if not part.xpath(f"{_TEASES} | {_ACTS}"))
        return sum({run.text: run.width for found in left for run in found if self._is_same(run)}.values())

    def _elsewhere(self, chosen: set[Run]) -> dict[str, Run]:
        left = (run for run in self.runs if _is_text(run) and run not in chosen and not self._is_found(run))
        return {run.text: run for run in left if self._is_same(run)}

    def standfirst(self, descriptions: list[str]) -> set[Run]:
        """The line between the headline and the text by which the page also describes itself."""
        said = {folded_letters(line)[:_COMPARED] for line in descriptions[:_FEW]} - {""}
        first = self.runs.index(self.found[0])
        heads = [at for at, run in enumerate(self.runs[:first]) if run.element.tag == "h1"]
        below = self.runs[heads[-1] + 1 : first] if heads else []
        lines = (
            run for run in below if len(run.text) >= _KNOWN_AGAIN and folded_letters(run.text)[:_COMPARED] in said
        )
        return {run for run in islice(lines, 1) if not self._is_found(run)}

    def _may_belong(self, element: Any, found: list[Run]) -> bool:
        single = element is found[0].element
        return self._is_same(found[0]) and not is_box(element) and (single or not element.xpath(_BEGINS))

    def _is_table(self, found: list[Run]) -> bool:
        rows = sum(len(run.text) for run in found if run.element.get(ROW) is not None)
        return rows > _PROSE * sum(len(run.text) for run in found)

    def _is_list(self, element: Any, found: list[Run]) -> bool:
        """Whether it is a list without links beside paragraphs that were found."""
        beside = element.tag in _LISTS and any(run.element.getparent() is element.getparent() for run in self.found)
        return beside and not any(run.linked for run in found)

    def _is_section(self, element: Any, found: list[Run]) -> bool:
        paragraphs = [run for run in found if run.is_prose]
        length = sum(len(run.text) for run in found)
        running = sum(len(run.text) for run in paragraphs)
        share = _SHARE_WITHIN if self._core in element.iterancestors() else _SHARE
        return (
            len(paragraphs) >= _FEWEST
            and running >= max(share * self._total, _PROSE * length)
            and sum(run.linked for run in found) <= _LINKED * length
            and not element.xpath(f"{_TEASES} | {_ACTS}")
        )

    def with_added(self, chosen: set[Run]) -> str:
        """The text with the chosen paragraphs, each behind the one that it follows on the page.

        A line of the text that is a part of such a paragraph gives way to it.
        """
        ends = list(accumulate(map(len, self._folded)))
        behind: dict[int, list[str]] = {}
        line = -1
        for run in self.runs:
            words = folded_letters(run.text)
            if run in chosen:
                behind.setdefault(line, []).append(f"- {run.text}" if run.element.tag == "li" else run.text)
            elif len(words) >= _KNOWN_AGAIN and (at := self._known.find(words)) >= 0:
                line = bisect_right(ends, at + len(words) - 1)
        longer = [folded_letters(run.text) for run in chosen]
        parts = {
            at for at, words in enumerate(self._folded) if len(words) >= _KNOWN_AGAIN and _is_part(words, longer)
        }
        kept = ([] if at in parts else [text] for at, text in enumerate(self._lines))
        lines = (piece for at, text in enumerate(kept) for piece in (*text, *behind.get(at, ())))
        return "\n\n".join([*behind.get(-1, ()), *lines])


def _is_part(words: str, longer: list[str]) -> bool:
    return any(words in other for other in longer)


def _share(left: int, length: int) -> float:
    return left / (left + length) if left >= _LITTLE else 0.0


def _alike(found: list[Run], built: set[Build]) -> list[Run]:
    """The paragraphs of a branch that are built so; all of it where they are most of it."""
    alike = [run for run in found if run.is_prose and _build(run.element, _DEPTH) in built]
    most = sum(len(run.text) for run in alike) >= _PROSE * sum(len(run.text) for run in found)
    return found if most else alike


def _upward(element: Any) -> Iterator[Any]:
    while element is not None:
        yield element
        element = element.getparent()


def _is_known(run: Run, text: str) -> bool:
    return run.is_prose and not run.apart and folded_letters(run.text) in text


def _is_of_other(part: Any, found: list[Run]) -> bool:
    """Whether it is about a writer, is named as something else, or has no sentence."""
    return (
        is_box(part)
        or any(is_of_writer(one) for one in part.iterdescendants())
        or not any(run.text.rstrip(_QUOTES)[-1:] in _STOPS for run in found)
    )


def _is_text(run: Run) -> bool:
    """Whether it stands in running text; the table of a figure does, its caption does not."""
    return not run.apart or (run.apart == "figure" and run.element.get(ROW) is not None)


def _is_article(element: Any) -> bool:
    return element.tag in _ARTICLES or element.get("role") in _ARTICLES


def _build(element: Any, depth: int) -> Build:
    """How a paragraph is built: the tags and classes from it upward, whatever the numbers in them."""
    upward = zip(range(depth), _upward(element), strict=False)
    return tuple((part.tag, _NUMBER.sub("", part.get("class") or "")) for _, part in upward)
