"""When a web page was published: as it states and as it prints it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.extract.body.markup import parse
from ingest.extract.time.times import printed
from tests.ingest.extract.web_pages import BODY, HEAD, TITLE, linked, read, story

UTC_TIME = "2023-12-20T01:05:00Z"


@pytest.mark.parametrize(
    "printed",
    [
        "<time datetime='2023-12-19T20:05:00-05:00'>Dec. 19</time>",
        "<time datetime='2023-12-19 20:05:00'>December 19, 2023 at 8:05 p.m.</time>",
        "<p>Published 8:05 PM EST, Tue December 19, 2023</p>",
    ],
)
def test_the_day_is_that_of_the_readers_and_the_instant_stays(printed: str) -> None:
    article = read(linked(datePublished=UTC_TIME), story(printed))
    assert article.published == datetime(2023, 12, 20, 1, 5, tzinfo=UTC)
    assert article.published is not None
    assert article.published.date() == date(2023, 12, 19)


def test_a_printed_time_of_something_else_changes_nothing() -> None:
    article = read(linked(datePublished=UTC_TIME), story("<time datetime='2023-12-20T09:17:00-05:00'>9:17</time>"))
    assert article.published is not None
    assert article.published.date() == date(2023, 12, 20)


def test_a_date_between_headline_and_text_is_taken() -> None:
    article = read(HEAD, story("<p>Opinion</p><p>By Ada Moss | February 28, 2023</p>"))
    assert (article.published, article.published_precision) == (datetime(2023, 2, 28, tzinfo=UTC), "day")


def test_a_date_that_only_the_text_tells_is_not_taken() -> None:
    text = f"<p>The harbour of Veltrin opened on 3 May 2019, after four years in which it had been built.</p>{BODY}"
    assert read(HEAD, f"<article><h1>{TITLE}</h1>{text}</article>").published is None


@pytest.mark.parametrize(
    ("locale", "day"), [("en_GB", date(2024, 4, 3)), ("en_US", date(2024, 3, 4)), ("en_CA", None), ("", None)]
)
def test_the_order_of_day_and_month_is_that_of_the_region(locale: str, day: date | None) -> None:
    head = f"{HEAD}<meta property='og:locale' content='{locale}'>"
    article = read(head, story("<p>Published 03/04/2024 17:05</p>"))
    assert (article.published.date() if article.published else None) == day
    assert bool(article.published_said) == (day is None)


def dated_page(around: str) -> str:
    text = "The bridge is open. " * 9
    tree = parse(f"<html><body><article><h1>Bridge reopens</h1>{around}<p>{text}</p></article></body></html>")
    when = printed(tree)
    return str(when.at.date()) if when.at else ""


@pytest.mark.parametrize(
    ("around", "day"),
    [
        ('<div class="published-date">4 March 2026</div>', "2026-03-04"),
        ('<div class="candidate">12 May 2019</div><div class="publishDate">4 March 2026</div>', "2026-03-04"),
        ("<p>The depot was founded on 4 March 1998.</p>", ""),
        (
            '<time class="updated" datetime="2026-03-06">6 March</time><time datetime="2026-03-04">4 March</time>',
            "2026-03-04",
        ),
        ('<time class="entry-date updated" datetime="2026-03-06">6 March 2026</time>', "2026-03-06"),
        (f'<p>The roof fell on <time datetime="1998-05-01">1 May 1998</time> {"and was never mended " * 5}.</p>', ""),
    ],
)
def test_only_a_date_of_publication_is_one(around: str, day: str) -> None:
    assert dated_page(around) == day


FURNITURE = {
    "masthead": "<header><div class='date'>Sunday, 29 November 2026</div></header>{}",
    "menu": "<nav><span id='date'>29.11.2026</span></nav>{}",
    "day in a box above": "<div class='today-date'>29 November 2026</div>{}",
    "printed": "{}<footer>Page printed 28 November 2026</footer>",
    "foot": "{}<footer><span class='date'>28 November 2026</span></footer>",
    "version": "{}<div id='footer'>Version 2026-11-02</div>",
    "other story": "{}<aside><a href='/b'>More</a> <time class='date' datetime='2026-11-20'>20 Nov</time></aside>",
    "related": "{}<div class='related'><p class='date'>20 November 2026</p></div>",
    "comment": "{}<section class='comments'><p class='comment-date'>5 November 2026</p></section>",
    "program": "<script>var built = '2026-11-28T10:11:12Z';</script>{}",
    "expiry": '<script type=\'application/json\'>{{"expires":"2027-01-03T08:00:00Z"}}</script>{}',
}


@pytest.mark.parametrize("around", FURNITURE.values(), ids=FURNITURE)
@pytest.mark.parametrize("own", ["", "3 October 2026"])
def test_a_date_of_the_page_around_it_does_not_date_an_article(around: str, own: str) -> None:
    article = read(HEAD, around.format(f"<main>{story(f'<p>{own}</p>')}</main>"))
    assert (article.published.date().isoformat() if article.published else "") == ("2026-10-03" if own else "")


def test_a_date_in_the_title_does_not_date_an_article() -> None:
    title = "Ferry times of 3 October 2026"
    assert read(f"<title>{title}</title>", f"<article><h1>{title}</h1>{BODY}</article>").published is None


@pytest.mark.parametrize(
    ("data", "day"),
    [
        ('{"story":{"publishedAt":"2026-10-03T08:00:00Z"}}', "2026-10-03"),
        ('{"publishedAt":"2026-10-03T08:00:00Z","more":[{"publishedAt":"2026-10-01T08:00:00Z"}]}', ""),
    ],
)
def test_the_one_time_of_publication_in_a_pages_data_is_taken(data: str, day: str) -> None:
    script = f"<script id='state' type='application/json'>{data}</script>"
    escaped = data.replace('"', "&quot;")
    for head, body in ((script, BODY), ("", f'<div data-props="{escaped}">{BODY}</div>')):
        article = read(HEAD + head, f"<article><h1>{TITLE}</h1>{body}</article>")
        assert (article.published.date().isoformat() if article.published else "") == day


def test_words_around_the_headline_do_not_make_it_another_article() -> None:
    around = "<article class='commentary event-report'><h1>{}</h1><div class='info'>4 March 2026</div>{}</article>"
    article = read(HEAD, around.format(TITLE, BODY))
    assert article.published == datetime(2026, 3, 4, tzinfo=UTC)
