"""Web pages saved by a browser or an extension: their address and the time are at their head."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.extract.extract import extract
from ingest.extract.stated.saved import SavedPage, saved_page
from ingest.sources.files import pages
from ingest.types import Article, Page

URL = "https://harbourpost.example/news/night-bus"
BODY = "The night bus from Port Ellery to Cobb Mills will run every day from December on, the district said. " * 6
SINGLEFILE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile 
 url: URL 
 saved date: Mon Oct 12 2026 09:30:05 GMT+0200 (Central European Summer Time)
--><meta charset=utf-8>
<meta http-equiv=content-security-policy content="default-src 'none'; font-src 'self' data:; img-src 'self' data:">
<style>:root{--sf-img-1:url("data:image/png;base64,iVBORw0KGgo=")}body{font-family:serif}</style>
<title>Night bus to Cobb Mills</title>LINKS
<body><nav class=sf-hidden></nav><h1>Night bus to Cobb Mills</h1>
<img src="data:image/png;base64,iVBORw0KGgo=" alt><p>2 hours ago</p><article><p>BODY</p></article></body></html>"""  # noqa: W291


def singlefile(links: str = "") -> str:
    return SINGLEFILE.replace("URL", URL).replace("BODY", BODY).replace("LINKS", links)


def article_of(path: Path, content: str) -> Article:
    path.write_text(content, encoding="utf-8")
    [page] = pages(path)
    assert isinstance(page, Page)
    [article] = extract(page)
    return article


def test_a_page_of_singlefile_is_known_by_its_address_and_the_time_it_was_saved(tmp_path: Path) -> None:
    article = article_of(tmp_path / "bus.html", singlefile())
    assert (article.title, article.url) == ("Night bus to Cobb Mills", URL)
    assert article.text == BODY.strip()
    assert article.outlet == "harbourpost.example"
    assert article.captured == datetime(2026, 10, 12, 7, 30, 5, tzinfo=UTC)


def test_the_comment_is_a_claim_that_another_claim_may_contradict(tmp_path: Path) -> None:
    elsewhere = "<link rel=canonical href=https://other.example/bus>"
    assert article_of(tmp_path / "bus.html", singlefile(elsewhere)).url is None


def test_a_page_that_a_browser_saved_has_its_address_only() -> None:
    head = f"<!DOCTYPE html>\n<!-- saved from url=(0042){URL} -->\n<html>"
    assert saved_page(head.encode()) == SavedPage(URL)


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("2026-10-12T07:30:05.123Z", datetime(2026, 10, 12, 7, 30, 5, 123000, tzinfo=UTC)),
        ("2026-10-12 07:30:05", None),
        ("the day before yesterday", None),
    ],
)
def test_a_date_without_a_zone_is_no_time(date: str, at: datetime | None) -> None:
    head = f"<!--\n Page saved with Dateline \n url: {URL} \n saved date: {date} \n-->"
    assert saved_page(head.encode()) == SavedPage(URL, at)


@pytest.mark.parametrize(
    "head", ["", "<!-- url: https://a.example -->", "<p>Page saved with x\n url: https://a.example\n", "\xff<!--"]
)
def test_other_pages_say_nothing(head: str) -> None:
    assert saved_page(head.encode("latin-1")) == SavedPage()
