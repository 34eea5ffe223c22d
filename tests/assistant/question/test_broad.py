"""Which questions ask for the news of something, and of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.broad import Broad


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Summarise the quarry dispute", "quarry dispute"),
        ("latest on the quarry dispute", "the quarry dispute"),
        ("WHAT'S NEW WITH THE QUARRY DISPUTE", "THE QUARRY DISPUTE"),
        ("could you please catch me up on the quarry dispute", "the quarry dispute"),
        ("Tell me everything about the quarry dispute.", "the quarry dispute"),
        ("What happened at the Velmont quarry?", "Velmont quarry"),
        ("any news about the quarry dispute", "the quarry dispute"),
        ("Is there any news of the quarry dispute?", "the quarry dispute"),
        ("What's the story with the quarry", "the quarry"),
        ("quarry dispute: what is known?", "quarry dispute"),
        ("quarry dispute update", "quarry dispute"),
        ("velmont quarry", "velmont quarry"),
        ("latest on New Velmont", "New Velmont"),
        ("tell me about the man who bought the quarry", "the man who bought the quarry"),
        ("headlines", ""),
        ("what's new?", ""),
        ("what is going on", ""),
    ],
)
def test_news_is_asked_for_of_a_subject_or_of_all(question: str, topic: str) -> None:
    broad = Broad.read(question)
    assert broad is not None
    assert broad.topic.removeprefix("the ") == topic.removeprefix("the ")
    assert broad.order == "newest"


@pytest.mark.parametrize(
    "question", ["timeline of the dispute", "How did the dispute unfold?", "the dispute from beginning to end"]
)
def test_how_a_story_went_is_told_from_its_beginning(question: str) -> None:
    broad = Broad.read(question)
    assert broad is not None
    assert broad.order == "oldest"


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest death toll?",
        "what's the new fare on the night bus",
        "Tell me who bought the quarry",
        "tell me how many trucks were stopped",
        "name of the quarry's owner",
        "What did the report find?",
        "Is there a new owner of the quarry?",
        "What happened to the owner?",
        "Any word on when the quarry opens?",
        "How did the dispute end?",
        "The quarry is closed?",
        "According to the union, how many trucks were stopped?",
        "The new owner announced it will do what this week?",
        "Wie lange bleibt der Steinbruch geschlossen?",
    ],
)
def test_what_asks_for_something_in_particular_is_not_broad(question: str) -> None:
    assert Broad.read(question) is None


def test_more_is_asked_of_what_the_conversation_was_about() -> None:
    assert Broad.read("tell me more", "Velmont quarry") == Broad("Velmont quarry", more=True)
    assert Broad.read("and the mine?", "Velmont quarry") is None


@given(st.text(max_size=200))
def test_the_subject_is_a_part_of_any_question(question: str) -> None:
    broad = Broad.read(question)
    assert broad is None or all(word in question.casefold() for word in broad.topic.casefold().split())
