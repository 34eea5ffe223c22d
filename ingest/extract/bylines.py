"""Bylines that are printed on a web page, found by how pages mark them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, takewhile
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest.extract.names import folded
from ingest.text import squeeze

# Boxes about other articles, about readers, and about who somebody is.
_ELSEWHERE = re.compile(
    r"comment|related|promo|recommend|sidebar|newsletter|(?<![\w-])(?:site-|page-)?footer(?![\w-])|popular|trending|most-?read|teaser|carousel|river"
    r"|latest-(?:news|posts|stories|articles)|more-(?:from|stories)|recirc|also-?like|(?<!h-)(?<!author-)(?<![a-z])cards?\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:^|[-_\s])bio(?:$|[-_\s])|avatar|tooltip|caption|credit", re.IGNORECASE)
_MARKED = re.compile(r"by-?line|(?:^|[-_\s])authors?(?:$|[-_\s])|author[-_]?(?:name|list|wrapper)|[a-z]Author", re.I)
_OF_PERSON = re.compile(
    r"/(?:authors?|by|byline|staff|contributors?|writers?|journalists?|team|columnists?|reporters?|autore?s?|auteurs?"
    r"|redakteure?|bios?)/(?:[^/]{1,80}/){0,3}(?P<slug>[^/]{2,80})/?$",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:(?:written|words|story|review|text|news|analysis) )?by:? (?=[^\W\d_])", re.IGNORECASE)
# Between two elements a byline goes on only where a word or comma says so.
_GOES_ON = re.compile(r"(?:(?<=\bby)|(?<=\bby:)|(?<=\band)|(?<=[&,;–—])) ¦|¦ (?=(?:and|by)\b|[&,;])", re.IGNORECASE)
_HELPING = (
    r"\b(?:contributions? (?:from|by)|(?:photo\w{0,8}|pictures|illustrat\w{2,4}|video|edited|reviewed|checked|styled"
    r"|produced|translated) by) (?:[^.:]{0,60}[ ,])?"
)
_PARAGRAPH = 80  # characters; below the first one a byline is that of another article
_LONGEST, _MOST, _MOST_ALIKE, _MOST_AUTHORS = 200, 400, 3, 8
_SUSPECTS = "//body//*[contains(@class, 'uthor') or contains(translate(@class, 'BYLINE', 'byline'), 'line')]"
_NOT_BYLINES = frozenset({"body", "html", "article", "main", "form", "script", "style", "input", "button"})


class Printed:
    """What one parsed page prints as bylines."""

    def __init__(self, tree: Any, stated: Iterable[str] = ()) -> None:
        """`stated` are names that the page gives elsewhere: a line that is one of them is a byline."""
        self._tree = tree
        self._stated = {folded(name) for name in stated}
        heads = tree.xpath("//h1")[:1]
        self._head = heads[0] if heads else None
        self._around_head = {id(step): step for head in heads for step in head.iterancestors()}

    def bylines(self, *, sure: bool = False) -> Iterator[list[str]]:
        """The bylines, the surest kind of mark first, each kind as its lines; `sure` leaves the guesses out."""
        guesses = () if sure else (self._by_link, self._by_word)
        for kind in (self._by_property, self._by_relation, self._by_class, *guesses):
            if lines := [line for line in kind() if line]:
                yield lines

    def helped(self, name: str) -> bool:
        """Whether the page says that this one took the pictures, or only helped: "Contributions from Jane Roe"."""
        pattern = re.compile(_HELPING + re.escape(name), re.IGNORECASE)
        texts = self._tree.xpath("//body//text()[normalize-space() and not(parent::script or parent::style)]")
        return bool(pattern.search(squeeze(" ".join(texts[: 20 * _MOST]))))

    def _by_property(self) -> list[str]:
        """<span itemprop="author"><a itemprop="name">Jane Roe</a></span>"""
        marked = self._first("//body//*[contains(concat(' ', @itemprop, ' '), ' author ')]")
        return self._few(name for one in marked for name in one.xpath(".//*[@itemprop='name']") or [one])

    def _by_relation(self) -> list[str]:
        return self._few(self._first("//body//a[contains(@rel, 'author')]"))

    def _by_class(self) -> list[str]:
        """The first element called byline or author; not where many are, which is a list of articles."""
        alike: dict[str, list[str]] = defaultdict(list)
        found = [element for element in self._tree.xpath(_SUSPECTS) if _is_marked(element)]
        for element in [element for element in found[:_MOST] if not self._is_elsewhere(element)]:
            alike[element.get("class")].append(self._line(element))
        lines = [line for same in alike.values() if len(set(same)) <= _MOST_ALIKE for line in same]
        return [line for line in lines if len(line) > 3][:1]

    def _by_link(self) -> list[str]:
        """The first links whose address spells the name that they print: /staff/jane-roe."""
        return self._few(self._first("//body//a[@href]", _spells))

    def _by_word(self) -> list[str]:
        """The first element near the headline that says no more than "By Jane Roe"."""
        near = "(ancestor::*[position() <= 2]//* | following::*)[position() <= 60]"
        for element in self._head.xpath(near) if self._head is not None else []:
            line = self._line(element)
            if element.tag == "p" and len(_text(element)) > _PARAGRAPH:
                break
            if 6 < len(line) < 80 and _BY.match(line) and not self._is_elsewhere(element):
                return [line]
        return []

    def _first(self, path: str, is_one: Callable[[Any], bool] = bool) -> list[Any]:
        """The first element of ours at the path and those in the same few words: others are about other articles."""
        found = (element for element in self._tree.xpath(path)[: 20 * _MOST] if is_one is bool or is_one(element))
        ours = list(islice((element for element in found if not self._is_elsewhere(element)), _MOST))
        around = next((step for step in reversed(_small(ours[0]))), None) if ours else None
        return [one for one in ours if one is ours[0] or any(step is around for step in one.iterancestors())]

    def _few(self, elements: Iterable[Any]) -> list[str]:
        """Their lines, none where there are so many that they belong to a list of articles."""
        lines = list(dict.fromkeys(line for element in elements if (line := self._line(element))))
        return lines if len(lines) <= _MOST_AUTHORS else []

    def _line(self, element: Any) -> str:
        """The part of an element's text that is a byline."""
        parts = _parts(element)
        known = [part for part in parts if folded(part) in self._stated]
        lead = [part for part in parts if _BY.match(part)] or known or [part for part in parts if len(part) > 3]
        return lead[0] if lead else ""

    def _is_elsewhere(self, element: Any) -> bool:
        """Whether it stands in a box about something else; what holds the headline too is no such box."""
        for step in (element, *element.iterancestors()):
            if id(step) in self._around_head or step.tag in ("body", "main"):
                return False
            names = f"{step.get('class') or ''} {step.get('id') or ''}"[:300]
            if step.tag in ("aside", "footer", "nav", "figure") or _ELSEWHERE.search(names):
                return True
            if _ABOUT.search(names) and "byline" not in names.lower():
                return True
        return False


