"""What is said to the assistant itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.conversations.remarks import remarks
from ingest.archive.archive import Archive
from tests.fakes import HashEmbedder, an_article

NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), HashEmbedder()) as opened:
        opened.add([an_article(), an_article("The quay reopened on Friday after the repair.", outlet="Evening Tide")])
        yield opened


def said(archive: Archive, question: str) -> str:
    return " ".join(remarks(question, archive.store, NOW))


@pytest.mark.parametrize("question", ["thanks!", "ok great, thank you very much", "Hello", "good morning", "bye"])
def test_a_greeting_or_thanks_is_answered_as_such(archive: Archive, question: str) -> None:
    assert said(archive, question).startswith(("You’re welcome.", "Hello.", "Goodbye."))


@pytest.mark.parametrize(
    "question",
    [
        "How many articles do you have?",
        "which outlets?",
        "how old is your newest article",
        "how far back do you go",
        "what's your newest article",
    ],
)
def test_a_question_about_the_archive_is_answered_from_its_counts(archive: Archive, question: str) -> None:
    assert "2 articles from 2 outlets" in said(archive, question)
    assert "7 October 2026 (30 days old)" in said(archive, question)


def test_outlets_are_named_where_they_are_asked_for(archive: Archive) -> None:
    assert "Evening Tide (1), Harbour Post (1)" in said(archive, "Which newspapers do you have?")
    assert "Evening Tide" not in said(archive, "How many articles do you have?")


def test_the_articles_of_an_outlet_are_counted(archive: Archive) -> None:
    told = said(archive, "How many articles do you have from the Evening Tide?")
    assert "1 article from Evening Tide." in told


def test_an_outlet_that_is_stored_as_its_host_is_counted_under_its_name(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(outlet="tide.example"), an_article("The quay reopened on Friday.")])
        assert "1 article from tide.example." in said(archive, "How many articles do you have from the Tide?")


@pytest.mark.parametrize("question", ["What can you do?", "who are you", "what can I ask you?"])
def test_it_says_what_it_can_do(archive: Archive, question: str) -> None:
    assert said(archive, question).startswith("I answer questions about the news")


@pytest.mark.parametrize(
    "question",
    [
        "How many articles does the treaty have?",
        "how old is the eelgrass",
        "Who thanked the crew?",
        "What do you have on the ferry strike?",
        "Which newspapers reported the strike?",
        "what is the news?",
        "headlines",
        "?",
    ],
)
def test_a_question_about_the_news_is_none_to_the_assistant(archive: Archive, question: str) -> None:
    assert said(archive, question) == ""


@pytest.mark.parametrize(
    "question", ["Which newspapers covered it?", "What do you know about it?", "Hello, who is he?"]
)
def test_a_question_that_points_back_is_one_about_the_news(archive: Archive, question: str) -> None:
    assert not remarks(question, archive.store, NOW)
