"""A run says of how many pages it has done how many, as soon as a feed was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.database.subscriptions import Subscriptions
from ingest.intake import ingest_sources
from ingest.pipeline import Event
from ingest.polling import check
from ingest.types import Progress
from tests.fakes import HashEmbedder, a_fetcher
from tests.feed_site import Site, Story

AT = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site([Story(number) for number in range(20)]) as site:
        yield site


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        yield archive


def ingesting(archive: Archive, site: Site, *sources: str) -> Iterator[Event]:
    return ingest_sources(archive, sources, open_fetcher=lambda: a_fetcher(site.host, lambda: AT))


def counted(events: Iterable[Event]) -> tuple[set[int | None], int, int | None]:
    """All totals that were told, and how many pages were done of how many in the end."""
    told = [event for event in events if isinstance(event, Progress)]
    return {one.total for one in told}, told[-1].done, told[-1].total


def test_the_entries_of_a_feed_are_counted_once_it_is_read(archive: Archive, site: Site, newsroom: Path) -> None:
    for _ in ("new", "unchanged"):
        assert counted(ingesting(archive, site, site.url())) == ({None, 20}, 20, 20)
    pages = len(list(newsroom.iterdir())) + 20 + 2
    events = ingesting(archive, site, str(newsroom), site.url(), site.url("/story/3"), site.url("/nothing"))
    assert counted(events)[1:] == (pages, pages)


def test_a_damaged_and_an_empty_feed_are_counted_as_what_they_bring(archive: Archive, site: Site) -> None:
    whole = site.feed()
    site.raw = whole[: len(whole) // 2]
    _, done, total = counted(ingesting(archive, site, site.url()))
    assert done == total
    site.raw = b"<rss version='2.0'><channel><title>Harbour Post</title></channel></rss>"
    assert counted(ingesting(archive, site, site.url()))[1:] == (1, 1)


def test_a_check_counts_what_is_new_in_the_feeds_that_it_has_read(archive: Archive, site: Site) -> None:
    feeds = Subscriptions(archive.store.engine, now=lambda: AT)
    feeds.add(site.url())
    feeds.add(site.url("/nothing"))

    def check_all() -> tuple[int, int | None]:
        return counted(check(archive, feeds, feeds.list(), a_fetcher(site.host, lambda: AT)))[1:]

    assert check_all() == (21, 21)
    site.stories[4].revision = 1
    assert check_all() == (2, 2)
    assert check_all() == (1, 1)
