"""Two numbers for one thing are shown side by side, with outlet and time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.evidence.differing import difference, differing, side_by_side
from assistant.evidence.evidence import Evidence
from tests.assistant.offered import piece

DAY = datetime(2026, 10, 3, 9, tzinfo=UTC)


def counted(
    key: str, text: str, words: str, *, outlet: str, published: datetime = DAY, score: float = 0.8
) -> Evidence:
    return replace(piece(key, text, outlet=outlet, published=published, score=score), words=words, read=2.0)


MANY = counted("a", "The brigade brought 410 people to safety.", "410", outlet="Herald")
FEWER = counted("b", "By morning 340 people had left their homes.", "340 people", outlet="Ledger", score=0.7)


def test_both_values_lead_and_are_told_with_outlet_and_day() -> None:
    other = piece("c", "The river fell on Sunday.", score=0.75)
    differ = differing([MANY, other, FEWER])
    assert [one.key for one in differ] == ["a", "b"]
    assert [(one.key, one.leads) for one in side_by_side([MANY, other, FEWER], differ)] == [
        ("a", True),
        ("b", True),
        ("c", False),
    ]
    assert (
        difference(differ) == "The reports differ: 410 (Herald, 3 October 2026), 340 people (Ledger, 3 October 2026)."
    )


@pytest.mark.parametrize(
    "other",
    [
        counted("b", "In all 410 people were brought to safety.", "410 people", outlet="Ledger"),
        counted("b", "By then more than 400 people were safe.", "400 people", outlet="Ledger"),
        counted("b", "Around 400 people were brought to safety.", "Around 400", outlet="Ledger"),
        counted("b", "By morning 340 houses stood empty.", "340 houses", outlet="Ledger"),
        counted("b", "By morning 340 people had left.", "340 people", outlet="Herald"),
        counted("b", "By morning 340 people had left.", "340", outlet="Ledger", score=0.1),
        counted("b", "340 people had left.", "340", outlet="Ledger", published=datetime(2024, 1, 1, tzinfo=UTC)),
        replace(FEWER, read=-1.0),
    ],
)
def test_what_agrees_counts_something_else_or_is_of_another_time_does_not_differ(other: Evidence) -> None:
    assert differing([MANY, other]) == []
    assert difference([]) == ""


def test_the_number_is_the_one_that_answers_not_one_that_holds_its_digits() -> None:
    other = counted("b", "Of 1400 people asked, 400 people were unhurt.", "400 people", outlet="Ledger")
    assert differing([counted("a", "Some 1400 people were asked.", "1400 people", outlet="Herald"), other])
