"""A number that is said roughly, or worked out, against the one that the passage has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.numbers import check_numbers
from ingest.language.quantities import agree, quantities


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("About 9,000 lamps were sold.", "They sold nearly 8,900 lamps."),
        ("More than 8,000 lamps were sold.", "They sold 8,900 lamps."),
        ("Almost $220bn", "an estimated $219bn"),
        ("two hundred and fifty lamps", "some 250 lamps"),
    ],
)
def test_what_is_near_enough_is_supported(text: str, passage: str) -> None:
    assert check_numbers(text, passage, "").support == "supported"


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("More than 8,000 lamps were sold.", "They sold 7,900 lamps."),
        ("About 9,000 lamps were sold.", "They sold 12,000 lamps."),
        ("47,000 lamps", "47,200 lamps"),
        ("nearly 50 lamps", "52 lamps"),
        ("more than eight lamps", "fewer than eight lamps"),
        ("over 1,000 lamps", "5,000 lamps"),
        ("almost 2 million lamps", "1.9 billion lamps"),
        ("over 60 lamps", "over 65 lamps"),
        ("42 people, 12 children among them", "12 children and 30 houses"),
        ("two hundred lamps", "two hundred and fifty lamps"),
    ],
)
def test_what_is_not_is_not(text: str, passage: str) -> None:
    assert check_numbers(text, passage, "").support != "supported"


@given(st.integers(13, 10**7), st.integers(13, 10**7))
def test_no_number_is_both_more_and_less_than_another(one: int, other: int) -> None:
    found = [
        check_numbers(f"{hedge} {one:,} lamps", f"{other:,} lamps", "").support
        for hedge in ("more than", "fewer than")
    ]
    assert one == other or found.count("supported") < 2


@pytest.mark.parametrize(
    ("text", "passage", "support"),
    [
        ("two weeks", "14 days", "supported"),
        ("nearly two tonnes", "1,950 kilograms", "supported"),
        ("almost two hours", "110 minutes", "supported"),
        ("two weeks", "12 days", "unsupported"),
        ("almost two hours", "90 minutes", "unsupported"),
    ],
)
def test_units_are_compared_by_their_size(text: str, passage: str, support: str) -> None:
    assert check_numbers(text, passage, "").support == support


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("more than 600 goats", "623 goats", True),
        ("about 600 goats", "623 goats", True),
        ("nearly two tonnes", "1,950 kilograms", True),
        ("two weeks", "14 days", True),
        ("over 600 goats", "over 620 goats", True),
        ("600 goats", "623 goats", False),
        ("more than 600 goats", "590 goats", False),
        ("about 600 goats", "700 goats", False),
        ("600 dollars", "600 goats", False),
    ],
)
def test_two_amounts_agree_whichever_of_them_is_rounded(one: str, other: str, agrees: bool) -> None:
    [first], [second] = quantities(one), quantities(other)
    assert agree(first, second) is agree(second, first) is agrees
