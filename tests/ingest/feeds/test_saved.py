"""Saved feeds: the articles that are read from them as from any other file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.extract.extract import extract
from ingest.sources.files import pages
from ingest.types import Article, Outcome, Page, article_id
from tests.ingest.feeds.feed_texts import ATOM, JSON_FEED, RDF, SENTENCE, SITEMAP, rss


def articles(path: Path) -> list[Article]:
    return [article for page in pages(path) if isinstance(page, Page) for article in extract(page)]


def test_a_saved_feed_becomes_its_articles(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM)
    (tmp_path / "b.rdf").write_bytes(RDF.encode("iso-8859-1"))
    (tmp_path / "c.json").write_text(json.dumps(JSON_FEED))
    (tmp_path / "d.xml").write_text(SITEMAP)
    dam, ferry, trams, bridge = articles(tmp_path)
    assert (dam.title, dam.outlet, dam.authors) == (
        "Dam & drains",
        "Valley Gazette",
        ("Leonie Arkwell", "Tom Ferris"),
    )
    assert (dam.published, dam.published_precision) == (datetime(2026, 10, 8, 5, 30, 15, tzinfo=UTC), "second")
    assert dam.updated == datetime(2026, 10, 8, 9, 0, 1, tzinfo=UTC)
    assert dam.id == article_id(url="https://gazette.example/news/dam.html", outlet="", title="")
    assert (ferry.text, ferry.language) == ("Die Fähre fährt ab Montag.", "de")
    assert trams.text == "Trams < trains, the city said on Monday."
    assert (bridge.text, bridge.outlet) == ("Bridge opens at last", "Lisk Wire")


def test_an_entry_without_address_is_known_by_its_guid(tmp_path: Path) -> None:
    for name, title in (("a.rss", "Strike begins"), ("b.rss", "Strike ends")):
        item = f"<title>{title}</title><guid isPermaLink='false'>hp-9</guid><description>{SENTENCE}</description>"
        (tmp_path / name).write_bytes(rss(item))
    first, second = articles(tmp_path)
    assert first.id == second.id
    assert first.digest != second.digest


def test_a_time_that_only_a_mail_reader_understands_survives_to_the_second(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(
        rss(f"<title>T</title><description>{SENTENCE}</description><pubDate>17 Feb 26 22:33:28 EST</pubDate>")
    )
    [article] = articles(tmp_path)
    assert article.published == datetime(2026, 2, 18, 3, 33, 28, tzinfo=UTC)
    assert article.published_precision == "second"


def test_a_bare_day_stays_a_day_and_unreadable_words_stay_words(tmp_path: Path) -> None:
    dates = ("2026-02-17", "yesterday")
    items = (f"<title>T</title><description>{SENTENCE}</description><pubDate>{date}</pubDate>" for date in dates)
    (tmp_path / "a.rss").write_bytes(rss(*items))
    day, said = articles(tmp_path)
    assert (day.published_precision, said.published, said.published_said) == ("day", None, "yesterday")


def test_the_same_entry_twice_is_one_article_and_another_address_is_another(tmp_path: Path) -> None:
    urls = ("https://a.example/1", "https://a.example/1", "https://a.example/2")
    (tmp_path / "a.xml").write_bytes(
        rss(
            *(
                f"<title>Ferry</title><guid>g</guid><link>{url}</link><description>{SENTENCE}</description>"
                for url in urls
            )
        )
    )
    found = list(pages(tmp_path / "a.xml"))
    assert [found.item for found in found if isinstance(found, Outcome)] == ["item 2"]
    assert len({article.id for article in articles(tmp_path)}) == 2


@pytest.mark.parametrize(
    ("name", "content", "status", "reason"),
    [
        ("a.opml", b'<opml><body><outline xmlUrl="https://a.example/f"/></body></opml>', "skipped", "1 feeds"),
        ("a.opml", b'<!DOCTYPE o [<!ENTITY x "y">]><opml/>', "failed", "declares entities"),
        ("a.xml", b"<rss><channel><title>Empty</title></channel></rss>", "skipped", "no entries"),
        ("a.xml", b"<note/>", "failed", "not a feed"),
    ],
)
def test_a_file_without_entries_says_why(tmp_path: Path, name: str, content: bytes, status: str, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    [outcome] = pages(tmp_path / name)
    assert isinstance(outcome, Outcome)
    assert (outcome.status, reason in outcome.reason) == (status, True)


def test_any_other_json_is_still_read_as_records(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"items": [{"title": "Dam", "text": SENTENCE}]}))
    assert [article.title for article in articles(tmp_path)] == ["Dam"]
