"""Questions that ask for two things."""

from __future__ import annotations

import pytest

from assistant.question.parts import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many boats passed, and by when?", ["How many boats passed", "by when?"]),
        ("Who closed the lock and why?", ["Who closed the lock", "why?"]),
        ("Is the lock shut, and since when?", ["Is the lock shut", "since when?"]),
        ("The lock closed and why?", ["The lock closed", "why?"]),
        ("Norway and which other country built it?", ["Norway and which other country built it?"]),
        ("Norway and who else built it, and why?", ["Norway and who else built it", "why?"]),
        ("Who owns the lock and the bridge?", ["Who owns the lock and the bridge?"]),
        ("Is the lock open or closed?", ["Is the lock open or closed?"]),
    ],
)
def test_the_parts_of_a_question_about_one_thing(question: str, parts: list[str]) -> None:
    assert [part.question for part in parts_of(question)] == parts
    assert not any(part.apart for part in parts_of(question))


@pytest.mark.parametrize(
    ("question", "parts", "said"),
    [
        ("What do Stoll and Reis each want?", ["What do Stoll want?", "What do Reis want?"], ["Stoll", "Reis"]),
        ("Which is longer, the ferry or the train?",
         ["Which is longer the ferry", "Which is longer the train"], ["the ferry", "the train"]),
        ("How does the rent in Port Ellery compare with that in Brackwater?",
         ["the rent in Port Ellery", "that in Brackwater"], ["the rent in Port Ellery", "that in Brackwater"]),
        ("Compare the plans of Stoll and Reis.", ["the plans of Stoll", "Reis"], ["the plans of Stoll", "Reis"]),
        ("What is the difference between the old and the new tariff?",
         ["the old", "the new tariff"], ["the old", "the new tariff"]),
        ("Does the Post report a crack, while the Tide reports a leak?",
         ["Does the Post report a crack", "the Tide reports a leak?"],
         ["Does the Post report a crack", "the Tide reports a leak"]),
    ],
)  # fmt: skip
def test_what_is_compared_is_looked_for_apart(question: str, parts: list[str], said: list[str]) -> None:
    found = parts_of(question)
    assert [part.question for part in found] == parts
    assert [part.said for part in found] == said
    assert all(part.apart for part in found)
