"""Feeds saved as files: every entry is a page of what the feed says of it."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Iterator
from dataclasses import replace

from ingest.errors import IngestError
from ingest.feeds import opml
from ingest.feeds import parse as feeds
from ingest.feeds.entry import Entry, Feed, repeated
from ingest.sources import dumps
from ingest.sources.place import Limits, Place, size
from ingest.types import Outcome, Page, Told

EXCERPT = "only what the feed says of it"
_NOT_LOOKED_AT = f"{EXCERPT}; its page was not fetched"


def feed(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """One page per entry of a feed; a list of feeds holds none, and says how to subscribe to them."""
    content = stream.read(feeds.MOST_BYTES + 1)
    try:
        if b"<opml" in content[:4096].lower():
            yield place.skipped(_listed(content), "")
            return
        found = feeds.read(content)
    except IngestError as exc:
        yield place.failed(str(exc), "")
        return
    yield from _pages(found, place, limits)


def json_or_feed(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """A JSON Feed by its own rules, any other JSON as records."""
    is_feed = feeds.is_json_feed(stream.peek(4096)[:4096])
    yield from (feed if is_feed else dumps.json_records)(stream, place, limits)


def is_enough(found: Entry, *, foreign: bool, shared: bool) -> bool:
    """Whether what a feed says of an entry is taken without a look at its page.

    foreign  the entry's address is not the feed's own
    shared   its address was that of several entries before
    """
    if found.url is None or (found.is_whole and not foreign):
        return True
    return found.apart or shared


def page(
    found: Entry, feed: Feed, *, source: str, item: str, foreign: bool = False, why: str = _NOT_LOOKED_AT
) -> Page:
    """The page of what a feed says of an article.

    foreign  the entry's address is not the feed's own; see `Told`
    why      what the outcome says where that is less than the article
    """
    record = {
        "title": html.escape(found.title, quote=False),
        "text": found.text,
        "url": found.url,
        "published": found.published.words,
        "updated": found.updated.words,
        "authors": found.authors,
        "guid": found.guid,
        "outlet": found.outlet or feed.outlet,
        "language": found.language,
    }
    content = json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=True).encode()
    excerpt = not found.is_whole
    note = "; ".join(part for part in (found.note, why if excerpt and found.url else "") if part)
    told = Told(
        excerpt=excerpt,
        foreign=foreign,
        note=note,
        guid=found.guid,
        entry=found.names,
        apart=found.apart,
        url=found.url,
    )
    return Page(source, content, "application/json", item=item, told=told)


def at_home(found: Entry, place: str) -> Entry:
    """The entry; one without address under a guid that no other feed has, since many only count their entries."""
    return found if found.url else replace(found, guid=f"{place} {found.key}")


def _pages(found: Feed, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    if found.damage:
        yield place.failed(f"the feed is damaged: {found.damage}", "")
    elif not found.entries:
        more = f"an index of {len(found.more)} sitemaps" if found.more else "the feed holds no entries"
        yield place.skipped(more, "")
    again = repeated(found.entries)
    for number, one in enumerate(found.entries):
        item = f"item {number + 1}"
        if number in again:
            yield place.skipped("the same entry stands further up in the feed", item)
        elif len(one.text) > limits.record:
            yield place.failed(f"its text has more than {size(limits.record)}", item)
        else:
            own = at_home(one, found.home) if one.guid else one
            yield page(own, found, source=place.source, item=item)


def _listed(content: bytes) -> str:
    count = len(opml.read(content))
    return f"a list of {count} feeds, no articles; dateline feeds import FILE subscribes to them"
