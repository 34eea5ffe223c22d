"""Questions about an article rather than about the news in it."""

from __future__ import annotations

import pytest

from assistant.question.records import RecordQuestion
from ingest.types import Article
from tests.fakes import an_article

SAVED = an_article(title="Lock at Veltrin closes", outlet="Gazette", published=None)


def said(article: Article, question: str) -> str | None:
    record = RecordQuestion.read(question)
    assert record
    return record.told(article)


@pytest.fixture
def saved() -> Article:
    return SAVED.model_copy(update={"published_said": "3 hours ago", "origin": "Meridian"})


@pytest.mark.parametrize(
    "question",
    [
        "How old was the story about the lock when the page was saved?",
        "How long ago was the article on the lock published?",
        "When was the lock story posted?",
    ],
)
def test_a_time_that_a_page_says_answers_how_long_ago(saved: Article, question: str) -> None:
    assert (
        said(saved, question)
        == "“Lock at Veltrin closes” (Gazette) gives no date; the saved page says “3 hours ago”."
    )


def test_it_is_no_date(saved: Article) -> None:
    assert said(saved, "On what calendar date was the lock story published?") is None
    assert said(SAVED, "When was the lock story published?") is None


@pytest.mark.parametrize(
    "question",
    [
        "Where does the lock story come from originally?",
        "Which news agency reported the repair of the lock?",
        "Which agency supplied the lock story?",
    ],
)
def test_where_a_story_comes_from_is_its_origin(saved: Article, question: str) -> None:
    assert "is credited to Meridian." in (said(saved, question) or "")


@pytest.mark.parametrize(
    "question", ["How old is the lock?", "Where does the water come from?", "Which agency closed?"]
)
def test_questions_about_the_news_are_none_of_these(question: str) -> None:
    assert RecordQuestion.read(question) is None


def test_an_agency_that_no_page_names_is_not_the_outlet() -> None:
    assert said(SAVED, "Which agency supplied the lock story?") is None
    assert "carried by Gazette" in (said(SAVED, "Which newspaper carried the lock story?") or "")
