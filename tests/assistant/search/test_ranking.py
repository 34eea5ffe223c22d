"""What makes one article go before another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.search.ranking import RECENT, UNDATED, Signals, recency, share_of_words
from assistant.search.retriever import Retriever
from ingest.archive.archive import Archive
from ingest.types import Article
from tests.fakes import HashEmbedder, an_article

ASKED = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAM = "Engineers found a crack in the dam at Aldermoss and lowered the water."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened


def dated(days: int, **told: str) -> Article:
    """An article of that many days before it is asked about."""
    title = told.get("title", f"Dam report {days}")
    published = ASKED - timedelta(days=days)
    article = an_article(
        told.get("text", DAM), title=title, url=f"https://news.example/{days}/{title.replace(' ', '-')}"
    )
    return article.model_copy(update={"published": published, "published_precision": "minute"})


def found(archive: Archive, question: str, at: datetime = ASKED) -> list[str]:
    retriever = Retriever(archive, lambda: at)
    hits = retriever.find(question, retriever.vector(question), 10)
    return list(dict.fromkeys(hit.article.title for hit in hits))


def test_of_two_that_fit_alike_the_more_recent_one_goes_first(archive: Archive) -> None:
    archive.add([dated(400), dated(2)])
    assert found(archive, "Where is the crack in the dam?") == ["Dam report 2", "Dam report 400"]


def test_an_article_that_fits_much_better_beats_a_recent_one(archive: Archive) -> None:
    archive.add([dated(900), dated(1, title="Ferry strike", text="The ferry strike at the dam quay ended.")])
    assert found(archive, "Where did engineers find a crack in the Aldermoss dam?")[0] == "Dam report 900"


def test_the_time_that_is_meant_draws_what_is_found(archive: Archive) -> None:
    archive.add([dated(400), dated(2)])
    retriever = Retriever(archive, lambda: ASKED)
    question = "Where was the crack in the dam?"
    hits = retriever.find(question, retriever.vector(question), 10, around=date(2025, 12, 31))
    assert hits[0].article.published == dated(400).published


def test_news_goes_before_what_led_to_it_and_years_before_decades() -> None:
    ages = [recency(int((ASKED - timedelta(days=days)).timestamp()), ASKED) for days in (0, 7, 90, 4 * 365, 20 * 365)]
    assert ages == sorted(ages, reverse=True)
    assert ages[0] == 1.0
    assert ages[-1] < 0.01
    assert ages[-1] < recency(None, ASKED) == UNDATED < ages[0]


def test_being_recent_multiplies_what_fits_and_adds_nothing_to_what_does_not() -> None:
    assert Signals(0.0, 0.0, recent=1.0).score == 0.0
    fitting = Signals(0.8, 0.5, title=0.5, lead=1.0)
    assert Signals(0.8, 0.5, title=0.5, lead=1.0, recent=1.0).score == pytest.approx(fitting.score * (1 + RECENT))


def test_both_rankings_together_beat_either_alone() -> None:
    assert Signals(0.5, 0.9).score > Signals(1.0, 0.0).score > Signals(0.0, 0.9).score


def test_the_share_of_words_counts_the_rare_ones_more() -> None:
    rarity = {"dam": 1.0, "aldermoss": 3.0}
    assert share_of_words(["dam", "report"], rarity) == 0.25
    assert share_of_words(["aldermoss"], rarity) == 0.75
    assert share_of_words([], {}) == 0.0
