"""Lists of feeds: OPML (http://opml.org/spec2.opml), in which feed readers exchange them, or an address a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.errors import FeedError
from ingest.extract.decode import decode
from ingest.feeds import xml
from ingest.feeds.address import feed_address
from ingest.language.text import squeeze

_MOST, _HEAD = 5000, 200
_LINK = re.compile(r"\b(?:https?|feed|rss):[^\s\"'<>]{1,2000}", re.IGNORECASE)
_AROUND = " ,;|-–<>\"'"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list; `address` is empty where it is no web address, and `note` says so."""

    title: str
    address: str
    note: str = ""


def read(content: bytes) -> list[Outline]:
    """The feeds of a list, each address once. Raises FeedError for what is no list, or tries to declare entities."""
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    found = _outlines(content) if head.startswith(b"<") else _lines(content)
    told: dict[str, Outline] = {}
    for one in found:
        told.setdefault(one.address or one.note, one)
    return list(told.values())[:_MOST]


def _outlines(content: bytes) -> Iterator[Outline]:
    document = xml.parse(content)
    if document.kind != "opml":
        raise FeedError("this is not an OPML list of feeds", "export one from your feed reader")
    if document.damage:
        yield Outline("", "", f"the list is damaged, and feeds may be missing: {document.damage}")
    for element in document.root.iter():
        named = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if xml.name_of(element) == "outline" and (said := _address(named)):
            yield _outline(said, squeeze(named.get("title") or named.get("text") or ""))


def _address(named: Mapping[str, str]) -> str:
    """Where an outline says that its feed is; of one without that its site, which may name it."""
    is_feed = named.get("type", "").lower() in ("rss", "atom")
    said = [named.get("xmlurl", ""), *(named.get(name, "") for name in ("url", "htmlurl") if is_feed)]
    return next(filter(None, map(squeeze, said)), "")


def _lines(content: bytes) -> Iterator[Outline]:
    """The addresses of a plain list; what else stands on a line is the title."""
    lines = [line for line in map(squeeze, decode(content).splitlines()) if line and not line.startswith("#")]
    found = [_outline(*_parted(line)) for line in lines]
    if not any(one.address for one in found):
        raise FeedError("this is not a list of feeds", "give an OPML file, or a text with one address per line")
    yield from found


def _parted(line: str) -> tuple[str, str]:
    """The address on a line, and the rest of it."""
    address = _LINK.search(line)
    said = address[0] if address else next((part for part in line.split(" ") if feed_address(part)), line)
    return said.strip(_AROUND), line.replace(said, "", 1).strip(_AROUND)


def _outline(said: str, title: str) -> Outline:
    address = feed_address(said)
    note = "" if address else f"its link {said[:80]} is no web address and was dropped"
    return Outline(title, address or "", note)


def write(feeds: Iterable[tuple[str, str]]) -> str:
    """A list of (title, address) that feed readers take."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Dateline"
    body = etree.SubElement(root, "body")
    for title, address in feeds:
        etree.SubElement(body, "outline", type="rss", text=title or address, title=title or address, xmlUrl=address)
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))
