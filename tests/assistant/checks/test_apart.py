"""A name that the passage only has in a sentence on something else."""

from __future__ import annotations

import pytest

from assistant.checks.apart import check_apart

PASSAGE = "Trains from Dorn were late on Monday. Velden Rovers play their next match on Friday at home to Arle."


@pytest.mark.parametrize(
    ("text", "passage", "support"),
    [
        ("Velden Rovers play their next match on Friday in Dorn.", PASSAGE, "partly"),
        ("Velden Rovers play their next match on Friday at home to Arle.", PASSAGE, "supported"),
        ("Trains from Dorn were late, and Velden Rovers play their next match on Friday.", PASSAGE, "supported"),
        (
            "Inga Holm led the council until 2020.",
            "Inga Holm is a baker. She led the council until 2020.",
            "supported",
        ),
        ("Inga Holm led the council.", "Inga Holm is a baker. The baker led the council.", "supported"),
        ("Paulo Reis led the council.", "Inga Holm of the Greens led the council. Paulo Reis was ill.", "partly"),
        ("Paulo Reis led the council.", "Inga Holm led the council.", "supported"),
    ],
)
def test_a_name_is_told_of_where_it_stands(text: str, passage: str, support: str) -> None:
    assert check_apart(text, passage).support == support
