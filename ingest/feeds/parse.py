"""Feeds into entries: RSS, Atom and RDF by fastfeedparser or, broken ones, feedparser; JSON Feed; sitemaps."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Any

from ingest.errors import FeedError
from ingest.extract.body.markup import as_text
from ingest.feeds import jsonfeed, sitemaps, xml
from ingest.feeds.announced import announced
from ingest.feeds.elements import Said, items, said
from ingest.feeds.entry import Entry, Feed, author_names, in_one_order, link, stated
from ingest.feeds.window import told_apart
from ingest.language.text import squeeze

MOST_BYTES = 20_000_000
MOST_ENTRIES = 5000
# Its parser for broken XML takes seconds for a megabyte.
_MOST_BROKEN = 500_000
_NO_FEED = "give the address of an RSS, Atom or JSON feed or of a news sitemap"


def read(content: bytes, *, address: str = "", charset: str = "") -> Feed:
    """The entries of a feed, in its order, at most 5,000.

    address  where the bytes were fetched from; links are resolved against it
    charset  the encoding that the server named
    Raises FeedError for what is no feed, is broken throughout, or tries to declare entities.
    """
    content = unpacked(content)
    if len(content) > MOST_BYTES:
        raise FeedError(f"the feed has more than {MOST_BYTES // 1_000_000} MB", _NO_FEED)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return told_apart(_capped(jsonfeed.read(content, address)), address)
    document = xml.parse(content, charset=charset, address=address)
    match document.kind:
        case "urlset" | "sitemapindex":
            return told_apart(_capped(sitemaps.read(document.root, damage=document.damage)), address)
        case "opml":
            raise FeedError("this is a list of feeds (OPML)", "dateline feeds import FILE subscribes to them")
        case "rss" | "feed" | "rdf":
            return told_apart(_capped(_feed(document, address)), address)
        case kind:
            raise FeedError(f"this is not a feed: {_what(kind, document, address)}", _NO_FEED)


def _feed(document: xml.Document, address: str) -> Feed:
    about = said(document.root)
    cut = _is_cut_short(document.text)
    if cut and items(document.root):
        document = _mended(document)
    found = _fast(document, address) or _patient(document, address)
    if not found and document.damage:
        raise FeedError(f"the feed is damaged and nothing in it can be read: {document.damage}", "")
    damage = document.damage
    if cut:
        damage = "it is cut short in the middle of an entry"
        if found and not _is_enough(found[-1]):
            found, damage = found[:-1], f"{damage}, which was left out"
    return Feed(
        title=squeeze(as_text(about.title)),
        address=link(about.address, address)[0] or "",
        site=link(about.link, address)[0] or "",
        entries=tuple(found),
        damage=damage,
    )


def _fast(document: xml.Document, address: str) -> list[Entry]:
    """Entries by fastfeedparser, with what it does not hand on; none where the two do not fit together."""
    import fastfeedparser

    try:
        found = fastfeedparser.parse(document.text.encode(), include_tags=False, include_media=False).entries
    except Exception:  # it promises ValueError, and the file is from a stranger
        return []
    listed = items(document.root)
    elements = [said(element) for element in listed[: MOST_ENTRIES + 1]]
    if len(found) != len(listed) or not all(map(_fits, found, elements)):
        return []
    feed = said(document.root)
    return [_entry(one, element, feed, address) for one, element in zip(found, elements, strict=False)]


def _fits(found: dict[str, Any], element: Said) -> bool:
    return not element.guid or not found.get("id") or found["id"] == element.guid


def _entry(found: dict[str, Any], element: Said, feed: Said, address: str) -> Entry:
    base = element.base or address or feed.address or feed.link
    permalink = element.guid if element.is_permalink else ""
    url, note = link(element.link or found.get("link") or permalink, base)
    content = found.get("content") or [{}]
    return Entry(
        guid=element.guid,
        url=url,
        title=squeeze(as_text(found.get("title") or "")),
        published=stated(element.published),
        updated=stated(element.updated),
        authors=author_names(element.authors),
        summary=element.summary,
        content=str(content[0].get("value") or "") if element.has_content else "",
        outlet=squeeze(as_text(element.source)),
        language=element.language or feed.language,
        note=note,
    )


def _patient(document: xml.Document, address: str) -> list[Entry]:
    """Entries by feedparser, for feeds that are no XML. It is given bytes: it would open a string as a file."""
    if len(document.text) > _MOST_BROKEN:
        return []
    import feedparser

    try:
        found = feedparser.parse(document.text.encode(), sanitize_html=False, resolve_relative_uris=False).entries
    except Exception:  # a library for broken feeds may break on them
        return []
    feed = said(document.root)
    return [_salvaged(one, feed, address or feed.address or feed.link) for one in found]


def _salvaged(found: dict[str, Any], feed: Said, base: str) -> Entry:
    # `dict.get`: its own would hand out one date for another.
    said_of = {name: dict.get(found, name) or "" for name in ("id", "title", "published", "updated", "link")}
    url, note = link(str(said_of["link"]), base)
    content = dict.get(found, "content") or [{}]
    authors = [str(author.get("name") or "") for author in dict.get(found, "authors") or []]
    return Entry(
        guid=squeeze(str(said_of["id"])),
        url=url,
        title=squeeze(as_text(str(said_of["title"]))),
        published=stated(str(said_of["published"])),
        updated=stated(str(said_of["updated"])),
        authors=author_names(authors),
        summary=str(dict.get(found, "summary") or ""),
        content=str(content[0].get("value") or ""),
        language=feed.language,
        note=note,
    )


def _is_cut_short(text: str) -> bool:
    """Whether the text ends inside an entry."""
    opened = max(text.rfind(f"<{name}{end}") for name in ("item", "entry") for end in (">", " ", "\n"))
    closed = max(text.rfind(f"</{name}") for name in ("item", "entry", "channel", "rss", "feed", "rdf:RDF"))
    return opened > closed


def _mended(document: xml.Document) -> xml.Document:
    """The document without the element in which it ends, where that is a part of an entry."""
    from lxml import etree

    parts = list(items(document.root)[-1])
    if parts and not _is_closed(parts[-1], document.text):
        parts[-1].getparent().remove(parts[-1])
    return replace(document, text=etree.tostring(document.root, encoding="unicode"))


def _is_closed(element: Any, text: str) -> bool:
    """Whether the end of the last element of its name stands in the text."""
    prefix = f"{element.prefix}:" if element.prefix else ""
    name = f"{prefix}{str(element.tag).rpartition('}')[2]}"
    return text.rfind(f"</{name}>") > text.rfind(f"<{name}")


def _is_enough(cut: Entry) -> bool:
    """Whether an entry that is cut short can be read without what is missing: it has a text and an address."""
    return cut.has_text and cut.url is not None


def _capped(feed: Feed) -> Feed:
    feed = replace(feed, entries=in_one_order(feed.entries))
    if len(feed.entries) <= MOST_ENTRIES:
        return feed
    damage = f"it has more than {MOST_ENTRIES:,} entries, and only the first {MOST_ENTRIES:,} were read"
    return replace(feed, entries=feed.entries[:MOST_ENTRIES], damage=damage)


def unpacked(content: bytes) -> bytes:
    """What a sitemap holds that came packed. Stops at the limit, whatever is packed. Raises FeedError."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(31).decompress(content, MOST_BYTES + 1)
    except zlib.error as exc:
        raise FeedError("the compressed feed is damaged", _NO_FEED) from exc


def named_on(content: bytes, *, address: str = "", charset: str = "") -> str:
    """The feed that a web page names; empty where it names none, or is none."""
    try:
        document = xml.parse(unpacked(content[:MOST_BYTES]), charset=charset, address=address)
    except FeedError:
        return ""
    return next(iter(announced(document.text, address)), "") if _is_page(document.kind, document) else ""


def _is_page(kind: str, document: xml.Document) -> bool:
    return kind == "html" or "<body" in document.text[:20_000].lower()


def _what(kind: str, document: xml.Document, address: str) -> str:
    if _is_page(kind, document):
        named = announced(document.text, address)
        return f"it is a web page that names the feed {named[0]}" if named else "it is a web page that names no feed"
    return f"its outermost element is <{kind[:40]}>" if kind else "it holds no XML"


def is_json_feed(head: bytes) -> bool:
    """Whether the first bytes of a JSON file name the format of a feed."""
    return b"jsonfeed.org/version/" in head.replace(b"\\/", b"/")