def _spells(link: Any) -> bool:
    """Whether the last part of the address has a word of the name: /author/jroe of Jane Roe."""
    try:
        match = _OF_PERSON.search(unquote(urlsplit(link.get("href")).path))
    except ValueError:
        return False
    line = " ".join(_parts(link)) if match else ""
    slug = folded(match["slug"]).replace(" ", "") if match else ""
    is_named = 5 <= len(line) <= 60 and 2 <= len(line.split()) <= 5
    return is_named and any(len(word) > 2 and word in slug for word in folded(line).split())


def _is_marked(element: Any) -> bool:
    return element.tag not in _NOT_BYLINES and bool(_MARKED.search(element.get("class")[:300]))


def _small(element: Any) -> list[Any]:
    """The elements around it, up to the largest that holds only a few words."""
    steps = islice(element.iterancestors(), 4)
    return list(takewhile(lambda step: len(_text(step)) <= _LONGEST, steps))


def _text(element: Any) -> str:
    return str(element.xpath("normalize-space(string())"))


def _parts(element: Any) -> list[str]:
    """An element's text where it is cut by elements, without scripts."""
    texts = element.xpath(".//text()[normalize-space() and not(parent::script or parent::style)]")[:30]
    line = _GOES_ON.sub("", squeeze(" ¦ ".join(texts))[:_LONGEST])
    return [squeeze(part) for part in line.split("¦")]
