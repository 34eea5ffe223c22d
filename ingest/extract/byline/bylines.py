"""Bylines that are printed on a web page, found by how pages mark them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest.extract.byline.credits import has, words
from ingest.extract.byline.names import folded_name, is_byline
from ingest.language.text import squeeze

# Boxes about other articles, about readers, and about who somebody is.
_ELSEWHERE = re.compile(
    r"comment|related|promo|recommend|sidebar|newsletter|(?<![\w-])(?:site-|page-)?footer(?![\w-])|popular|trending|most-?read|teaser|carousel|river"
    r"|latest-(?:news|posts|stories|articles)|more-(?:from|stories)|recirc|also-?like|(?<!h-)(?<!author-)(?<![a-z])cards?\b",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(r"(?:^|[-_\s])bio(?:$|[-_\s])|tagline", re.IGNORECASE)
_ABOUT = re.compile(r"(?:^|[-_\s])bio(?:$|[-_\s])|avatar|tooltip|caption|credit", re.IGNORECASE)
# Names of classes and of folders in addresses; what is found there has to read as a name as well.
_WRITER = (
    r"(?:auth?or(?:s|e|i|en|in|es|a|as|ka|zy)?|auteurs?|autrices?|verfasser|forfatter|forfattare|szerzo|yazar(?:lar)?|penulis"
    r"|redakt(?:eur|or)e?|redacteurs?|journalist(?:s|e|en|es|as?)?|signataires?|reporters?|writers?|skribent|muhabir)"
)
_MARKED = re.compile(
    rf"by-?line|(?:^|[-_\s]){_WRITER}(?:$|[-_\s])|auth?or[-_]?(?:name|list|wrapper)|[a-z]Author|(?:^|[-_\s])(?:firma|signature?)(?:$|[-_\s])",
    re.IGNORECASE,
)
_OF_PERSON = re.compile(
    rf"/(?:{_WRITER}[-/]|(?:by|byline|staff|contributors?|team|columnists?|bios?|profil(?:e|es|er)?)/)"
    r"(?:[^/]{1,80}/){0,3}(?P<slug>[^/]{2,80})/?$",
    re.IGNORECASE,
)
_HELPING = (
    r"\b(?:contributions? (?:from|by)|(?:photo\w{0,8}|pictures|illustrat\w{2,4}|video|edited|reviewed|checked|styled"
    r"|produced|translated) by) (?:[^.:]{0,60}[ ,])?"
)
_PARAGRAPH = 80  # characters; below the first one a byline is that of another article
_LONGEST, _MOST, _MOST_ALIKE, _MOST_AUTHORS = 200, 400, 3, 8
_READ = (
    ".//text()[normalize-space() and not(ancestor::script or ancestor::style or ancestor::button or ancestor::svg)]"
)
_NOT_BYLINES = frozenset({"body", "html", "article", "main", "form", "script", "style", "input", "button"})


class Printed:
    """What one parsed page prints as bylines."""

    def __init__(self, tree: Any, stated: Iterable[str] = ()) -> None:
        """`stated` are names that the page gives elsewhere: a line that is one of them is a byline."""
        self._tree = tree
        self._stated = {folded_name(name) for name in stated}
        heads = (tree.xpath("//h1") or tree.xpath("//main//h2 | //article//h2"))[:1]
        self._head = heads[0] if heads else None
        self._around_head = {id(step): step for head in heads for step in head.iterancestors()}
        self._around = list(self._around_head.values())[1::-1]  # from the outer one inward

    def bylines(self) -> Iterator[list[str]]:
        """The bylines, the surest kind of mark first, each kind as its lines."""
        for kind in (
            self._by_property,
            self._by_relation,
            self._by_class,
            self._by_link,
            self._by_word,
            self._by_bold,
        ):
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
        alike: dict[str, list[Any]] = defaultdict(list)
        for element in [element for element in self._marked() if not self._is_elsewhere(element)]:
            alike[element.get("class")].append(element)
        few = [same for same in alike.values() if len({self._line(one) for one in same}) <= _MOST_ALIKE]
        found = next((same for same in few if self._line(same[0])), [])
        return self._few(found[:1] and self._near(found[0], found))

    def _marked(self) -> list[Any]:
        classes: dict[str, bool] = {}
        found = []
        for element in self._tree.xpath("//body//*[@class]"):
            name = element.get("class")[:300]
            if name not in classes:
                classes[name] = bool(_MARKED.search(name))
            if classes[name] and element.tag not in _NOT_BYLINES:
                found.append(element)
        return found[:_MOST]

    def _by_link(self) -> list[str]:
        """The first links near the headline whose address spells the name that they print: /staff/jane-roe."""
        above = (link for element in self._around[:1] for link in element.iterdescendants("a") if link.get("href"))
        near = chain((element for element in self._below_head(_MOST) if element.tag == "a"), islice(above, _MOST))
        links = (element for element in near if _spells(element))
        found = [link for link in islice(links, _MOST_AUTHORS + 1) if not self._is_elsewhere(link)]
        return self._few(found[:1] and self._near(found[0], found))

    def _by_word(self) -> list[str]:
        """The first element near the headline that says no more than "By Jane Roe"."""
        for element in self._below_head():
            line = self._line(element)
            if 6 < len(line) < 80 and is_byline(line) and not self._is_elsewhere(element):
                return [line]
        return []

    def _by_bold(self) -> list[str]:
        """The first paragraph, where it is a name in bold type."""
        bold = ("b", "strong")
        paragraphs = [element for element in self._below_head() if element.tag == "p"]
        inner = [child for element in paragraphs[:1] for child in element if child.tag in bold]
        lines = [line for child in inner[:1] if (line := _text(child)) == _text(paragraphs[0])]
        return [line for line in lines if 1 < len(line.split()) <= 4 and line.istitle()]

    def _below_head(self, most: int = 60) -> Iterator[Any]:
        """The elements of what is around the headline, and those that follow."""
        inside = (element for around in self._around[:1] for element in around.iterdescendants("*"))
        behind = (element for around in self._around[:1] for element in _following(around))
        for element in islice(chain(inside, behind), most):
            if element.tag == "p" and len(_text(element)) > _PARAGRAPH:
                break
            yield element

    def _first(self, path: str) -> list[Any]:
        """The first element of ours at the path and those in the same few words: others are about other articles."""
        ours = [element for element in self._tree.xpath(path)[:_MOST] if not self._is_elsewhere(element)]
        return self._near(ours[0], ours) if ours else []

    def _near(self, first: Any, ours: list[Any]) -> list[Any]:
        around = next((step for step in reversed(_small(first))), None)
        return [one for one in ours if one is first or any(step is around for step in one.iterancestors())]

    def _few(self, elements: Iterable[Any]) -> list[str]:
        """Their lines, none where there are so many that they belong to a list of articles."""
        lines = list(dict.fromkeys(line for element in elements if (line := self._line(element))))
        return lines if len(lines) <= _MOST_AUTHORS else []

    def _line(self, element: Any) -> str:
        """The part of an element's text that is a byline; of links to writers in it, their names."""
        parts = _parts(element)
        persons = [" ".join(_parts(link)) for link in element.iter("a") if _spells(link)]
        wrote = list(takewhile(lambda part: not has(part, "other"), parts)) if persons else []
        if ours := [name for name in dict.fromkeys(persons) if any(name in part for part in wrote)]:
            return " ; ".join(ours)
        known = [part for part in parts if folded_name(part) in self._stated]
        lead = [part for part in parts if is_byline(part)] or known or [part for part in parts if _is_long(part)]
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


