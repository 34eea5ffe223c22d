"""Entries: when their page is the article, and when what the feed says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.feed_site import Story
from tests.ingest.feeds.reader import HTML, Reader, an_item, feed_of, statuses


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


def test_one_guid_for_all_entries_does_not_hide_any(reader: Reader) -> None:
    reader.site.stories = [Story(1), Story(2)]
    reader.site.raw = reader.site.feed().replace(b"/story/1</guid>", b"/story/2</guid>")
    assert statuses(reader.look()) == ["added", "added"]
    assert reader.look() == []


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
