"""A denial, a hedge or a word that turns a sentence round amid mostly the same words."""

from __future__ import annotations

import pytest

from assistant.checks.opposites import check_opposite
from ingest.language.denial import denials, possible, to_come
from ingest.language.exchanged import exchanged


@pytest.mark.parametrize(
    ("text", "passage", "support"),
    [
        ("The council sold the old ferry.", "The council did not sell the old ferry.", "partly"),
        ("The council did not sell the old ferry.", "The council sold the old ferry.", "partly"),
        ("No ferry was sold by the council.", "The council did not sell the ferry.", "supported"),
        ("The council sold the ferry.", "The council may sell the ferry.", "partly"),
        ("The council will sell the ferry.", "The council may sell the ferry.", "partly"),
        ("The council plans to sell the ferry.", "The council will sell the ferry.", "supported"),
        ("The council may sell the ferry.", "The council sold the ferry.", "partly"),
        ("The council is considering the sale of the ferry.", "The council signed the sale of the ferry.", "partly"),
        ("The council would not sell the ferry.", "The council did not sell the ferry.", "supported"),
        ("The council considered the ferry sold.", "Holm considered it. The ferry was sold.", "supported"),
        ("The pier was closed due to flooding.", "The pier was closed because of flooding.", "supported"),
        ("The plan cost 3 million.", "The project cost 3 million.", "supported"),
        ("The council will meet on Monday.", "The council meets on Monday.", "supported"),
        ("The ship weighs 300 tonnes.", "The ship has a weight of 300 tonnes.", "supported"),
        ("The ferry left before the storm on Lake Orn.", "The ferry left after the storm on Lake Orn.", "partly"),
        ("The ferry left before and after the storm.", "The ferry left after the storm, and before it.", "supported"),
        ("The ferry is unsafe in a storm.", "The ferry is safe in a storm.", "partly"),
        ("The ferry is never late.", "A bakery opened in Dorn.", "supported"),
    ],
)
def test_only_what_turns_the_same_words_round_is_marked(text: str, passage: str, support: str) -> None:
    assert check_opposite(text, passage).support == support


def test_may_is_a_month_and_not_only_denies_nothing() -> None:
    assert not possible("The ferry sails again in May.")
    assert not denials("It was not only late.")
    assert [one[0] for one in to_come("It is expected to sail.")] == ["expected"]


def test_the_sides_of_a_row_have_no_word_in_common() -> None:
    for row in exchanged():
        words = [word for side in row.sides for word in side]
        assert len(words) == len(set(words)) > 1, row.kind
