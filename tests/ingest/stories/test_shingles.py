"""Shingles: the words of a text, a few at a time, as numbers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.stories.shingles import shared, shingles, word_numbers


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_any_text_has_shingles_and_is_all_like_itself(text: str) -> None:
    words = word_numbers(text)
    assert shared(shingles(words), shingles(words)) == len(shingles(words))
    assert (word_numbers(text.upper().lower()) == word_numbers(text.upper().lower())).all()


def test_words_do_not_depend_on_case_quotes_and_dashes() -> None:
    assert (word_numbers("“The crew’s vote” – 14 to 3") == word_numbers('"the crew\'s vote" - 14 to 3')).all()
    assert len(word_numbers("“The crew’s vote” – 14 to 3")) == 7
