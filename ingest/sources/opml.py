"""OPML (http://opml.org/spec2.opml), in which feed readers exchange their subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.errors import FeedError
from ingest.sources import xml
from ingest.sources.entry import link
from ingest.text import squeeze

_MOST = 5000


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list; `address` is empty where it is no web address, and `note` says so."""

    title: str
    address: str
    note: str = ""


def read(content: bytes) -> list[Outline]:
    """The feeds of a list, each address once. Raises FeedError for what is no OPML, or tries to declare entities."""
    document = xml.parse(content)
    if document.kind != "opml":
        raise FeedError("this is not an OPML list of feeds", "export one from your feed reader")
    found: dict[str, Outline] = {}
    for element in document.root.iter():
        named = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if xml.name_of(element) == "outline" and (said := squeeze(named.get("xmlurl", ""))):
            url, note = link(said, "")
            title = squeeze(named.get("title") or named.get("text") or "")
            found.setdefault(said, Outline(title, url or "", note))
    return list(found.values())[:_MOST]


def write(feeds: Iterable[tuple[str, str]]) -> str:
    """A list of (title, address) that feed readers take."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Dateline"
    body = etree.SubElement(root, "body")
    for title, address in feeds:
        etree.SubElement(body, "outline", type="rss", text=title or address, title=title or address, xmlUrl=address)
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))
