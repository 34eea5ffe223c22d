"""What stands in quotation marks."""

from __future__ import annotations

import pytest

from ingest.language.quotations import quoted


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
