"""The addresses of feeds that a web page names."""

from __future__ import annotations

from ingest.feeds.entry import link

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_HEAD = 200_000


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
