"""The things that a long question asks about, each with the outlets that are to tell of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.several import MOST, Thing, things

KNOWN = ["Harbour Post", "Evening Tide", "Hills and Valleys"]


def told(question: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.sought, one.outlets) for one in things(question, KNOWN)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Does the Harbour Post report a crack in the dam, while the Evening Tide describes a broken valve?",
         [("Does report a crack in the dam", ("Harbour Post",)),
          ("describes a broken valve", ("Evening Tide",))]),
        ("Who is the singer that opened a bakery in March, and lost the case against her landlord?",
         [("Who is the singer that opened a bakery in March", ()), ("lost the case against her landlord", ())]),
        ("Which firm, covered by the Harbour Post and the Evening Tide, sold its last ferry and shut two offices?",
         [("Which firm, covered sold its last ferry", ("Harbour Post", "Evening Tide")),
          ("shut two offices", ("Harbour Post", "Evening Tide"))]),
        ("Which mayor closed three old libraries and sold the town's theatre, according to the Evening Tide?",
         [("Which mayor closed three old libraries", ("Evening Tide",)),
          ("sold the town's theatre", ("Evening Tide",))]),
        ("What does Hills and Valleys say of the new bridge?",
         [("What does say of the new bridge", ("Hills and Valleys",))]),
    ],
)  # fmt: skip
def test_each_clause_that_says_enough_is_a_thing(question: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert told(question) == found


def test_a_thing_is_told_in_the_words_of_the_question() -> None:
    question = "Does the Harbour Post report a crack in the dam, while the Evening Tide describes a broken valve?"
    said = [one.said for one in things(question, KNOWN)]
    assert said == ["Does the Harbour Post report a crack in the dam", "the Evening Tide describes a broken valve"]


def test_one_thing_of_which_several_are_to_tell_is_looked_for_in_each() -> None:
    question = "Does the Harbour Post describe the storm as the Evening Tide's report does?"
    assert [one.outlets for one in things(question, KNOWN)] == [("Harbour Post",), ("Evening Tide",)]


def test_a_list_of_many_things_is_looked_for_in_few() -> None:
    many = ", ".join(f"the village {number} council's budget vote" for number in range(9))
    found = things(f"Compare {many}", KNOWN)
    assert len(found) == MOST
    assert all(str(number) in " ".join(one.sought for one in found) for number in range(9))


@given(st.text(max_size=200))
def test_any_text_gives_few_things_that_say_something(question: str) -> None:
    found = things(question, KNOWN)
    assert len(found) <= MOST
    assert all(isinstance(one, Thing) and one.sought for one in found)