def _following(element: Any) -> Iterator[Any]:
    """All elements behind one, without those in it."""
    beside = (other for step in (element, *element.iterancestors()) for other in step.itersiblings("*"))
    return (one for other in beside for one in other.iter("*"))


def is_of_writer(element: Any) -> bool:
    """Whether an element is named as one about a writer: of class "author", "bio", "firma"."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return element.tag in ("address", "footer") or any(mark.search(names) for mark in (_MARKED, _BIOGRAPHY))


def leads_to_writer(link: Any) -> bool:
    """Whether a link is to a writer's page or mail."""
    href = (link.get("href") or "").lower()
    return href.startswith("mailto:") or "author" in (link.get("rel") or "").lower().split() or _spells(link)


def _spells(link: Any) -> bool:
    """Whether the last part of the address has a word of the name: /author/jroe of Jane Roe."""
    try:
        match = _OF_PERSON.search(unquote(urlsplit(link.get("href") or "").path))
    except ValueError:
        return False
    line = " ".join(_parts(link)) if match else ""
    slug = folded_name(match["slug"]).replace(" ", "") if match else ""
    is_named = 5 <= len(line) <= 60 and 2 <= len(line.split()) <= 5
    return is_named and any(len(word) > 2 and word in slug for word in folded_name(line).split())


def _is_long(part: str) -> bool:
    """Whether a name may be that short: four letters, or two signs of a script that has no capitals."""
    return len(part) > (3 if part.lower() != part.upper() else 1)


def _small(element: Any) -> list[Any]:
    """The elements around it, up to the largest that holds only a few words."""
    steps = islice(element.iterancestors(), 4)
    return list(takewhile(lambda step: len(_text(step)) <= _LONGEST, steps))


def _text(element: Any) -> str:
    return str(element.xpath("normalize-space(string())"))


def _parts(element: Any) -> list[str]:
    """An element's text where it is cut by elements, without scripts and buttons.

    Between two elements a byline goes on only where a word or comma says so.
    """
    texts = [squeeze(text) for text in element.xpath(_READ)[:30]]
    parts: list[str] = []
    for text in filter(None, texts):
        if parts and (_goes_on(parts[-1].split()[-1]) or _goes_on(text.split()[0])):
            parts[-1] += f" {text}"
        else:
            parts.append(text)
    return [part[:_LONGEST] for part in parts]


def _goes_on(word: str) -> bool:
    plain = word.casefold().strip(".:：")
    return word[-1] in "&,;–—:：、" or word[0] in "&,;、" or plain in words("by") or plain in words("and")
