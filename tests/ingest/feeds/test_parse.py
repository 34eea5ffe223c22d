"""Feeds and sitemaps: what is read, what is refused, and what is said of both."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FeedError
from ingest.feeds import opml
from ingest.feeds.entry import Entry, link, stated
from ingest.feeds.parse import MOST_ENTRIES, read
from tests.ingest.feeds.feed_texts import ATOM, HEAD, JSON_FEED, RDF, SENTENCE, SITEMAP, rss


def only(content: bytes, *, address: str = "") -> Entry:
    [entry] = read(content, address=address).entries
    return entry


def test_rss_gives_the_parts_of_an_entry() -> None:
    feed = read(
        rss(
            "<title><![CDATA[Ferry <i>strike</i> ends]]></title><link>https://harbourpost.example/1?utm_source=rss</link>"
            "<guid isPermaLink='false'>hp-1</guid><pubDate>Fri, 23 Oct 2026 19:59:16 -0500</pubDate>"
            "<dc:creator>Ada Lind</dc:creator><dc:creator>Bo Mund</dc:creator>"
            "<source url='https://x.example/f'>The Wire</source>"
            "<description>&lt;p&gt;It ended.&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>In full.</p>]]></content:encoded>"
        )
    )
    [entry] = feed.entries
    assert (feed.title, feed.site, feed.damage) == ("Harbour Post", "https://harbourpost.example/", "")
    assert (entry.guid, entry.url) == ("hp-1", "https://harbourpost.example/1?utm_source=rss")
    assert (entry.title, entry.summary, entry.content) == ("Ferry strike ends", "<p>It ended.</p>", "<p>In full.</p>")
    assert (entry.authors, entry.outlet) == (("Ada Lind", "Bo Mund"), "The Wire")
    assert entry.published.at == datetime(2026, 10, 24, 0, 59, 16, tzinfo=UTC)


def test_atom_gives_both_times_and_resolves_links_against_its_base() -> None:
    feed = read(ATOM.encode())
    [entry] = feed.entries
    assert (feed.address, feed.site) == ("https://gazette.example/feed.atom", "https://gazette.example/")
    assert (entry.title, entry.url) == ("Dam & drains", "https://gazette.example/news/dam.html")
    assert entry.published.at == datetime(2026, 10, 8, 5, 30, 15, tzinfo=UTC)
    assert entry.updated.at == datetime(2026, 10, 8, 9, 0, 1, tzinfo=UTC)
    assert (entry.authors, entry.language) == (("Leonie Arkwell", "Tom Ferris"), "en")
    assert "<b>crack</b>" in entry.content


def test_rdf_in_another_encoding_is_read() -> None:
    entry = only(RDF.encode("iso-8859-1"))
    assert (entry.title, entry.authors) == ("Fähre fährt wieder", ("Jörg Höhn",))
    assert (entry.guid, entry.url) == ("https://skerrin.example/1", "https://skerrin.example/1")
    assert entry.published.at == datetime(2026, 10, 23, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_a_feed_is_read_in_any_encoding_that_it_declares(encoding: str) -> None:
    text = rss("<title>Паром снова ходит</title><guid>1</guid>").decode()
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
    assert only(declared.encode(encoding)).title == "Паром снова ходит"


def test_a_json_feed_is_read() -> None:
    entry = only(json.dumps(JSON_FEED).encode())
    assert (entry.guid, entry.url, entry.title) == ("17", "https://wire.example/a/17", "Trams & trains")
    assert entry.published.at == datetime(2026, 10, 1, 14, 20, 30, tzinfo=UTC)
    assert entry.updated.at == datetime(2026, 10, 2, tzinfo=UTC)
    assert (entry.content, entry.authors) == ("Trams &lt; trains, the city said on Monday.", ("Ada Lind",))


@pytest.mark.parametrize("content", [SITEMAP.encode(), gzip.compress(SITEMAP.encode())])
def test_a_news_sitemap_gives_title_time_and_outlet_packed_or_not(content: bytes) -> None:
    entry = only(content)
    assert (entry.url, entry.title) == ("https://wire.example/b/2", "Bridge opens at last")
    assert (entry.outlet, entry.published.at) == ("Lisk Wire", datetime(2026, 10, 3, 8, 9, 10, tzinfo=UTC))


def test_an_index_of_sitemaps_names_them_newest_first() -> None:
    content = (
        b"<sitemapindex><sitemap><loc>https://wire.example/1.xml</loc><lastmod>2026-01-01</lastmod></sitemap>"
        b"<sitemap><loc>https://wire.example/2.xml</loc><lastmod>2026-02-01</lastmod></sitemap>"
        b"<sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>"
    )
    assert read(content).more == ("https://wire.example/2.xml", "https://wire.example/1.xml")


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("Tue, 17 Feb 2026 22:33:28 +0000", datetime(2026, 2, 17, 22, 33, 28, tzinfo=UTC)),
        ("Tue, 17 Feb 26 22:33:28 EST", datetime(2026, 2, 18, 3, 33, 28, tzinfo=UTC)),
        ("Di, 17 Feb 2026 22:33 GMT", datetime(2026, 2, 17, 22, 33, tzinfo=UTC)),
        ("2026-02-17T22:33:28.123456789Z", datetime(2026, 2, 17, 22, 33, 28, tzinfo=UTC)),
        ("2026-02-17", datetime(2026, 2, 17, tzinfo=UTC)),
        ("Tuesday", None),
        ("2 hours ago", None),
        ("17", None),
        ("Sat, 30 Feb 2026 10:00:00 GMT", None),
    ],
)
def test_a_time_is_what_its_words_say_and_nothing_is_filled_in(words: str, at: datetime | None) -> None:
    assert stated(words).at == at


def test_a_number_for_a_guid_is_no_date() -> None:
    assert only(rss("<title>Undated</title><guid>20260105</guid>")).published.at is None


def test_a_permalink_stands_in_for_a_missing_link_and_any_other_guid_does_not() -> None:
    guids = ("https://a.example/1", "urn:2")
    entries = read(rss(*(f"<title>T</title><guid>{guid}</guid>" for guid in guids))).entries
    assert [entry.url for entry in entries] == ["https://a.example/1", None]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//[broken", ""]
)
def test_a_link_that_is_no_web_address_is_dropped_and_the_entry_says_so(address: str) -> None:
    entry = only(rss(f"<title>T</title><guid isPermaLink='false'>1</guid><link>{address}</link>"))
    assert entry.url is None
    assert bool(entry.note) == bool(address)


def test_a_relative_link_is_resolved_against_the_address_of_the_feed() -> None:
    entry = only(rss("<title>T</title><link>/a/1</link>", head="<rss><channel>"), address="https://x.example/feeds/f")
    assert entry.url == "https://x.example/a/1"


@given(st.text(max_size=60), st.sampled_from(["", "https://x.example/a/"]))
def test_a_link_is_a_web_address_or_nothing(said: str, base: str) -> None:
    url, note = link(said, base)
    assert url is None or url.lower().startswith(("http://", "https://"))
    assert not (url and note)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;">]>',
        '<!-- c --><!doctype r [<!ENTITY % p SYSTEM "http://x.example/"> %p;]>',
        "<!DOCTYPE r [<!ELEMENT r (t)>]>",
    ],
)
def test_entities_are_refused(doctype: str) -> None:
    with pytest.raises(FeedError, match="declares entities"):
        read(f'<?xml version="1.0"?>{doctype}'.encode() + rss("<title>&x;</title>"))
    with pytest.raises(FeedError, match="declares entities"):
        opml.read(f"{doctype}<opml/>".encode("utf-16"))


def test_a_doctype_that_declares_nothing_is_left_out() -> None:
    doctype = (
        b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://dtd.example/rss-0.91.dtd">'
    )
    assert only(doctype + rss("<title>Still read</title>")).title == "Still read"


def test_words_about_entities_inside_an_article_are_only_words() -> None:
    assert "ENTITY" in only(rss("<description><![CDATA[<pre><!ENTITY x></pre>]]></description>")).summary


def test_html_names_and_bare_ampersands_are_read_as_they_are_meant() -> None:
    entry = only(rss("<title>Caf&eacute; R&D&nbsp;&lt;3 &#27;</title><link>https://a.example/?a=1&b=2</link>"))
    assert (entry.title, entry.url) == ("Café R&D <3", "https://a.example/?a=1&b=2")


def test_a_prefix_that_nobody_declared_does_no_harm() -> None:
    feed = read(rss("<title>T</title><itunes:x>y</itunes:x>", head="<rss><channel>"))
    assert (len(feed.entries), feed.damage) == (1, "")


def test_an_entry_that_is_cut_short_is_left_out_and_told() -> None:
    content = rss("<title>First</title>", "<title>Second, of which half is missing</title>")
    feed = read(content[: content.index(b"of which")])
    assert [entry.title for entry in feed.entries] == ["First"]
    assert "cut short" in feed.damage


@pytest.mark.parametrize("end", ["<pubDate>Mon,", "<content:encoded>The pier was built by", "", "<gu"])
def test_an_entry_whose_text_is_there_is_kept_though_the_feed_is_cut_short(end: str) -> None:
    said = "<description>The pier of Ommel is &lt;b&gt;closed&lt;/b&gt; until May.</description>"
    item = f"<title>Second</title><link>https://ommel.example/2</link>{said}{end}"
    content = rss("<title>First</title>", item)
    feed = read(content[: content.rindex(b"</item>")])
    assert [entry.title for entry in feed.entries] == ["First", "Second"]
    assert (feed.entries[1].text, feed.entries[1].published.at) == (
        "The pier of Ommel is <b>closed</b> until May.",
        None,
    )
    assert feed.damage.endswith("in the middle of an entry")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no XML"),
        (b"<!doctype html><html><body><p>Hello</p></body></html>", "web page"),
        (b"<root/>", "outermost element is <root>"),
        (b"<rss><channel", "nothing in it can be read"),
        (b'{"items": 3}', "no list named items"),
        (b'{"items":', "not valid JSON"),
        (b"[" * 100_000, "no XML"),
        (b'{"items":' + b"[" * 100_000, "not valid JSON"),
        (b"\x00\x01\x02binary", "not text"),
        (b"\x1f\x8bbroken", "damaged"),
        (b"<opml/>", "list of feeds"),
    ],
)
def test_what_is_no_feed_says_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        read(content)


def test_a_feed_of_more_entries_than_anybody_reads_is_capped_and_says_so() -> None:
    feed = read(rss(*(f"<title>{number}</title>" for number in range(MOST_ENTRIES + 1))))
    assert len(feed.entries) == MOST_ENTRIES
    assert "more than 5,000 entries" in feed.damage


@pytest.mark.parametrize(
    ("title", "site", "outlet"),
    [
        ("World - HarbourPost.example", "https://www.harbourpost.example/", "HarbourPost.example"),
        ("Harbour Post – Breaking News", "https://harbourpost.example/", "Harbour Post"),
        ("HP.com: World", "http://online.hp.com/x", "HP.com"),
        ("Asia", "https://harbourpost.example/asia", "harbourpost.example"),
        ("The Daily", "https://harbourpost.example/", "The Daily"),
    ],
)
def test_the_outlet_is_the_part_of_the_title_that_names_the_site(title: str, site: str, outlet: str) -> None:
    assert read(f"<rss><channel><title>{title}</title><link>{site}</link></channel></rss>".encode()).outlet == outlet


@pytest.mark.parametrize(
    ("item", "whole"),
    [
        (f"<content:encoded>{SENTENCE * 8}</content:encoded>", True),
        (f"<content:encoded>{SENTENCE * 8}…</content:encoded>", False),
        (f"<description>{SENTENCE * 8}</description>", False),
        (f"<description>{SENTENCE * 25}</description>", True),
        (f"<description>{SENTENCE * 25} Continue reading...</description>", False),
    ],
)
def test_a_text_is_whole_when_the_feed_gives_it_in_full(item: str, whole: bool) -> None:
    assert only(rss(f"<title>T</title>{item}")).is_whole is whole


def test_the_other_dates_of_a_feed_tell_the_order_of_an_ambiguous_one() -> None:
    def days(*dates: str) -> list[str]:
        items = "".join(f"<item><title>{at}</title><pubDate>{at}</pubDate></item>" for at in dates)
        found = read(f"{HEAD}{items}</channel></rss>".encode()).entries
        return [f"{one.published.at:%d %b}" if one.published.at else one.published.words for one in found]

    assert days("06/07/2026 06:00", "16/07/2026 06:00") == ["06 Jul", "16 Jul"]
    assert days("06/07/2026 06:00", "07/16/2026 06:00") == ["07 Jun", "16 Jul"]
    assert days("06/07/2026 06:00") == ["06/07/2026 06:00"]


def test_a_link_is_resolved_against_the_base_on_its_own_element() -> None:
    links = "<link href='mill' xml:base='/s/'/><link rel='self' href='x' xml:base='https://m.skerrin.example/'/>"
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://skerrin.example/'><title>S</title>"
        f"<entry xml:base='a/'><title>Mill</title><id>1</id>{links}<summary>The mill turns.</summary></entry></feed>"
    )
    [entry] = read(feed.encode()).entries
    assert entry.url == "https://skerrin.example/s/mill"
