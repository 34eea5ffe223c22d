"""Subscriptions: what is fetched, what is not, and what stays true when a feed or this process breaks."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.database.collections import Collections
from ingest.database.subscriptions import EVERY, Subscriptions
from ingest.database.tables import versions
from ingest.errors import FeedError, NotFound
from ingest.polling import check
from ingest.types import Member, Outcome, Subscription
from tests.fakes import HashEmbedder, a_fetcher
from tests.feed_site import Site, Story

BEGAN = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)
HTML = {"Content-Type": "text/html"}
RSS = {"Content-Type": "application/rss+xml"}
XML = {"Content-Type": "application/xml"}
ROOT = Path(__file__).parents[3]


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


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with Site() as site, Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        yield Reader(archive, site)
        bad = [finding.name for finding in examine(archive) if not finding.ok]
        assert [name for name in bad if not name.startswith("feed ")] == []


def statuses(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def test_new_entries_are_fetched_and_taken_in_with_the_time_that_the_feed_gives(reader: Reader) -> None:
    reader.site.stories = [Story(1), Story(2)]
    assert statuses(reader.look()) == ["added", "added"]
    article = next(reader.archive.store.all_articles())
    assert "promised a report" in article.text
    assert article.published in {datetime(2026, 10, 23, 10, n, 7, tzinfo=UTC) for n in (1, 2)}
    assert article.published_precision == "second"
    assert (reader.feed.title, reader.feed.last_new, reader.feed.checked) == ("Harbour Post", BEGAN, BEGAN)


def test_an_unchanged_feed_is_answered_with_304_and_nothing_is_fetched(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    assert reader.look() == []
    assert reader.site.not_modified == 1
    assert reader.site.hits["/story/1"] == 1


@pytest.mark.parametrize("honours", [True, False])
def test_reordered_and_shortened_feeds_change_nothing(reader: Reader, honours: bool) -> None:
    reader.site.honours_conditions = honours
    reader.site.stories = [Story(number) for number in range(4)]
    reader.look()
    reader.site.stories.reverse()
    assert reader.look() == []
    del reader.site.stories[1:]
    assert reader.look() == []
    assert len(list(reader.archive.store.all_articles())) == 4
    assert max(hits for path, hits in reader.site.hits.items() if path != "/feed") == 1


def test_an_updated_entry_becomes_a_new_version(reader: Reader) -> None:
    story = Story(1)
    reader.site.stories = [story, Story(2)]
    reader.look()
    story.revision = 1
    assert statuses(reader.look()) == ["updated"]
    assert "revision 1" in reader.texts()
    assert reader.versions(story) == 2
    assert reader.site.hits["/story/2"] == 1


def test_a_whole_text_in_the_feed_is_taken_from_there(reader: Reader) -> None:
    text = "The whole text of the report on the ferry stands in the feed itself. " * 12
    link = reader.site.url("/story/9")
    item = f"<item><title>Whole</title><link>{link}</link><content>{text}</content></item>"
    reader.site.raw = f"<rss><channel><title>Harbour Post</title>{item}</channel></rss>".encode()
    assert statuses(reader.look()) == ["added"]
    assert reader.site.hits["/story/9"] == 0


def test_a_text_that_a_feed_puts_under_the_address_of_another_site_is_no_article_of_that_site(reader: Reader) -> None:
    link = "http://127.0.0.1:1/real"
    item = f"<item><title>Forged</title><link>{link}</link><description>Words of the feed alone.</description></item>"
    reader.site.raw = f"<rss><channel><title>F</title>{item}</channel></rss>".replace(
        "127.0.0.1", "localhost"
    ).encode()
    [outcome] = reader.look()
    assert outcome.status == "added"
    [article] = reader.archive.store.all_articles()
    assert article.id != _id_of("http://localhost:1/real")


def _id_of(url: str) -> str:
    from ingest.types import article_id

    return article_id(url=url, outlet="", title="")


def test_the_summary_stands_in_for_a_page_that_cannot_be_fetched_until_it_can(reader: Reader) -> None:
    story = Story(1, status=503)
    reader.site.stories = [story]
    [outcome] = reader.look()
    assert (outcome.status, "could not be fetched" in outcome.reason) == ("added", True)
    assert reader.texts() == "Revision 0 of ship 1, in short."
    story.status = 200
    reader.later()
    assert reader.look() == []  # not before an hour has gone by
    reader.later(timedelta(hours=1))
    assert statuses(reader.look()) == ["updated"]
    assert "promised a report" in reader.texts()
    reader.later(timedelta(days=3))
    assert reader.look() == []


def test_a_page_that_never_answers_is_not_asked_for_ever(reader: Reader) -> None:
    reader.site.stories = [Story(1, status=503)]
    for _ in range(12):
        reader.look()
        reader.later(timedelta(days=2))
    assert reader.site.hits["/story/1"] == 5


def test_a_failing_feed_says_since_when_and_why_and_waits_longer_each_time(reader: Reader) -> None:
    reader.site.stories = [Story(1)]
    reader.look()
    reader.site.fault = (500, {})
    waits = []
    for _ in range(12):
        reader.later()
        [outcome] = reader.look()
        assert outcome.status == "failed"
        assert reader.feed.due is not None
        waits.append(reader.feed.due - reader.time)
    assert waits[:3] == [EVERY, 2 * EVERY, 4 * EVERY]
    assert waits[-1] == timedelta(days=1)
    assert (reader.feed.failing_since, "500" in reader.feed.reason) == (BEGAN + EVERY, True)
    assert [one.address for one in reader.feeds.failing()] == [reader.site.url()]
    reader.site.fault = None
    [outcome] = reader.look()
    assert (outcome.status, outcome.reason) == ("unchanged", "it can be read again")
    assert (reader.feed.failing_since, reader.feed.reason) == (None, "")


def test_the_wait_that_a_server_asks_for_is_kept(reader: Reader) -> None:
    reader.site.fault = (503, {"Retry-After": "7200"})
    reader.look()
    assert reader.feed.due == reader.time + timedelta(hours=2)
    reader.later()
    assert reader.feeds.due() == []


def test_a_feed_that_is_gone_is_kept_and_not_asked_again(reader: Reader) -> None:
    reader.site.fault = (410, {})
    reader.look()
    reader.later(timedelta(days=400))
    assert (reader.feed.due, reader.feeds.due()) == (None, [])
    assert "no longer checked" in reader.feed.reason


@pytest.mark.parametrize(
    "content", [b"<html><body>Welcome</body></html>", b'<!DOCTYPE r [<!ENTITY x "y">]><rss/>', b""]
)
def test_what_is_no_feed_any_more_is_failing(reader: Reader, content: bytes) -> None:
    reader.site.raw = content
    assert statuses(reader.look()) == ["failed"]
    assert reader.feed.failing_since == BEGAN


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


def test_a_damaged_feed_is_read_again_whole_the_next_time(reader: Reader) -> None:
    reader.site.stories = [Story(1), Story(2)]
    whole = reader.site.feed()
    reader.site.raw = whole[: whole.rindex(b"</description>")]
    assert statuses(reader.look()) == ["failed", "added"]
    reader.site.raw = None
    assert statuses(reader.look()) == ["added"]


def test_what_the_user_removed_stays_out(reader: Reader) -> None:
    story = Story(1)
    reader.site.stories = [story]
    [outcome] = reader.look()
    reader.archive.remove(outcome.article_id or "")
    story.revision = 1
    assert statuses(reader.look()) == ["skipped"]


def test_what_is_kept_no_longer_is_dropped_by_a_check_and_stays_out(reader: Reader) -> None:
    story = Story(1)
    reader.site.stories = [story]
    reader.look()
    reader.archive.retentions.set("feed", reader.feed.address, 90)
    with reader.archive.store.engine.begin() as sql:
        sql.execute(update(versions).values(seen=versions.c.seen - 91 * 86_400))
    assert statuses(reader.look()) == ["dropped"]
    assert reader.look() == []
    story.revision = 1
    [outcome] = reader.look()
    assert (outcome.status, outcome.reason) == ("unchanged", "dropped 90 days after it was ingested")
    assert reader.texts() == ""


def test_one_guid_for_all_entries_does_not_hide_any(reader: Reader) -> None:
    reader.site.stories = [Story(1), Story(2)]
    reader.site.raw = reader.site.feed().replace(b"/story/1</guid>", b"/story/2</guid>")
    assert statuses(reader.look()) == ["added", "added"]
    assert reader.look() == []


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


def test_a_check_that_breaks_off_anywhere_loses_nothing_and_fetches_nothing_safe_twice(reader: Reader) -> None:
    reader.site.stories = [Story(number) for number in range(20)]
    for stop_after in (1, 8, 9, 3):
        safe = {outcome.item for outcome in reader.look(stop_after=stop_after)}
        before = dict(reader.site.hits)
        reader.look(stop_after=1)
        assert all(
            reader.site.hits[item.removeprefix(reader.site.url(""))] == before[item.removeprefix(reader.site.url(""))]
            for item in safe
        )
    reader.look()
    assert len(list(reader.archive.store.all_articles())) == 20
    assert reader.look() == []


@pytest.mark.slow
@pytest.mark.thorough
def test_over_fifty_polls_nothing_is_lost_deleted_or_fetched_without_need(reader: Reader) -> None:
    """New, updated, scrolled off, reordered, failing, broken and slow-to-tell states in a fixed random order."""
    chosen, site = random.Random(3), reader.site
    everything: dict[int, Story] = {}
    needed = 0
    for poll in range(50):
        event = chosen.choice(["new", "new", "update", "reorder", "drop", "nothing", "fail", "break"])
        site.fault, site.raw = None, None
        if event == "new" or not site.stories:
            for _ in range(chosen.randint(1, 3)):
                story = everything[len(everything)] = Story(len(everything))
                site.stories.insert(0, story)
                needed += 1
        elif event == "update":
            chosen.choice(site.stories).revision += 1
            needed += 1
        elif event == "reorder":
            chosen.shuffle(site.stories)
        elif event == "drop":
            del site.stories[6:]
        elif event == "fail":
            site.fault = chosen.choice([(500, {}), (429, {"Retry-After": "60"}), (404, {})])
        elif event == "break":
            site.raw = b"<html><body>We will be back soon</body></html>"
        outcomes = reader.look()
        failed = event in ("fail", "break")
        assert ("failed" in statuses(outcomes)) == failed, (poll, event, outcomes)
        assert (reader.feed.failing_since is not None) == failed
        reader.later()
    pages = sum(hits for path, hits in site.hits.items() if path != "/feed")
    assert pages == needed
    assert site.not_modified > 0
    assert len(list(reader.archive.store.all_articles())) == len(everything)
    for story in everything.values():
        assert f"captain {story.number * 7}, in revision {story.revision} " in reader.texts()


_CHECKING = """
import sys
from pathlib import Path
from ingest.archive.archive import Archive
from ingest.database.subscriptions import Subscriptions
from ingest.polling import check
from ingest.types import Outcome
from tests.fakes import HashEmbedder, a_fetcher
with Archive.open(Path(sys.argv[1]), HashEmbedder()) as archive:
    feeds = Subscriptions(archive.store.engine)
    feeds.add(sys.argv[2])
    for event in check(archive, feeds, feeds.list(), a_fetcher(sys.argv[2].split('/')[2])):
        if isinstance(event, Outcome):
            print(event.status, event.item, flush=True)
