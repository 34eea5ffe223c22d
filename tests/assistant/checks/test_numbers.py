"""Amounts, times and dates are compared by what they mean, not by how they are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checks.dates import check_dates
from assistant.checks.numbers import check_numbers
from ingest.language.quantities import quantities
from ingest.language.quotations import holds, quoted


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("1.2 million", "1,200,000 people"),
        ("1.2 million", "1.2m"),
        ("£3bn", "3 billion pounds"),
        ("12 ships", "a dozen ships"),
        ("500,000 homes", "half a million homes"),
        ("twenty-three drains", "23 drains"),
        ("at 5 a.m.", "at 05:00"),
        ("at 5 p.m.", "at 17:00"),
        ("a four-day strike", "it lasted 4 days"),
        ("from 4.25 to 4.5 percent", "4.25% and 4.50%"),
        ("2 billion dollars", "between $2 and 3 billion"),
        ("a 34-year-old", "Ruiz, 34, said"),
        ("5,25 Prozent", "5.25 per cent"),
        ("1.200.000 Euro", "€1,200,000"),
    ],
)
def test_the_same_amount_is_recognised(text: str, passage: str) -> None:
    assert check_numbers(text, passage, "").support == "supported"


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("5.25%", "6.75%"),
        ("5.25%", "5.25 percentage points"),
        ("5 million", "5 billion"),
        ("5 km", "5 miles"),
        ("$5", "5 people"),
        ("at 5 a.m.", "at 17:00"),
        ("three", "four"),
        ("25", "2.5"),
    ],
)
def test_another_amount_is_not(text: str, passage: str) -> None:
    assert check_numbers(text, passage, "").support == "unsupported"


def test_names_with_digits_and_one_of_the_are_no_amounts() -> None:
    assert not quantities("one of the A380s over G7 grounds")


@given(st.integers(0, 10**9))
def test_grouping_does_not_matter(number: int) -> None:
    assert check_numbers(f"{number:,} votes", f"{number} votes", "").support == "supported"
    assert check_numbers(f"{number + 1:,} votes", f"{number} votes", "").support == "unsupported"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_read(text: str, passage: str) -> None:
    check_numbers(text, passage, "")
    check_dates(text, [(passage, date(2025, 3, 13))])
    assert all(holds(text, words) for words in quoted(text))


@pytest.mark.parametrize(
    ("text", "passage", "agrees"),
    [
        ("on 12 March 2025", "on Wednesday", True),
        ("on March 12", "yesterday", True),
        ("on 13 March 2025", "the bridge opened", True),
        ("on 2025-03-06", "on 6 March", True),
        ("in March 2024", "in March last year", False),
        ("on 19 March", "will open next Wednesday", True),
        ("on 19 March", "opened on Wednesday", False),
        ("on 7 and 8 March", "at the March 7-8 summit", True),
        ("on March 7 and 8, 2025", "from 7 to 8 March", True),
        ("on 7–8 March 2026", "on March 7–8, 2026", True),
        ("on 31 May-2 June", "from 31 May to 2 June", True),
        ("on 7 and 9 March", "at the March 7-8 summit", False),
        ("on March 7 and 8 people", "on March 7 and 9 people", True),
        ("in 2017", "the strike of 2017", True),
        ("in 2018", "the strike of 2017", False),
    ],
)
def test_dates_are_read_with_the_day_of_publication(text: str, passage: str, agrees: bool) -> None:
    finding = check_dates(text, [(passage, date(2025, 3, 13))])
    assert (finding.support == "supported") is agrees


def test_the_year_of_publication_is_not_taken_for_one_that_the_passage_states() -> None:
    passage = [("Stoll managed the lock until she retired in 2021.", date(2025, 3, 13))]
    assert check_dates("Stoll retired in 2025.", passage).support == "partly"
    assert check_dates("In 2025 the paper wrote that Stoll retired in 2021.", passage).support == "supported"
