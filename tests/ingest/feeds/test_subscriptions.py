"""Subscriptions: what can be subscribed to, and the address that it is asked at from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.database.collections import Collections
from ingest.errors import FeedError, NotFound
from ingest.types import Member
from tests.fakes import HashEmbedder
from tests.feed_site import Story
from tests.ingest.feeds.reader import RSS, XML, Reader, statuses


def test_a_page_that_names_its_feed_says_so(reader: Reader) -> None:
    reader.site.raw = (
        b'<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        b'<link rel="stylesheet" type="application/rss+xml" href="/style">'
        b'<link rel="Alternate" type="application/atom+xml; charset=utf-8" href="/news.atom"></head><body>Hi</body>'
    )
    reader.look()
    named = f"this is not a feed: it is a web page that names the feed {reader.site.url('/news.atom')}"
    assert reader.feed.reason == named
    reader.site.raw = b"<html><body>Welcome</body></html>"
    reader.look()
    assert reader.feed.reason == "this is not a feed: it is a web page that names no feed"


def test_a_sitemap_index_is_followed_on_its_own_site(reader: Reader) -> None:
    story = Story(5)
    reader.site.stories = [story]
    places = (reader.site.url("/sitemap"), "http://elsewhere.example/s.xml")
    sitemaps = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    pages = f"<url><loc>{reader.site.url(story.path)}</loc></url>"
    reader.site.others["/index"] = (200, XML, f"<sitemapindex>{sitemaps}</sitemapindex>".encode())
    reader.site.others["/sitemap"] = (200, XML, f"<urlset>{pages}</urlset>".encode())
    reader.feeds.remove(reader.site.url())
    reader.feeds.add(reader.site.url("/index"))
    assert statuses(reader.look()) == ["added"]  # to ask elsewhere would fail the whole feed


def test_subscribing_twice_is_once_and_leaving_keeps_the_articles(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    assert reader.feeds.add(reader.site.url() + "#top") is False
    reader.feeds.remove(reader.site.url())
    assert reader.feeds.list() == []
    assert len(list(reader.archive.store.all_articles())) == 1


def test_what_cannot_be_subscribed_to_is_refused_with_a_reason(reader: Reader) -> None:
    for address in ("file:///etc/passwd", "ftp://x.example/", "nonsense"):
        with pytest.raises(FeedError, match="not a web address"):
            reader.feeds.add(address)
    with pytest.raises(NotFound, match="not subscribed"):
        reader.feeds.remove("https://other.example/feed")


def test_a_feed_that_has_moved_for_good_is_asked_at_its_new_address(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    reader.site.others["/new"] = (200, RSS, reader.site.feed())
    reader.site.fault = (301, {"Location": "/new"})
    reader.look()
    assert reader.feed.address == reader.site.url("/new")
    asked = reader.site.hits["/feed"]
    assert reader.look() == []
    assert (reader.site.hits["/feed"], reader.site.hits["/story/1"]) == (asked, 1)


def test_a_collection_follows_a_feed_that_has_moved_for_good(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    collections = Collections(reader.archive.store.engine)
    collections.change("Harbour", [Member(kind="feed", value=reader.feed.address)], ())
    reader.archive.retentions.set("feed", reader.feed.address, 90)
    reader.site.others["/new"] = (200, RSS, reader.site.feed())
    reader.site.fault = (301, {"Location": "/new"})
    reader.look()
    assert [one.value for one in reader.archive.retentions.list()] == [reader.site.url("/new")]
    assert {one.source for one in reader.archive.journal.list_outcomes()[1]} == {reader.site.url("/new")}
    [made] = collections.list()
    assert (made.articles, [one.value for one in made.members]) == (1, [reader.site.url("/new")])


def test_a_detour_changes_no_subscription(reader: Reader) -> None:
    reader.site.others["/new"] = (200, RSS, reader.site.feed())
    reader.site.fault = (302, {"Location": "/new"})
    reader.look()
    assert reader.feed.address == reader.site.url()


def test_a_page_that_was_subscribed_to_stands_for_the_feed_that_it_names(reader: Reader) -> None:
    page = (
        b"<html><head><link rel='alternate' type='application/rss+xml' href='/news.xml'></head><body>Hi</body></html>"
    )
    reader.site.stories = [Story(1)]
    reader.site.others["/news.xml"] = (200, RSS, reader.site.feed())
    reader.site.raw = page
    assert statuses(reader.look()) == ["added"]
    assert (reader.feed.address, reader.feed.title) == (reader.site.url("/news.xml"), "Harbour Post")


def test_a_feed_that_has_become_a_page_is_broken_whatever_that_names(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    reader.site.raw = b"<html><head><link rel='alternate' type='application/rss+xml' href='/x'></head><body>Hi</body>"
    reader.site.others["/x"] = (200, RSS, reader.site.feed())
    assert statuses(reader.look()) == ["failed"]
    assert reader.feed.address == reader.site.url()


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("feed:https://a.example/f", "https://a.example/f"),
        ("feed://a.example/f", "https://a.example/f"),
        ("a.example/f?x=1", "https://a.example/f?x=1"),
        ("a.example", "https://a.example/"),
        ("feed:http://a.example/f", "http://a.example/f"),
    ],
)
def test_a_feed_is_subscribed_to_as_its_address_is_meant(reader: Reader, said: str, address: str) -> None:
    assert reader.feeds.add(said)
    assert address in [one.address for one in reader.feeds.list()]
    reader.feeds.remove(said)


def test_a_feed_that_moves_to_its_own_address_stays(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        archive.subscriptions.add("https://news.example/feed")
        for to in ("https://news.example/feed", "not an address"):
            assert archive.subscriptions.move("https://news.example/feed", to).address == "https://news.example/feed"
