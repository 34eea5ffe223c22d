"""Questions that ask for two things."""

from __future__ import annotations

import pytest

from assistant.parts import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many boats passed, and by when?", ["How many boats passed", "by when?"]),
        ("Who closed the lock and why?", ["Who closed the lock", "why?"]),
        ("What do Stoll and Reis each want?", ["What do Stoll want?", "What do Reis want?"]),
        ("Who owns the lock and the bridge?", ["Who owns the lock and the bridge?"]),
    ],
)
def test_the_parts_of_a_question(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts
