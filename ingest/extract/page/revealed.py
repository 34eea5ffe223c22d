"""Articles that a page holds and does not show before a script or a payment does."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ingest.extract.body.boxes import is_box
from ingest.extract.body.hidden import drop, hidden
from ingest.extract.body.runs import APART, UNSEEN, Run, prose, runs
from ingest.extract.page.walls import wall

_HIDING = ("hidden", "style", "aria-hidden")
_DIALOGUES = ("dialog", "alertdialog")
_NEVER = frozenset({"script", "style", *APART})
_SHORTEST = 200  # characters of running text that make an article
_LEAST, _MOST = 60, 20  # characters of a part that is looked at; parts that are looked at for what is beside them
_NUMBER = re.compile(r"\d+")


def shown_only(tree: Any) -> int:
    """Take what a page hides out of the tree, except where that is most of its running text.

    That is the article, and no note for machines: behind an open dialogue, a paywall or in streamed parts whole
    articles are hidden so. Gives the characters of running text that went from the midst of what is shown.
    """
    _put_in_place(tree)
    found = hidden(tree)
    article, amid = _article(tree, found)
    _show(article)
    kept = set(article)
    for element in found:
        if element not in kept:
            drop(element)
    return amid


def _article(tree: Any, found: list[Any]) -> tuple[list[Any], int]:
    """The hidden elements that hold the article, or how much running text is hidden amid that of the article."""
    parts = {element: runs(element) for element in _outermost(found) if _may_be_article(element)}
    if sum(map(prose, parts.values())) < _SHORTEST:
        return [], 0
    shown = runs(tree)
    lengths = _lengths(parts, Counter(run.text for run in shown))
    rest = prose(shown) - sum(length for element, length in lengths.items() if element.tag not in UNSEEN)
    for group in _groups(lengths):
        if sum(lengths[element] for element in group) > max(rest, _SHORTEST):
            return group, 0
    largest = sorted(lengths, key=lambda element: lengths[element])[-_MOST:]
    return [], sum(lengths[element] for element in largest if _is_amid(element))


def _put_in_place(tree: Any) -> None:
    """Do what the scripts of a page that React streams would.

    They put the hidden <div id="S:1"> at its end where <template id="B:1"> or <template id="P:1"> stands.
    """
    places = {place.get("id"): place for place in tree.iter("template")}
    for part in tree.xpath("//div[@hidden and starts-with(@id, 'S:')]"):
        number = part.get("id").removeprefix("S:")
        place = next((places[name] for name in (f"B:{number}", f"P:{number}") if name in places), None)
        if place is not None and part not in place.iterancestors():
            place.addprevious(part)
            _show([part])


def _outermost(elements: list[Any]) -> list[Any]:
    inside: set[Any] = set()
    found = []
    for element in elements:
        if element not in inside:
            found.append(element)
            inside.update(element.iter())
    return found


def _may_be_article(element: Any) -> bool:
    return (
        element.tag not in _NEVER
        and len("".join(element.itertext())) >= _LEAST
        and element.get("role") not in _DIALOGUES
        and not is_box(element)
        and not any(ancestor.tag in APART for ancestor in element.iterancestors())
    )


def _lengths(parts: dict[Any, list[Run]], seen: Counter[str]) -> dict[Any, int]:
    """The characters of running text in each, without what is shown elsewhere as well."""
    found = {}
    for element, texts in parts.items():
        own = 0 if element.tag in UNSEEN else 1
        length = prose(run for run in texts if seen[run.text] <= own)
        if length and not _is_other(texts):
            found[element] = length
    return found


def _is_other(texts: list[Run]) -> bool:
    """Whether it is a consent wall, or as many links as text."""
    length, linked = sum(len(run.text) for run in texts), sum(run.linked for run in texts)
    return linked * 2 > length or bool(wall("", "\n".join(run.text for run in texts)))


def _groups(lengths: dict[Any, int]) -> list[list[Any]]:
    """The elements that are hidden alike: paragraphs beside each other, the parts of a streamed page."""
    groups: dict[tuple[Any, str, str], list[Any]] = {}
    for element in lengths:
        names = _NUMBER.sub("", element.get("class") or "")
        groups.setdefault((element.getparent(), element.tag, names), []).append(element)
    return list(groups.values())


def _show(elements: list[Any]) -> None:
    for element in elements:
        element.tag = "div" if element.tag in UNSEEN else element.tag
        for name in _HIDING:
            element.attrib.pop(name, None)


def _is_amid(element: Any) -> bool:
    """Whether running text is shown right beside it."""
    around = element.getparent()
    if around is None or around.tag == "body":
        return False
    return prose(runs(around)) - prose(runs(element)) >= _SHORTEST
