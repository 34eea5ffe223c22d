"""What a web page says about itself: JSON-LD of schema.org, meta elements, and its title."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from ingest.extract.address import canonical
from ingest.extract.dates import UNKNOWN, When, parse
from ingest.extract.names import authors
from ingest.text import squeeze

_TYPES = re.compile(r"article|posting|report|liveblog|webpage", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "pubdate", "publish-date", "publication_date", "article.published", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "dcterms.created", "dcterms.issued", "dcterms.date", "dc.date.issued",
    "dc.date.created", "dc.date", "date", "article_date_original", "originalpublicationdate", "dc.date.published",
    "rnews:datepublished", "iso-8601-publish-date", "timestamp", "created",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "lastmodified", "article.updated", "revised",
)  # fmt: skip
_SITE = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone", "article:publisher")
_AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "authors",
    "dcterms.creator",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "sailthru.title")
_TAIL = re.compile(r" [|\-–—·•:»/]{1,3} ")
_TIMES = "//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]"
_DATED = "//*[contains(@class, 'date') or contains(@class, 'publish') or contains(@id, 'date')]"
_MOST = 200


class Meta:
    """The self-description of one parsed page."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._linked = _best(_linked(tree))
        self._metas = _metas(tree)

    @property
    def title(self) -> str:
        """The headline; what the page is called for its browser comes last."""
        return next((line for line in self._titles() if line), "")

    @property
    def site(self) -> str:
        """The name of the outlet, empty where the page does not say."""
        publisher = self._name(self._linked.get("publisher"))
        named = [publisher, *(self._metas.get(name, "") for name in _SITE)]
        return next((name for name in map(squeeze, named) if name and "://" not in name and name[0] != "@"), "")

    @property
    def published(self) -> When:
        return self._when("datePublished", _PUBLISHED, ("datePublished", "pubdate")) or self._timed()

    @property
    def updated(self) -> When:
        return self._when("dateModified", _UPDATED, ("dateModified",)) or UNKNOWN

    @property
    def language(self) -> str:
        return str(self._tree.get("lang") or self._metas.get("og:locale") or self._linked.get("inLanguage") or "")

    @property
    def addresses(self) -> list[str]:
        """The addresses that the page claims to have, in order of trust."""
        links = self._tree.xpath("//link[@rel='canonical']/@href")
        said = [*map(str, links[:5]), self._metas.get("og:url", ""), self._name(self._linked.get("url"))]
        return [line for line in said if canonical(line)]

    @property
    def publisher_address(self) -> str:
        """The home of the publisher that JSON-LD names, empty where it gives none."""
        publisher = self._linked.get("publisher")
        return self._name(publisher.get("url")) if isinstance(publisher, dict) else ""

    def authors(self, outlet: str) -> tuple[str, ...]:
        """The writers: as JSON-LD says, else as the meta elements do, else as the marked byline does."""
        linked = [name for person in _listed(self._linked.get("author")) for name in [self._name(person)] if name]
        metas = [self._metas[name] for name in _AUTHORS if name in self._metas]
        marked = self._tree.xpath("//*[@rel='author' or @itemprop='author']")
        for bylines in (linked, metas[:1], [" ".join(element.itertext()) for element in marked[:5]]):
            if found := authors(*bylines, outlet=outlet):
                return found
        return ()

    def _titles(self) -> Iterator[str]:
        if head := self._head():
            yield head
        yield squeeze(html.unescape(self._name(self._linked.get("headline"))))
        for name in _TITLES:
            yield squeeze(html.unescape(self._metas.get(name, "")))
        yield squeeze(self._tree.findtext(".//title") or "")

    def _head(self) -> str:
        """The only <h1>, where it has words in common with what the page is called: it may be a logo."""
        heads = [squeeze(" ".join(head.itertext())) for head in self._tree.xpath("//h1")[:2]]
        if len(heads) != 1 or len(heads[0].split()) < 3:
            return ""
        called = f"{self._name(self._linked.get('headline'))} {self._tree.findtext('.//title') or ''}"
        ours = _words(heads[0]) - _words(self.site)
        return heads[0] if ours & _words(called) else ""

    def _when(self, linked: str, metas: tuple[str, ...], marks: tuple[str, ...]) -> When | None:
        said = [str(self._linked.get(linked) or ""), *(self._metas.get(name, "") for name in metas)]
        said += [line for mark in marks for line in self._marked(mark)]
        return next((when for line in said if line and (when := parse(line)).at), None)

    def _marked(self, mark: str) -> list[str]:
        elements = self._tree.xpath("//*[@itemprop=$mark or (self::time and @pubdate)]", mark=mark)[:3]
        return [element.get("content") or element.get("datetime") or "" for element in elements]

    def _timed(self) -> When:
        """The first <time> inside the article or its head, else the first date printed where dates are marked."""
        times = self._tree.xpath(_TIMES)[:1]
        marked = self._tree.xpath(_DATED)[:_MOST]
        said = [*(element.get("datetime") for element in times), *(squeeze(" ".join(e.itertext())) for e in marked)]
        return next((when for line in said if (when := parse(line)).at and when.precision != "year"), UNKNOWN)

    def _name(self, value: Any) -> str:
        if isinstance(value, dict):
            value = value.get("name") or value.get("@id") or ""
        if isinstance(value, list):
            return next((name for item in value if (name := self._name(item))), "")
        return value if isinstance(value, str) else ""


def without_site(title: str, *names: str) -> str:
    """The title without the name of the outlet at its end, as in "Bridge reopens - City Paper"."""
    known = {_letters(name) for name in names} - {""}
    stripped = False
    while len(parts := _TAIL.split(title)) > 1:
        section = stripped and " " not in parts[-1] and "|" in title
        if not (section or _is_site(parts[-1], known)):
            break
        stripped = True
        title = title[: title.rfind(parts[-1])].rstrip(" |-–—·•:»/")
    return title


def _is_site(tail: str, known: set[str]) -> bool:
    letters = _letters(tail)
    alike = (letters in name or name in letters or _is_inside(name, letters) for name in known)
    return 1 < len(letters) <= 60 and any(alike)


def _is_inside(name: str, letters: str) -> bool:
    """Whether the letters of an address such as thecrimson.com occur in a name in their order."""
    rest = iter(letters)
    return len(name) > 4 and all(letter in rest for letter in name)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3 or not word.isascii()}


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _linked(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:50]:
        try:
            yield from _objects(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value[:_MOST]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict) and depth < 6:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(name), depth + 1)


def _best(found: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """The object that describes the article: the first with the most of what an article has."""
    wanted = ("headline", "datePublished", "author", "articleBody", "publisher")
    typed = [item for item in found if _TYPES.search(str(item.get("@type", "")))]
    return max(typed, key=lambda item: sum(bool(item.get(name)) for name in wanted), default={})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
