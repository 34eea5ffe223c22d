"""News sitemaps (https://www.sitemaps.org, Google's news extension) into entries that have no text."""

from __future__ import annotations

from typing import Any

from ingest.feeds.entry import Entry, Feed, link, stated
from ingest.feeds.xml import name_of, text_of
from ingest.language.text import squeeze

_MOST = 50


def read(root: Any, *, damage: str) -> Feed:
    """The pages that a sitemap lists; of an index the sitemaps that it lists, the last changed first, at most 50."""
    listed = [_leaves(child) for child in root if name_of(child) in ("url", "sitemap")]
    if name_of(root) == "sitemapindex":
        listed.sort(key=lambda one: one.get("lastmod", ""), reverse=True)
        more = [url for one in listed if (url := link(one.get("loc", ""), "")[0])]
        return Feed(title="sitemap", more=tuple(more[:_MOST]), damage=damage)
    entries = tuple(_entry(one) for one in listed)
    return Feed(title=next((one.outlet for one in entries if one.outlet), ""), entries=entries, damage=damage)


def _entry(leaves: dict[str, str]) -> Entry:
    url, note = link(leaves.get("loc", ""), "")
    return Entry(
        url=url,
        title=leaves.get("title", ""),
        published=stated(leaves.get("publication_date", "")),
        updated=stated(leaves.get("lastmod", "")),
        outlet=leaves.get("name", ""),
        language=leaves.get("language", ""),
        note=note,
    )


def _leaves(element: Any) -> dict[str, str]:
    """The first text of each name below an element; captions of pictures have names of their own."""
    found: dict[str, str] = {}
    for inner in element.iter():
        if name_of(inner) and not len(inner) and "image" not in str(inner.tag) and "video" not in str(inner.tag):
            found.setdefault(name_of(inner), squeeze(text_of(inner)))
    return found
