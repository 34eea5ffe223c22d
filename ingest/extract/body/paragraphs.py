"""The paragraphs of one element of a page: its running text without what is around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ingest.extract.body.markup import seen_text
from ingest.language.text import squeeze

HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_RUNNING = ("p", "li", "blockquote", "pre", "dt", "dd", "tr")
_TAGS = (*_RUNNING, *HEADS[1:])
_NO_TEXT = frozenset({"button", "nav", "form", "aside", "footer", "figcaption", "svg", "iframe"})
_LONG = 40  # characters of a line that is text wherever it stands
_SENTENCE_ENDS = tuple('.!?…:。！？।؟"”»’)')
_MOST_LOOSE, _DEEPEST = 0.5, 100


def paragraphs(element: Any) -> list[str]:
    """Its paragraphs, headings and list items; where most of it is loose text, the lines of that."""
    lines = [line for _, line in marked(element)]
    if sum(map(len, lines)) >= _MOST_LOOSE * len(line_of(element)):
        return lines
    loose = (squeeze(line) for line in seen_text(element).split("\n"))
    return [line for line in loose if len(line) >= _LONG or line.endswith(_SENTENCE_ENDS)]


def marked(element: Any) -> Iterator[tuple[Any, str]]:
    """The elements of its paragraphs, headings and list items, each with its line."""
    for one in element.iter(*_TAGS):
        around = {step.tag for step in islice(one.iterancestors(), _DEEPEST)}
        if next(one.iterdescendants(*_TAGS), None) is None and around.isdisjoint(_NO_TEXT) and (line := line_of(one)):
            yield one, line


def running(element: Any) -> int:
    """The length of its longer paragraphs and list items without the text of links."""
    lines = ((one, line) for one, line in marked(element) if one.tag in _RUNNING and len(line) >= _LONG)
    return sum(len(line) - in_links(one) for one, line in lines)


def in_links(element: Any) -> int:
    """How much of its text is that of links."""
    return sum(len(line_of(link)) for link in element.iter("a") if link.get("href"))


def holders(tree: Any) -> list[Any]:
    """The elements among whose children are paragraphs, be each in a box of its own; the one with most text first."""
    own, boxed = defaultdict[Any, list[int]](list), defaultdict[Any, list[int]](list)
    for one in tree.iter("p"):
        if (length := len(line_of(one))) >= _LONG and (parent := one.getparent()) is not None:
            own[parent].append(length)
    for parent, lengths in own.items():
        if len(lengths) == 1 and (around := parent.getparent()) is not None:
            boxed[around].append(lengths[0])
    found = {**own, **{around: lengths for around, lengths in boxed.items() if len(lengths) > 1}}
    return sorted(found, key=lambda one: -sum(found[one]))


def line_of(element: Any) -> str:
    """All its text on one line."""
    return squeeze("".join(element.itertext()))
