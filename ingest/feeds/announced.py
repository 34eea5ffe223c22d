"""The addresses of feeds: as people and lists write them, and as web pages name them."""

from __future__ import annotations

import re

from ingest.address import canonical
from ingest.feeds.entry import link
from ingest.language.text import squeeze

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_HEAD = 200_000
_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|(?:feed|rss|pcast|itpc)://|feed:", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}(?::\d{1,5})?(?=[/?#]|$)")  # a host, and what may follow it


def feed_address(said: str) -> str | None:
    """The web address that is meant by a feed's address, such as `feed://host/x` or a bare host; None for none."""
    line = squeeze(said)
    scheme = _SCHEME.match(line)
    rest = line[scheme.end() :] if scheme else line
    return canonical(f"https://{rest}" if _BARE.match(rest) else rest)


def announced(text: str, address: str) -> list[str]:
    """The addresses of the feeds of a page, those of comments last.

    As browsers find them (RSS Advisory Board, "RSS Autodiscovery"): links to another representation of the page.
    """
    import lxml.html
    from lxml.etree import ParserError

    try:
        page = lxml.html.fromstring(text[:_HEAD].encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return []
    found: dict[str, bool] = {}
    for element in page.iter("link"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind in _TYPES and "alternate" in (element.get("rel") or "").lower().split():
            url, _ = link(element.get("href") or "", address)
            if url:
                found.setdefault(url, "comment" in f"{url} {element.get('title') or ''}".lower())
    return sorted(found, key=lambda url: found[url])
