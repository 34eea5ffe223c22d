"""When a web page was published: as it states and as it prints it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.ingest.web_pages import BODY, HEAD, TITLE, linked, read, story

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
