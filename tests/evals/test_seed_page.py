"""The saved aggregator page that the project started from, against its truth."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.extract.extract import extract
from ingest.types import Article, Page

FOLDER = Path(os.environ.get("DATELINE_EVAL_DATA") or Path(__file__).parents[2].parent / "shared") / "seed"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no evaluation data at {FOLDER}")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return extract(Page("seed", (FOLDER / "aggregator-page.txt").read_bytes(), "text/plain"))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_page_holds_exactly_the_four_articles_of_the_truth(
    articles: list[Article], truth: dict[str, Any]
) -> None:
    assert [article.title for article in articles] == [gold["title"] for gold in truth["articles"]]


def test_every_outlet_is_the_label_on_the_page(articles: list[Article], truth: dict[str, Any]) -> None:
    assert [article.outlet for article in articles] == [gold["label_on_page"] for gold in truth["articles"]]


def test_every_body_is_the_gold_body_but_for_white_space(articles: list[Article], truth: dict[str, Any]) -> None:
    for article, gold in zip(articles, truth["articles"], strict=True):
        assert squeezed(article.text) == squeezed(gold["body"])


def test_origins_are_read_where_they_are_stated_and_never_invented(
    articles: list[Article], truth: dict[str, Any]
) -> None:
    assert [article.origin for article in articles] == [gold["origin"] for gold in truth["articles"]]


def test_no_boilerplate_and_no_teaser_is_part_of_a_body(articles: list[Article], truth: dict[str, Any]) -> None:
    unwanted = [*truth["boilerplate_must_drop"], *truth["newsletter_furniture"]]
    unwanted += [teaser["text"] for teaser in truth["newsletter_teasers"]]
    # One word alone may well occur in a sentence.
    lines = [(line.strip(), squeezed(text)) for line in unwanted for article in articles for text in [article.text]]
    assert not [line for line, text in lines if " " in line and squeezed(line) in text]


def test_without_a_capture_time_the_page_gives_no_dates(articles: list[Article], truth: dict[str, Any]) -> None:
    assert [article.published for article in articles] == [None] * 4
    assert [article.published_said for article in articles] == [gold["relative_time"] for gold in truth["articles"]]


def test_the_articles_are_the_same_with_and_without_a_capture_time(articles: list[Article]) -> None:
    captured = datetime(2025, 6, 3, 1, 0, tzinfo=UTC)
    found = extract(Page("seed", (FOLDER / "aggregator-page.txt").read_bytes(), "text/plain", captured=captured))
    assert [article.id for article in found] == [article.id for article in articles]
    assert [article.digest for article in found] == [article.digest for article in articles]


def test_with_a_capture_time_the_relative_times_are_resolved() -> None:
    captured = datetime(2025, 6, 3, 1, 0, tzinfo=UTC)
    content = (FOLDER / "aggregator-page.txt").read_bytes()
    found = extract(Page("seed", content, "text/plain", captured=captured))
    assert [f"{article.published:%d %H:%M}" for article in found] == ["02 00:00", "03 00:39", "03 00:32", "03 00:18"]
    assert [article.published_precision for article in found] == ["day", "minute", "minute", "minute"]
