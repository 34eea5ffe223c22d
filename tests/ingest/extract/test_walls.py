"""Pages without an article, and with a part of one."""

from __future__ import annotations

import pytest

from ingest.errors import NotAnArticle
from ingest.extract.extract import extract
from ingest.extract.page.html import LIST, SHELL
from ingest.types import Page
from tests.ingest.extract.web_pages import BODY, HEAD, PARAGRAPHS, linked, read, read_all, story

CARDS = "".join(
    f"<div><h3><a href='/{n}'>A headline about the harbour, number {n}</a></h3><p>{PARAGRAPHS[n % 3]}</p></div>"
    for n in range(20)
)


@pytest.mark.parametrize(
    ("head", "body", "reason"),
    [
        (
            "<meta http-equiv='Refresh' content='0; url=/real'>",
            "",
            "sends its reader on to https://sarn.example/real",
        ),
        ("", "<frameset cols='20%,80%'><frame src='story.html'></frameset>", "set of frames.*story.html"),
        ("", "<div id='root'></div><script src='app.js'></script>", SHELL),
        ("", "<noscript>Please enable JavaScript to read this.</noscript><script>go()</script>", SHELL),
        ("", "<h1>Page not found</h1>", "an error page"),
        ("", "<p>Please log in to continue.</p><a href='/x'>Forgot your password?</a>", "a page to log in"),
        (
            "",
            "<h1>Search results for harbour</h1><p>Nothing matched what you were looking for here.</p>",
            "search res",
        ),
        ("", CARDS, LIST),
        ("<meta property='og:type' content='article'>", f"<h1>News</h1>{CARDS}", LIST),
        ("", f"<ul>{CARDS.replace('<div>', '<li>').replace('</div>', '</li>')}</ul>", LIST),
    ],
)
def test_a_page_without_an_article_says_what_it_is(head: str, body: str, reason: str) -> None:
    with pytest.raises(NotAnArticle, match=reason):
        read(head, body, url="https://sarn.example/news")


def test_a_long_consent_wall_is_told_by_its_words() -> None:
    wall = "<p>We and our 842 partners store cookies and process personal data with your consent.</p>" * 12
    with pytest.raises(NotAnArticle, match="consent wall"):
        read("<title>Sarn Times</title>", f"<div>{wall}</div>")


def test_an_article_with_many_links_to_others_is_no_list() -> None:
    assert read(linked(datePublished="2025-06-03"), story("") + CARDS).text.startswith(PARAGRAPHS[0])


def test_the_free_part_says_so() -> None:
    stub = "<p>The bridge of Veltrin reopened on Tuesday after seven months of repairs, and …</p>"
    offer = "<div class='wall'><h2>Subscribe to keep reading</h2><p>Only 1 crown for four weeks, then 9.</p></div>"
    article = read(linked(isAccessibleForFree="False"), story("").replace(BODY, stub + offer))
    assert article.partial == "only the free part is here"
    assert "crown" not in article.text


def test_an_article_that_must_be_paid_for_is_whole_where_its_paid_part_is_there() -> None:
    head = linked(isAccessibleForFree=False, hasPart={"isAccessibleForFree": False, "cssSelector": ".rest"})
    whole = story("").replace(BODY, f"<p>{PARAGRAPHS[0]}</p><div class='rest'>{BODY}</div>")
    assert read(head, whole).partial is None
    assert read(head).partial == "only the free part is here"


def test_a_page_that_stops_in_the_middle_says_so() -> None:
    whole = f"<!doctype html><html><head>{HEAD}</head><body><div><article>{BODY}</article></div></body></html>"
    [part] = extract(Page("a.html", whole[: whole.index("according")].encode(), "text/html"))
    [all_of_it] = extract(Page("a.html", whole.encode(), "text/html"))
    assert (part.partial, all_of_it.partial) == ("the page was cut off", None)


def test_the_host_that_a_page_claims_is_told() -> None:
    claim = "<link rel='canonical' href='https://other.example/real'>"
    article = read(HEAD + claim, url="https://sarn.example/a")
    assert (article.url, article.outlet, article.claims) == (
        "https://sarn.example/a",
        "sarn.example",
        "other.example",
    )
    assert read(HEAD, url="https://sarn.example/a").claims is None


def test_a_live_blog_becomes_its_entries_with_their_own_times() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": f"Entry {n}", "articleBody": PARAGRAPHS[n],
         "datePublished": f"2025-06-03T0{n + 7}:00:00Z"}
        for n in range(3)
    ]  # fmt: skip
    head = linked(**{"@type": "LiveBlogPosting", "liveBlogUpdate": updates, "datePublished": "2025-06-03T06:00:00Z"})
    entries = read_all(head, url="https://sarn.example/live")
    assert [(entry.title, entry.text) for entry in entries] == [(f"Entry {n}", PARAGRAPHS[n]) for n in range(3)]
    assert [entry.published.hour for entry in entries if entry.published] == [7, 8, 9]
    assert len({entry.id for entry in entries}) == 3


def test_a_page_that_was_encoded_twice_is_read_right() -> None:
    text = "Die Brücke in Köln wurde am Dienstag für Fußgänger geöffnet, sagte die Stadtverwaltung am Morgen."
    assert read(HEAD, f"<article><p>{text.encode().decode('latin-1')}</p></article>").text == text


def test_lines_that_lead_elsewhere_are_left_out() -> None:
    last = "The port expects ten more ferries to leave the harbour on Tuesday, it said."
    asides = ("Advertisement", "Read more: Ferry fares rise in Sarn", "Sign up for our newsletter to get the news.")
    article = read(HEAD, f"<article>{BODY}{''.join(f'<p>{line}</p>' for line in (*asides, last))}</article>")
    assert article.text == "\n\n".join([*PARAGRAPHS, last])


def test_comments_and_newsletters_inside_the_article_are_left_out() -> None:
    inside = f"<ul class='site-comments-list'><li><p>{PARAGRAPHS[0]} I was there!</p></li></ul>"
    assert "I was there" not in read(HEAD, f"<article>{BODY}{inside}</article>").text


@pytest.mark.parametrize(
    "page",
    [
        f"<article><h1>Harbour</h1>{BODY * 3}</article><div>{CARDS}</div>",
        f"<h1>Harbour</h1><div>{BODY}</div>{CARDS}",
        "<h1>Harbour</h1>" + f"{BODY}<p><a href='/r'>See also: what the harbour was like in 1911</a></p>" * 4 + CARDS,
    ],
)
def test_an_article_beside_many_headlines_is_no_list(page: str) -> None:
    assert PARAGRAPHS[0] in read(HEAD, page, url="https://sarn.example/news").text
