"""What stands in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.quotations import holds, quoted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('A 6" pipe and a 9" board were found.', ()),
        ('0"0"', ()),
        ('He said:"Stop it," and left.', ("Stop it,",)),
        ('("Stop it")', ("Stop it",)),
        ('他说"你好"。', ("你好",)),
    ],
)
def test_a_mark_after_a_letter_or_digit_opens_no_quotation(text: str, words: tuple[str, ...]) -> None:
    assert quoted(text) == words


@pytest.mark.parametrize("text", ['"a"b', "6«6»", "他说“你好”他走了", '"a""b"', "6«[6»"])
def test_a_text_holds_what_it_quotes_where_marks_touch_letters(text: str) -> None:
    assert quoted(text)
    assert all(holds(text, words) for words in quoted(text))


@given(st.text(st.sampled_from("ab6'\"“”„«»‹›‘’‚ .,-–[](…你"), max_size=14))
def test_a_text_holds_what_it_quotes(text: str) -> None:
    assert all(holds(text, words) for words in quoted(text))
