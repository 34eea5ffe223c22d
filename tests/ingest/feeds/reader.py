"""A reader of a site, and feeds for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ingest.archive.archive import Archive
from ingest.database.subscriptions import EVERY, Subscriptions
from ingest.polling import check
from ingest.types import Outcome, Subscription
from tests.fakes import a_fetcher
from tests.feed_site import Site, Story

BEGAN = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)
HTML = {"Content-Type": "text/html"}
RSS = {"Content-Type": "application/rss+xml"}
XML = {"Content-Type": "application/xml"}


class Reader:
    """Somebody who is subscribed to a site, with a clock of their own."""

    def __init__(self, archive: Archive, site: Site) -> None:
        self.archive, self.site, self.time = archive, site, BEGAN
        self.fetcher = a_fetcher(site.host, lambda: self.time)
        self.feeds = Subscriptions(archive.store.engine, now=lambda: self.time)
        self.feeds.add(site.url())

    @property
    def feed(self) -> Subscription:
        [feed] = self.feeds.list()
        return feed

    def look(self, *, stop_after: int | None = None) -> list[Outcome]:
        """Look at all feeds; the outcomes. `stop_after` so many outcomes nobody asks for more, as after a crash."""
        found: list[Outcome] = []
        for event in check(self.archive, self.feeds, self.feeds.list(), self.fetcher):
            if isinstance(event, Outcome):
                found.append(event)
                if len(found) == stop_after:
                    break
        return found

    def later(self, by: timedelta = EVERY) -> None:
        self.time += by

    def texts(self) -> str:
        return "\n".join(article.text for article in self.archive.store.all_articles())

    def versions(self, story: Story) -> int:
        [outcome_id] = [one.id for one in self.archive.store.all_articles() if one.url == self.site.url(story.path)]
        return len(self.archive.store.versions(outcome_id))


def statuses(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def an_item(title: str, link: str, said: str) -> str:
    return f"<item><title>{title}</title><link>{link}</link><description>{said}</description></item>"


def feed_of(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Harbour Post</title>{''.join(items)}</channel></rss>".encode()
