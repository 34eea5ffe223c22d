"""Lines of format=flowed, joined as RFC 3676 has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.mail.flowed import flowed


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (
            ["The ferry ", "sails again.", "It leaves ", "at seven."],
            ["The ferry sails again.", "It leaves at seven."],
        ),
        ([" From the harbour"], ["From the harbour"]),
        (["> Is it ", "> true?", "Yes."], ["> Is it true?", "Yes."]),
        (["A line ", "> quoted"], ["A line ", "> quoted"]),
        (["An end ", "-- ", "Harbour Letter"], ["An end ", "-- ", "Harbour Letter"]),
    ],
)
def test_a_line_that_ends_in_a_space_goes_on(lines: list[str], paragraphs: list[str]) -> None:
    assert flowed(lines) == paragraphs


def test_the_space_goes_where_the_sender_added_it() -> None:
    assert flowed(["防潮堤は ", "建て替えられる。"], delete_space=True) == ["防潮堤は建て替えられる。"]


@given(st.lists(st.text("ab >-", max_size=8), max_size=8))
def test_no_letter_is_lost(lines: list[str]) -> None:
    def letters(of: list[str]) -> str:
        return "".join(of).replace(" ", "").replace(">", "")

    assert letters(flowed(lines)) == letters(lines)