"""


@pytest.mark.parametrize(
    "wanted", [9, *(pytest.param(wanted, marks=[pytest.mark.slow, pytest.mark.thorough]) for wanted in (1, 30))]
)
def test_a_killed_check_is_completed_by_the_next(tmp_path: Path, wanted: int) -> None:
    with Site(stories=[Story(number) for number in range(40)]) as site:
        command = [sys.executable, "-c", _CHECKING, str(tmp_path / "archive"), site.url()]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}
        ) as first:
            assert first.stdout is not None
            promised = [first.stdout.readline().split()[1].decode() for _ in range(wanted)]
            first.send_signal(signal.SIGKILL)
        before = dict(site.hits)
        with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
            feeds = Subscriptions(archive.store.engine)
            outcomes = [
                e for e in check(archive, feeds, feeds.list(), a_fetcher(site.host)) if isinstance(e, Outcome)
            ]
            assert len(list(archive.store.all_articles())) == 40
            assert [finding for finding in examine(archive) if not finding.ok] == []
        again = [
            path for path in (url.removeprefix(site.url("")) for url in promised) if site.hits[path] > before[path]
        ]
        assert again == []
        assert "failed" not in statuses(outcomes)


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


def an_item(title: str, link: str, said: str) -> str:
    return f"<item><title>{title}</title><link>{link}</link><description>{said}</description></item>"


def feed_of(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Harbour Post</title>{''.join(items)}</channel></rss>".encode()


def test_entries_that_share_a_page_are_what_the_feed_says_of_each(reader: Reader) -> None:
    ticker = reader.site.url("/story/9")
    reader.site.stories = [Story(9)]
    items = [
        an_item(f"Notice {n}", ticker, f"Pier number {n} of the harbour is closed for the day.") for n in range(4)
    ]
    reader.site.raw = feed_of(*items[:2])
    assert statuses(reader.look()) == ["added", "added"]
    reader.site.raw = feed_of(items[1])
    assert {one.status for one in reader.look()} <= {"unchanged"}
    for window in (items[2:3], items):
        reader.site.raw = feed_of(*window)
        reader.look()
    assert len(list(reader.archive.store.all_articles())) == 4
    assert reader.site.hits["/story/9"] == 0


_NAVIGATION = "".join(f"<li><a href='/s/{n}'>Section {n}</a></li>" for n in range(30))
NO_ARTICLE = {
    "an empty shell": "<div id='root'></div><script src='/a.js'></script>",
    "an error page that answers 200": "<h1>404</h1><p>Page not found. The page you are looking for was moved.</p>",
    "an error page in another language": "<h1>Hoppla</h1><p>Diese Seite gibt es bei uns leider nicht mehr. "
    "Vielleicht hilft die Suche weiter, oder ein Blick auf unsere Startseite mit allen Themen des Tages.</p>",
    "a consent wall": "<h1>Before you continue</h1><p>We and our 812 partners store and access personal data, like "
    "cookies, on your device. Accept all cookies or manage cookies.</p>",
    "another report": "<article><h1>Regatta won by a crew of cooks</h1><p>A crew of four cooks from the canteen won "
    "the autumn regatta on Sunday, ahead of the favourites from the sailing school.</p><p>They had trained on the "
    "lake at night, after the last guests had gone, and sang on the last mile.</p></article>",
    "nothing but sections": f"<ul>{_NAVIGATION}</ul>",
}


@pytest.mark.parametrize("what", NO_ARTICLE)
def test_a_page_that_is_not_the_article_gives_way_to_what_the_feed_says(reader: Reader, what: str) -> None:
    said = "The dredger Solveig has cleared the northern channel, and deep ships can come in again at high water."
    reader.site.others["/dredger"] = (200, HTML, f"<html><body>{NO_ARTICLE[what]}</body></html>".encode())
    reader.site.raw = feed_of(an_item("Northern channel cleared", reader.site.url("/dredger"), said))
    [outcome] = reader.look()
    assert outcome.status == "added"
    assert outcome.reason.startswith("only what the feed says of it; ")
    assert reader.texts() == said
    assert reader.look() == []


def test_an_article_under_another_headline_is_taken_from_its_page(reader: Reader) -> None:
    body = (
        "<article><h1>Deep ships can come in again</h1><p>The northern channel was cleared by the dredger Solveig, "
        "the pilots said on Friday. It had silted up in the storms.</p><p>Three freighters waited.</p></article>"
    )
    reader.site.others["/dredger"] = (200, HTML, f"<html><body>{body}</body></html>".encode())
    reader.site.raw = feed_of(an_item("Northern channel cleared", reader.site.url("/dredger"), "Pilots relieved."))
    reader.look()
    assert "silted up" in reader.texts()


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


def test_a_feed_from_which_no_article_has_come_says_so(reader: Reader) -> None:
    reader.site.raw = feed_of()
    assert statuses(reader.look()) == ["skipped"]
    assert "no article has come from it" in reader.feed.reason
    assert reader.feed.failing_since is None
    reader.site.raw = None
    reader.site.stories = [Story(1)]
    reader.look()
    assert reader.feed.reason == ""


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
