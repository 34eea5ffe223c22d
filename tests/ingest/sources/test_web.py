"""Links into the archive: fetched, remembered, looked at again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.errors import SourceError
from ingest.fetch.fetcher import Fetcher
from ingest.intake import ingest_sources, reindex_sources
from ingest.source import Source, source
from ingest.source_kind import absolute
from ingest.types import Article, Outcome, Progress, Report
from tests.fakes import HashEmbedder, a_fetcher
from tests.site_server import STORY, Reply, SiteServer, redirect

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TAGGED = Reply(headers={"ETag": '"1"'})
RSS = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Post</title></channel></rss>'


class Newsroom:
    """An archive and a site, at a time that can be set."""

    def __init__(self, folder: Path, site: SiteServer) -> None:
        self.archive, self.site, self.now = Archive.open(folder, HashEmbedder()), site, NOON
        self.opened = 0

    def fetcher(self) -> Fetcher:
        self.opened += 1
        return a_fetcher(self.site.here, lambda: self.now)

    def ingest(self, *sources: str) -> Report:
        return _report(ingest_sources(self.archive, sources, open_fetcher=self.fetcher))

    def reindex_sources(self) -> Report:
        return _report(reindex_sources(self.archive, open_fetcher=self.fetcher))

    @property
    def article(self) -> Article:
        [only] = self.archive.store.all_articles()
        return only


def _report(events: Iterator[Progress | Outcome | Report]) -> Report:
    [report] = [event for event in events if isinstance(event, Report)]
    return report


def told(report: Report) -> list[tuple[str, str]]:
    return [(outcome.status, outcome.reason) for outcome in report.outcomes]


@pytest.fixture
def site() -> Iterator[SiteServer]:
    with SiteServer({"/story": TAGGED}) as served:
        yield served


@pytest.fixture
def newsroom(tmp_path: Path, site: SiteServer) -> Iterator[Newsroom]:
    opened = Newsroom(tmp_path / "archive", site)
    yield opened
    assert [finding for finding in examine(opened.archive) if not finding.ok] == []
    opened.archive.close()


def test_a_link_becomes_an_article_of_its_host(newsroom: Newsroom, site: SiteServer) -> None:
    [outcome] = newsroom.ingest(site.url()).outcomes
    assert (outcome.status, outcome.source) == ("added", site.url())
    article = newsroom.article
    assert (article.title, article.outlet, article.url) == ("Ferry strike ends", "127.0.0.1", site.url())
    assert article.captured == NOON
    assert "seventeen days" in article.text


def test_the_address_that_answered_is_the_article_s(newsroom: Newsroom, site: SiteServer) -> None:
    site.pages["/short"] = redirect("/story")
    newsroom.ingest(site.url("/short"))
    assert newsroom.article.url == site.url()
    assert newsroom.archive.journal.sources() == [Source(site.url("/short"))]


def test_a_page_that_claims_another_site_is_still_its_host_s(newsroom: Newsroom, site: SiteServer) -> None:
    claim = (
        '<link rel="canonical" href="https://wire.example/real"><meta property="og:site_name" content="Wire.example">'
    )
    site.pages["/story"] = Reply(STORY.replace("</head>", f"{claim}</head>"))
    newsroom.ingest(site.url())
    assert (newsroom.article.url, newsroom.article.outlet) == (site.url(), "127.0.0.1")


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_a_text_that_claims_another_site_is_still_its_host_s(
    newsroom: Newsroom, site: SiteServer, media_type: str
) -> None:
    text = "---\ntitle: Night bus\noutlet: Wire\nurl: https://wire.example/real\n---\n\nA night bus will run soon.\n"
    site.pages["/bus"] = Reply(text, headers={"Content-Type": media_type})
    newsroom.ingest(site.url("/bus"))
    assert (newsroom.article.outlet, newsroom.article.url) == ("127.0.0.1", site.url("/bus"))


def test_a_relative_time_counts_from_the_answer(newsroom: Newsroom, site: SiteServer) -> None:
    site.pages["/bus"] = Reply(
        "Night bus\n\n21 minutes ago\n\nA night bus will run from December on, the town said.\n",
        headers={"Content-Type": "text/plain", "Date": "Mon, 02 Nov 2026 11:30:00 GMT"},
    )
    newsroom.ingest(site.url("/bus"))
    assert newsroom.article.published == datetime(2026, 11, 2, 11, 9, tzinfo=UTC)


def test_the_server_s_charset_goes_before_the_page_s(newsroom: Newsroom, site: SiteServer) -> None:
    page = STORY.replace("Port Ellery", "Łódź").replace("<head>", '<head><meta charset="koi8-r">')
    headers = {"Content-Type": "text/html; charset=iso-8859-2"}
    site.pages["/story"] = Reply(page.encode("iso-8859-2"), headers=headers)
    newsroom.ingest(site.url())
    assert "Łódź" in newsroom.article.text


# Again


def test_an_unchanged_page_is_neither_sent_nor_embedded_again(newsroom: Newsroom, site: SiteServer) -> None:
    [first] = newsroom.ingest(site.url()).outcomes
    newsroom.now += timedelta(hours=2)
    for report in (newsroom.ingest(site.url()), newsroom.reindex_sources()):
        assert told(report) == [("unchanged", "")]
        assert report.outcomes[0].article_id == first.article_id
        assert report.passages_embedded == 0
    conditions = [request.headers.get("if-none-match") for request in site.requests if request.path == "/story"]
    assert conditions == [None, '"1"', '"1"']


def test_the_same_bytes_are_the_same_page_though_the_server_knows_no_tags(
    newsroom: Newsroom, site: SiteServer
) -> None:
    text = "Night bus\n\n2 hours ago\n\nA night bus will run from December on, the town said.\n"
    site.pages["/bus"] = Reply(text, headers={"Content-Type": "text/plain"})
    newsroom.ingest(site.url("/bus"))
    newsroom.now += timedelta(minutes=20)
    assert told(newsroom.ingest(site.url("/bus"))) == [("unchanged", "")]
    assert newsroom.article.published == NOON - timedelta(hours=2)


def test_a_changed_page_is_a_new_version(newsroom: Newsroom, site: SiteServer) -> None:
    newsroom.ingest(site.url())
    site.pages["/story"] = Reply(STORY.replace("seventeen", "eighteen"), headers={"ETag": '"2"'})
    [outcome] = newsroom.reindex_sources().outcomes
    assert outcome.status == "updated"
    assert len(newsroom.archive.store.versions(outcome.article_id or "")) == 2
    assert told(newsroom.reindex_sources()) == [("unchanged", "")]


def test_what_was_removed_comes_back_by_name_and_stays_out_otherwise(newsroom: Newsroom, site: SiteServer) -> None:
    [first] = newsroom.ingest(site.url()).outcomes
    newsroom.archive.remove(first.article_id or "")
    [again] = newsroom.reindex_sources().outcomes
    assert again.status == "skipped"
    assert [status for status, _ in told(newsroom.ingest(site.url()))] == ["added"]


def test_what_was_fetched_and_not_kept_is_fetched_in_full_again(newsroom: Newsroom, site: SiteServer) -> None:
    for _ in ingest_sources(newsroom.archive, [site.url()], open_fetcher=newsroom.fetcher):
        if newsroom.archive.fetches.last(site.url()):
            break  # before anything was stored, as by a kill
    assert newsroom.archive.store.summary().articles == 0
    assert [status for status, _ in told(newsroom.ingest(site.url()))] == ["added"]


def test_a_page_that_went_keeps_its_article(newsroom: Newsroom, site: SiteServer) -> None:
    newsroom.ingest(site.url())
    site.pages["/story"] = Reply("gone", 410)
    [outcome] = newsroom.reindex_sources().outcomes
    assert outcome.status == "failed"
    assert "410" in outcome.reason
    assert "its articles are kept" in outcome.reason
    assert newsroom.article.title == "Ferry strike ends"
    site.pages["/story"] = TAGGED
    assert [status for status, _ in told(newsroom.reindex_sources())] == ["unchanged"]


# What is no article


def test_a_link_that_fails_does_not_end_the_run_and_is_not_remembered(newsroom: Newsroom, site: SiteServer) -> None:
    report = newsroom.ingest(site.url("/missing"), "http://10.0.0.1/", site.url())
    assert [status for status, _ in told(report)] == ["failed", "failed", "added"]
    assert [known.address for known in newsroom.archive.journal.sources()] == [site.url()]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(RSS, headers={"Content-Type": "application/rss+xml"}),
        Reply(RSS, headers={"Content-Type": "text/html"}),
        Reply(gzip.compress(RSS.encode()), headers={"Content-Type": "application/x-gzip"}),
        Reply(RSS.encode("utf-16"), headers={"Content-Type": "text/xml"}),
        Reply('<feed xmlns="http://www.w3.org/2005/Atom"/>', headers={"Content-Type": "application/xml"}),
        Reply("<!-- <html> --><x:urlset xmlns:x='s'/>", headers={"Content-Type": "application/xml"}),
        Reply(
            '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
            headers={"Content-Type": "application/json"},
        ),
    ],
)
def test_a_feed_is_told_from_a_page(newsroom: Newsroom, site: SiteServer, reply: Reply) -> None:
    site.pages["/feed"] = reply
    [outcome] = newsroom.ingest(site.url("/feed")).outcomes
    assert outcome.status == "skipped"
    assert "feed without entries" in outcome.reason


def test_the_entries_of_a_feed_are_fetched_once_and_dated_by_it_where_they_are_silent(
    newsroom: Newsroom, site: SiteServer
) -> None:
    entry = (
        f"<item><title>Strike</title><link>{site.url()}</link><pubDate>Fri, 23 Oct 2026 08:15:30 GMT</pubDate></item>"
    )
    site.pages["/feed"] = Reply(RSS.replace("</title>", f"</title>{entry}"), headers={"Content-Type": "text/xml"})
    report = newsroom.ingest(site.url("/feed"))
    assert told(report) == [("added", "")]
    assert newsroom.article.published == datetime(2026, 10, 23, 8, 15, 30, tzinfo=UTC)
    assert newsroom.article.title == "Ferry strike ends"
    again = newsroom.reindex_sources()
    assert told(again) == [("unchanged", "")]
    assert again.passages_embedded == 0


def test_an_entry_whose_page_cannot_be_had_is_what_the_feed_says(newsroom: Newsroom, site: SiteServer) -> None:
    said = "The harbour office says that the strike in Port Ellery is over."
    entry = f"<item><title>Strike</title><link>{site.url('/gone')}</link><description>{said}</description></item>"
    site.pages["/gone"] = Reply("", 404)
    site.pages["/feed"] = Reply(RSS.replace("</title>", f"</title>{entry}"), headers={"Content-Type": "text/xml"})
    [outcome] = newsroom.ingest(site.url("/feed")).outcomes
    assert outcome.status == "added"
    assert "its page could not be fetched: the server answered 404" in outcome.reason
    assert newsroom.article.text == said


@pytest.mark.parametrize(("media_type", "body"), [("application/json", '{"a": 1}'), ("application/xml", "<a/>")])
def test_other_documents_are_not_taken_for_pages(
    newsroom: Newsroom, site: SiteServer, media_type: str, body: str
) -> None:
    site.pages["/doc"] = Reply(body, headers={"Content-Type": media_type})
    [(status, reason)] = told(newsroom.ingest(site.url("/doc")))
    assert status == "skipped"
    assert media_type in reason


def test_a_pdf_is_not_read_as_the_text_that_its_server_says(newsroom: Newsroom, site: SiteServer) -> None:
    site.pages["/report"] = Reply(b"%PDF-1.7\n" + b"\0\xff" * 1000)
    [(status, reason)] = told(newsroom.ingest(site.url("/report")))
    assert status == "failed"
    assert "pdf" in reason.lower()


def test_an_empty_page_is_said(newsroom: Newsroom, site: SiteServer) -> None:
    site.pages["/empty"] = Reply("")
    assert told(newsroom.ingest(site.url("/empty"))) == [("skipped", "the page is empty")]


# What is named


def test_paths_and_links_go_together_and_paths_need_no_fetcher(
    newsroom: Newsroom, site: SiteServer, tmp_path: Path
) -> None:
    (tmp_path / "bus.txt").write_text("Night bus\n\nA night bus will run from December on, the town said.\n")
    assert newsroom.ingest(str(tmp_path / "bus.txt")).counts["added"] == 1
    assert newsroom.opened == 0
    assert newsroom.ingest(str(tmp_path / "bus.txt"), site.url()).counts["added"] == 1
    assert newsroom.reindex_sources().counts["unchanged"] == 2


@pytest.mark.parametrize(
    "text", ["ftp://news.example/a", "file:///etc/passwd", "http://", "https:news", "http://a:b@news.example/"]
)
def test_an_address_that_is_no_link_is_refused_before_anything_happens(
    newsroom: Newsroom, site: SiteServer, text: str
) -> None:
    with pytest.raises(SourceError, match="a link begins with"):
        newsroom.ingest(site.url(), text)
    assert site.requests == []


def test_a_link_is_spelt_one_way() -> None:
    assert source("HTTPS://News.example:443/a?utm_source=x&b=1#top").address == "https://news.example/a?b=1"
    assert absolute("https://news.example/a") == "https://news.example/a"
    assert absolute("a/b") == str(Path.cwd() / "a/b")


def test_kind_and_source_have_to_fit() -> None:
    assert source("https://news.example/a", kind="feed").kind == "feed"
    with pytest.raises(SourceError, match="is a path"):
        source("a.xml", kind="feed")
    with pytest.raises(SourceError, match="is a link"):
        source("https://news.example/a", kind="files")
    with pytest.raises(SourceError, match="when it is fetched"):
        source("https://news.example/a", captured=NOON)


def test_a_stop_between_links_keeps_what_was_fetched(newsroom: Newsroom, site: SiteServer) -> None:
    site.pages["/bus"] = Reply(STORY.replace("Ferry strike", "Bus strike"))
    seen: list[str] = []
    links = [site.url(), site.url("/bus")]
    events = ingest_sources(newsroom.archive, links, open_fetcher=newsroom.fetcher, stop=lambda: bool(seen))
    report = None
    for event in events:
        seen += [event.place] if isinstance(event, Progress) and event.place == links[0] else []
        report = event if isinstance(event, Report) else report
    assert report is not None
    assert report.interrupted
    assert report.counts["added"] == 1
