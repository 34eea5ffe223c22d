"""What a request is narrowed to by its words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.question.question import Question
from assistant.types import AskRequest, Filter

TODAY = date(2026, 11, 25)
KNOWN = ["Harbour Post", "Evening Tide"]


def narrowed(question: str, **options: object) -> tuple[str, str, str]:
    """What is looked for, the filter in short, the order."""
    request = AskRequest.model_validate({"question": question, **options})
    found = Question.read(request, question, KNOWN, TODAY)
    days = [str(day) for day in (found.filters.since, found.filters.until) if day]
    [inquiry] = found.inquiries
    return inquiry.sought, " ".join([*found.filters.outlets, *days]), found.order


@pytest.mark.parametrize(
    ("question", "sought", "filters", "order"),
    [
        ("Who resigned last week, according to the Harbour Post?",
         "Who resigned?", "Harbour Post 2026-11-16 2026-11-22", "relevance"),
        ("What is the latest on the dam?", "the dam", "", "newest"),
        ("What happened yesterday?", "", "2026-11-24", "newest"),
        ("What happened on 5 November 2026?", "", "2026-11-05 2026-11-06", "newest"),
        ("What does the Evening Tide say?", "", "Evening Tide", "newest"),
        ("What's the latest?", "", "", "newest"),
        ("Any news?", "", "", "newest"),
        ("What happened?", "", "", "newest"),
        ("Who resigned?", "Who resigned?", "", "relevance"),
    ],
)  # fmt: skip
def test_outlets_times_and_order_are_read_and_the_rest_is_sought(
    question: str, sought: str, filters: str, order: str
) -> None:
    assert narrowed(question) == (sought, filters, order)


def test_what_the_request_says_itself_goes_before_its_words() -> None:
    question = "What is the latest from the Harbour Post on the dam since March?"
    assert narrowed(question, filters={"outlets": ["Evening Tide"]})[1] == "Evening Tide 2026-03-01"
    assert narrowed(question, filters={"until": "2026-10-01"})[1] == "Harbour Post 2026-03-01 2026-10-01"
    assert narrowed(question, filters={"until": "2026-01-01"})[1] == "Harbour Post 2026-01-01"
    assert narrowed(question, order="relevance")[2] == "relevance"
    assert narrowed(question, read_filters=False)[1:] == ("", "relevance")


def test_a_request_that_declines_still_does_not_look_for_the_words_of_a_filter() -> None:
    assert narrowed("Who resigned last week?", read_filters=False) == ("Who resigned?", "", "relevance")
    assert narrowed("What happened yesterday?", read_filters=False) == ("", "", "newest")


def test_every_filter_that_is_read_is_one_that_a_request_could_have() -> None:
    request = AskRequest(question="Who resigned between 3 and 10 June 2023?")
    found = Question.read(request, request.question, KNOWN, TODAY)
    assert found.filters == Filter(since=date(2023, 6, 3), until=date(2023, 6, 10))


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("Do the Harbour Post story and the Evening Tide agree on the cause of it?", ["the cause of it?"] * 2),
        ("How do the Harbour Post and the Evening Tide differ about the fire?", ["the fire?"] * 2),
        ("Why did the union and the company disagree about pay, according to the Harbour Post?",
         ["Why did the union and the company disagree about pay?"]),
    ],
)  # fmt: skip
def test_reports_that_are_compared_are_looked_into_for_what_they_are_compared_on(
    question: str, sought: list[str]
) -> None:
    found = Question.read(AskRequest(question=question), question, KNOWN, TODAY)
    assert [inquiry.sought for inquiry in found.inquiries] == sought


def test_words_in_brackets_are_lent_where_nobody_typed_them() -> None:
    typed = "who leads the WMO (World Meteorological Organization)"
    [own], [lent] = (
        Question.read(AskRequest(question=question), text, KNOWN, TODAY).inquiries
        for question, text in ((typed, typed), ("who leads it?", "who leads it? (WMO)"))
    )
    assert (own.sought, own.lent) == (typed, "")
    assert (lent.sought, lent.lent, lent.text) == ("who leads it?", "WMO", "who leads it? (WMO)")


def test_a_comparison_is_no_digest() -> None:
    question = "Compare the quarry and the mine"
    found = Question.read(AskRequest(question=question), question, KNOWN, TODAY)
    assert found.broad is None
    assert [one.said for one in found.inquiries] == ["the quarry", "the mine"]
