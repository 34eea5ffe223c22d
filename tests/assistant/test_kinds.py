"""The kind of answer that a question asks for, and the sentences that hold it."""

from __future__ import annotations

import pytest

from assistant.kinds import asked_for


def holds(question: str, sentence: str) -> bool:
    kind = asked_for(question)
    assert kind
    return bool(kind.holds(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The 54-year-old keeper rowed ashore.",
        "Mira Stoll, 54, keeps the lock.",
        "The boy was 9 years old.",
        "The lock was built by two brothers in 1871.",
        "She was aged 54.",
        "Stoll, who is 54 and rows, keeps the lock.",
    ],
)
def test_an_age_is_years_of_life_or_the_year_something_dates_from(sentence: str) -> None:
    assert holds("How old is it?", sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Stoll said 6,800 boats had passed.", "Stoll told the radio in 2017.", "She left after 9 years.", "Stoll rows."],
)
def test_another_number_is_no_age(sentence: str) -> None:
    assert not holds("How old is Mira Stoll?", sentence)


@pytest.mark.parametrize("sentence", ["Mira Stoll closed it.", "Captain Stoll closed it."])
def test_who_is_a_full_name_or_a_title_with_a_name(sentence: str) -> None:
    assert holds("Who closed the lock?", sentence)


def test_a_weekday_is_not_who() -> None:
    assert not holds("Who closed the lock?", "On Tuesday it was closed.")


def test_the_kind_that_is_asked_for_first_counts() -> None:
    assert asked_for("Where did Mira Stoll say when she was asked?") is asked_for("Where is it?")
    assert asked_for("How heavy is it?") is asked_for("How far is it?")
    assert asked_for("Which age group may row?") is None
    assert asked_for("Did anyone drown when the ferry sank?") is None


@pytest.mark.parametrize(
    ("question", "required"),
    [
        ("How many boats passed?", True),
        ("When did they pass?", True),
        ("How old is the lock?", True),
        ("Who keeps the lock?", False),
        ("Why is it closed?", False),
    ],
)
def test_only_some_kinds_are_required(question: str, required: bool) -> None:
    kind = asked_for(question)
    assert kind
    assert kind.required is required
