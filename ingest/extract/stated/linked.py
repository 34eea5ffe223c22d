"""JSON-LD of schema.org on a web page: the objects in it, and the one that describes the article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.language.text import squeeze

Node = dict[str, Any]

_TYPES = re.compile(r"article|posting|report|liveblog|webpage|review|recipe", re.IGNORECASE)
_ARTICLE = re.compile(r"article|posting|report", re.IGNORECASE)
_ORGANISATION = re.compile(r"organi[sz]ation|corporation|brand|website", re.IGNORECASE)
_WANTED = ("headline", "datePublished", "author", "articleBody", "publisher")
_MOST, _DEEPEST = 200, 6
# Scripts of careless pages: comments around the object, HTML inside it, a comma too many.
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_COMMA = re.compile(r",(?=\s{0,99}[\]}])")


@dataclass(frozen=True)
class Linked:
    """The objects of a page's JSON-LD; `article` is the one with the most of what an article has."""

    article: Node = field(default_factory=dict)
    by_id: dict[str, Node] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()

    def line(self, name: str) -> str:
        """A property of the article as one line, empty where it has none."""
        return squeeze(html.unescape(named(self.article.get(name))))

    @property
    def is_article(self) -> bool:
        """Whether the page says that it is one."""
        return bool(_ARTICLE.search(str(self.article.get("@type"))) and self.article.get("headline"))

    @staticmethod
    def describes_article(node: Node) -> bool:
        """Whether an object is an article and says its headline."""
        return _is_about_article(node) and bool(named(node.get("headline")))

    @property
    def is_free(self) -> bool:
        """Whether the whole article may be read by anybody, as far as the page says."""
        said = (node.get("isAccessibleForFree") for node in (self.article, *self.nodes) if _is_about_article(node))
        return not any(map(is_false, said))

    @property
    def persons(self) -> list[str]:
        """The authors that are people, as far as the page tells them from organisations."""
        return [name for node, name in self._authors() if not _ORGANISATION.search(_type(node))]

    @property
    def organisations(self) -> list[str]:
        return [name for node, name in self._authors() if _ORGANISATION.search(_type(node))]

    @property
    def outlets(self) -> list[str]:
        """The names of the publisher, and of the site and the organisations that the page describes."""
        publisher = self.article.get("publisher")
        others = [node for node in self.nodes if _ORGANISATION.search(_type(node))]
        return [
            name for node in (publisher, *others) for key in ("name", "alternateName") for name in names_of(node, key)
        ]

    def _authors(self) -> Iterator[tuple[Any, str]]:
        for node in _flat(self.article.get("author") or self.article.get("creator")):
            known = self.by_id.get(str(node.get("@id"))) if isinstance(node, dict) and "name" not in node else None
            for name in names_of(known or node):
                yield known or node, name


def linked(tree: Any) -> Linked:
    """What the JSON-LD of a parsed page says; empty where there is none that can be read."""
    nodes = tuple(_nodes(tree))
    articles = [node for node in nodes if _TYPES.search(str(node.get("@type", "")))]
    best = max(articles, key=lambda node: sum(bool(node.get(name)) for name in _WANTED), default={})
    return Linked(best, {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}, nodes)


def named(value: Any) -> str:
    """The name in a value: itself, that of the object, the first in a list."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    if isinstance(value, list):
        return next((name for item in value[:_MOST] if (name := named(item))), "")
    return value if isinstance(value, str) else ""


def names_of(value: Any, key: str = "name") -> list[str]:
    """All names in a value: of each item, of an object that has several, or gives first and family name."""
    return [
        name
        for node in _flat(value)
        for said in _flat(_name(node, key))
        if isinstance(said, str) and (name := said.strip())
    ]


def _name(node: Any, key: str) -> Any:
    if not isinstance(node, dict):
        return node
    parts = [node.get(part) for part in ("givenName", "additionalName", "familyName")]
    return node.get(key) or " ".join(part for part in parts if isinstance(part, str))


def is_false(value: Any) -> bool:
    """Whether a value is schema.org's False: as JSON has it, in words, or by its address."""
    return str(value).strip().lower().rpartition("/")[2] == "false"


def nodes_of(value: Any) -> list[Node]:
    """The objects in a value: itself, or those in a list."""
    return [node for node in (value[:_MOST] if isinstance(value, list) else [value]) if isinstance(node, dict)]


def _nodes(tree: Any) -> Iterator[Node]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:50]:
        yield from _objects(_loaded(script.text or ""))


def _loaded(text: str) -> Any:
    for attempt in (text, _COMMA.sub("", _WRAPPING.sub("", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int = 0) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value[:_MOST]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict) and depth < _DEEPEST:
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(name), depth + 1)


def _is_about_article(node: Node) -> bool:
    return bool(_ARTICLE.search(str(node.get("@type"))))


def _type(node: Any) -> str:
    kind = node.get("@type") if isinstance(node, dict) else ""
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return str(kind or "")


def _flat(value: Any, depth: int = 0) -> Iterator[Any]:
    """The items of a value, of lists in it, and of what JSON-LD calls a list or set."""
    if isinstance(value, dict) and ("@list" in value or "@set" in value):
        value = value.get("@list") or value.get("@set")
    if not isinstance(value, list):
        yield value
    elif depth < _DEEPEST:
        for item in value[:_MOST]:
            yield from _flat(item, depth + 1)
