"""Links: one link is one page, or a feed with many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ingest.database.fetches import Fetches, Seen
from ingest.database.journal import Journal
from ingest.errors import FeedError, FetchError, IngestError
from ingest.feeds import parse as feeds
from ingest.feeds.entry import Entry, Feed, once
from ingest.fetch.fetcher import Fetched, Fetcher
from ingest.identity.identities import Identities
from ingest.source_kind import SourceKind
from ingest.sources import saved_feeds
from ingest.sources.expected import Expected
from ingest.types import Outcome, Page, Told

_PAGES = {
    "text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain",
    "text/markdown": "text/markdown", "text/x-markdown": "text/markdown", "application/pdf": "application/pdf",
}  # fmt: skip
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "text/x-opml",
)
_ROOTS = ("rss", "feed", "rdf", "urlset", "sitemapindex", "opml")
_ELEMENT = re.compile(rb"<(?:[a-z]{1,20}:)?([a-z]{2,20})(?=[\s>/])", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.{0,4096}?-->", re.DOTALL)
_HEAD = 4096


@dataclass(frozen=True)
class Web:
    """What links are ingested with."""

    fetcher: Fetcher
    fetches: Fetches
    journal: Journal
    identities: Identities
    expected: Expected

    def pages(
        self, url: str, *, kind: SourceKind = "auto", told: Told | None = None, otherwise: Page | None = None
    ) -> Iterator[Page | Outcome]:
        """The page at a link, or those of its feed; an outcome where there is none.

        `told` is what a feed says of the page, `otherwise` the same as a page.
        A page that did not change since everything on it was ingested is not sent again: its articles are unchanged.
        """
        seen = self.fetches.last(url)
        standing = self.journal.standing(url, seen.digest) if seen else []
        fetched = self._fetched(url, seen if standing else None)
        if isinstance(fetched, Outcome):
            yield fetched
        elif fetched.not_modified:
            self.expected.read(len(standing))
            yield from standing
        elif kind in ("feed", "sitemap") or (kind == "auto" and is_feed(fetched)):
            yield from self._entries(fetched)
        else:
            yield self._page(fetched, seen, told, otherwise)

    def _fetched(self, url: str, seen: Seen | None) -> Fetched | Outcome:
        try:
            if seen is None:
                return self.fetcher.get(url)
            return self.fetcher.get(url, etag=seen.etag, modified=seen.modified, known_at=seen.final_url)
        except FetchError as exc:
            reason = str(exc)
        except Exception as exc:  # one bad answer must not end the run
            reason = f"could not be fetched: {type(exc).__name__}: {exc}"[:300]
        kept = "; its articles are kept" if self.fetches.last(url) else ""
        return Outcome(status="failed", source=url, reason=f"{reason}{kept}")

    def _entries(self, fetched: Fetched) -> Iterator[Page | Outcome]:
        """The entries of a feed: the page of each, or what the feed says where that is all of it or all there is."""
        try:
            found = feeds.read(fetched.content, address=fetched.final_url, charset=fetched.charset)
        except IngestError as exc:
            yield Outcome(status="failed", source=fetched.url, reason=str(exc))
            return
        entries = once(found.entries)
        self.expected.read(len(entries) + (1 if found.damage or not found.entries else 0))
        if found.damage:
            yield Outcome(status="failed", source=fetched.url, reason=f"the feed is damaged: {found.damage}")
        elif not found.entries:
            what = "a list of other sitemaps" if found.more else "a feed without entries"
            yield Outcome(status="skipped", source=fetched.url, reason=f"it is {what}; dateline feeds add follows it")
        for entry in reversed(entries):
            yield from self._entry(entry, found, fetched)

    def _entry(self, entry: Entry, feed: Feed, fetched: Fetched) -> Iterator[Page | Outcome]:
        entry = saved_feeds.at_home(entry, fetched.url)
        page = partial(saved_feeds.page, entry, feed, source=fetched.url, item=entry.item)
        foreign = entry.is_foreign(fetched.final_url)
        if entry.url is None or saved_feeds.is_enough(
            entry, foreign=foreign, shared=self.identities.is_shared(entry.url)
        ):
            yield page()
            return
        otherwise = page(foreign=foreign, why=saved_feeds.EXCERPT) if entry.text else None
        for got in self.pages(entry.url, kind="page", told=entry.told, otherwise=otherwise):
            if isinstance(got, Outcome) and got.status in ("failed", "skipped") and entry.has_text:
                why = "its page could not be fetched: " if got.status == "failed" else ""
                yield page(foreign=foreign, why=f"{saved_feeds.EXCERPT}; {why}{got.reason}")
            else:
                yield got

    def _page(self, fetched: Fetched, seen: Seen | None, told: Told | None, otherwise: Page | None) -> Page | Outcome:
        """The page, with the time at which these bytes were there first: from then on count its relative times."""
        media_type = _media_type(fetched)
        if not fetched.content.strip():
            return Outcome(status="skipped", source=fetched.url, reason="the page is empty")
        if not media_type:
            reason = f"it is {fetched.media_type}, but no feed: save it and ingest the file"
            return Outcome(status="skipped", source=fetched.url, reason=reason)
        page = _page_at(fetched, media_type, fetched.at if seen is None else seen.at, told, otherwise)
        if seen is None or page.digest != seen.digest:
            page = _page_at(fetched, media_type, fetched.at, told, otherwise)
        self.fetches.keep(fetched.url, _seen(fetched, page))
        return page


def is_feed(fetched: Fetched) -> bool:
    """Whether an answer is a feed, a sitemap or an OPML list, by its type or else by its root element."""
    if fetched.media_type in _FEEDS:
        return True
    head = _head(fetched).replace(b"\0", b"")
    if fetched.media_type == "application/json":
        return b"jsonfeed.org/version" in head
    return _root(head) in _ROOTS


def _head(fetched: Fetched) -> bytes:
    try:
        return feeds.unpacked(fetched.content)[:_HEAD]
    except FeedError:
        return b""


def _page_at(
    fetched: Fetched, media_type: str, captured: datetime, told: Told | None, otherwise: Page | None
) -> Page:
    return Page(
        source=fetched.url,
        content=fetched.content,
        media_type=media_type,
        url=fetched.final_url,
        captured=captured,
        charset=fetched.charset,
        told=told,
        otherwise=otherwise,
    )


def _seen(fetched: Fetched, page: Page) -> Seen:
    at = page.captured or fetched.at
    return Seen(fetched.final_url, fetched.etag, fetched.modified, page.digest, fetched.status, at)


def _media_type(fetched: Fetched) -> str:
    """The type of a page, by its first bytes where the server names none or a wrong one; empty for no page."""
    if fetched.content.lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if known := _PAGES.get(fetched.media_type):
        return known
    if _root(fetched.content[:_HEAD].replace(b"\0", b"")) == "html":
        return "text/html"
    return "" if fetched.media_type else "text/plain"


def _root(head: bytes) -> str:
    """The name of the first element, without its prefix and in lower case."""
    first = _ELEMENT.search(_COMMENT.sub(b"", head))
    return first[1].decode("ascii").lower() if first else ""
