"""Sentences that put together what others say, and sentences that say something of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose.spliced import splices

QUESTION = "How long is the new tunnel under the Sella?"
PASSAGE = (
    "The tunnel, which took six years to dig, is 4.2 kilometres long and cost 310 million crowns, the city said."
)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("The new tunnel under the Sella is 4.2 kilometres long.", 2),
        ("The tunnel took six years to dig.", 1),
        ("The tunnels are 4.2 kilometres long, the city says.", 3),
        ("The tunnel is 4.2 kilometres long, which is the longest in Europe.", None),
        ("The tunnel is 6 kilometres long.", None),
        ("The city is long under the Sella and cost six crowns to dig.", 7),
        ("", 0),
    ],
)
def test_a_sentence_falls_into_pieces_of_what_was_said(sentence: str, number: int | None) -> None:
    assert splices(sentence, [QUESTION, PASSAGE]) == number


@given(st.text(max_size=80))
def test_a_text_is_one_piece_of_itself(text: str) -> None:
    assert splices(text, [text]) in (0, 1)
