"""What the XML of a feed says in words that a feed library does not hand on: times, names, bases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from ingest.feeds.xml import name_of, text_of
from ingest.language.text import squeeze

# In order of trust. `dc:date` is the only time in RSS 1.0.
_PUBLISHED = ("pubdate", "published", "issued", "date", "created", "publicationdate", "publication_date")
_UPDATED = ("updated", "modified", "lastmod", "datemodified")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_NESTED = 20
_MEDIA = ("http://search.yahoo.com/mrss/", "http://www.itunes.com/dtds/podcast-1.0.dtd")
_CONTENT = ("encoded", "content", "fulltext", "body")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an entry's element, or of the feed's own."""

    guid: str = ""
    is_permalink: bool = False
    title: str = ""
    link: str = ""
    address: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    source: str = ""
    base: str = ""
    language: str = ""
    has_content: bool = False


def items(root: Any) -> list[Any]:
    """The elements of the entries, in their order; what stands inside an entry is a part of it."""
    return [element for element in root.iter("{*}item", "{*}entry") if not _is_inside_another(element)]


def _is_inside_another(element: Any) -> bool:
    return any(name_of(above) in ("item", "entry") for above in islice(element.iterancestors(), _NESTED))


def said(element: Any) -> Said:
    """Read an entry; or, given the root, the feed itself."""
    parts = _parts(_channel(element))
    guid = _first(parts, ("id", "guid", "identifier")) or element.get(_ABOUT, "")
    return Said(
        guid=guid,
        is_permalink=_is_permalink(parts, guid),
        title=_first(parts, ("title",)),
        link=_link(parts, "alternate"),
        address=_link(parts, "self"),
        published=_first(parts, _PUBLISHED),
        updated=_first(parts, _UPDATED),
        authors=tuple(_names(parts)),
        summary=_first(parts, ("description", "summary", "abstract", "subtitle"), whole=True),
        source=_source(parts),
        base=_base(element),
        language=_language(_channel(element), parts),
        has_content=any(name_of(part) in _CONTENT and (text_of(part) or len(part)) for part in parts),
    )


def _channel(element: Any) -> Any:
    """Where RSS and RDF keep what they say of the feed; any other element is its own."""
    found = [child for child in element if name_of(child) == "channel"]
    return found[0] if found else element


def _parts(element: Any) -> list[Any]:
    """What stands directly in an element, but for what describes pictures and sound."""
    return [part for part in element if name_of(part) and not _namespace(part).startswith(_MEDIA)]


def _namespace(element: Any) -> str:
    return str(element.tag).rpartition("}")[0].lstrip("{")


def _first(parts: list[Any], names: tuple[str, ...], *, whole: bool = False) -> str:
    for name in names:
        for part in parts:
            if name_of(part) == name and (text := _markup(part) if whole else squeeze(text_of(part))):
                return text
    return ""


def _markup(element: Any) -> str:
    """The text of an element; where HTML stands in it as elements, that HTML."""
    if not len(element):
        return text_of(element)
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _link(parts: list[Any], relation: str) -> str:
    """RSS has the address in the text of a link, Atom in its attribute."""
    links = [part for part in parts if name_of(part) == "link"]
    for part in links:
        if part.get("href") and (part.get("rel") or "alternate") == relation:
            return _resolved(part, str(part.get("href")))
    told = ((part, squeeze(text_of(part))) for part in links)
    return "" if relation == "self" else next((_resolved(part, said) for part, said in told if said), "")


def _resolved(part: Any, said: str) -> str:
    """A link against the base that stands on its own element; against another one it is resolved later."""
    base = _base(part) if part.get(f"{_XML}base") is not None else ""
    try:
        return urljoin(base, said) if base else said
    except ValueError:
        return said


def _is_permalink(parts: list[Any], guid: str) -> bool:
    marks = [part.get("isPermaLink", "true") for part in parts if name_of(part) == "guid"]
    return bool(marks) and marks[0].lower() != "false" and guid.lower().startswith(("http://", "https://"))


def _names(parts: list[Any]) -> Iterator[str]:
    for part in parts:
        if name_of(part) in ("author", "creator"):
            inner = [text_of(name) for name in part if name_of(name) == "name"]
            yield from inner or [text_of(part)]


def _source(parts: list[Any]) -> str:
    """RSS names the feed that an entry comes from in the text, Atom in the title of a whole feed inside."""
    for part in parts:
        if name_of(part) == "source":
            titles = [text_of(inner) for inner in part if name_of(inner) == "title"]
            return titles[0] if titles else squeeze(text_of(part))
    return ""


def _base(element: Any) -> str:
    base = str(element.base or "")
    return base if base.lower().startswith(("http://", "https://")) else ""


def _language(element: Any, parts: list[Any]) -> str:
    return element.get(f"{_XML}lang") or _first(parts, ("language",))
