"""Texts whose characters keep their marks while the text is changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.training.marked import Marked, capital, right


def wrong(text: Marked) -> list[str]:
    return [text.text[start:end] for start, end in text.wrong]


def test_words_put_in_place_of_others_are_wrong() -> None:
    assert wrong(right("The dam held.").altered(8, 12, "burst")) == ["burst"]


def test_what_is_reworded_stays_as_right_or_wrong_as_it_was() -> None:
    altered = right("The old dam held.").altered(12, 16, "broke")
    assert wrong(altered.reworded(4, 7, "ancient")) == ["broke"]
    assert wrong(altered.reworded(12, 17, "gave way")) == ["gave way"]


def test_where_something_is_cut_the_next_word_is_wrong() -> None:
    assert wrong(right("It may close soon.").cut(3, 7)) == ["close"]


def test_marks_move_with_the_words() -> None:
    text = right("In May, the dam held.").altered(3, 6, "June")
    moved = capital(text[9:-1]) + " " + text[:2] + text[2:7] + "."
    assert moved.text == "The dam held In June."
    assert wrong(moved) == ["June"]


@given(st.text("ab ", max_size=20), st.integers(0, 20), st.integers(0, 20), st.text("xy ", max_size=5))
def test_every_character_has_one_mark(text: str, one: int, other: int, new: str) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for made in (
        right(text).altered(start, end, new),
        right(text).reworded(start, end, new),
        right(text).cut(start, end),
    ):
        assert len(made.marks) == len(made.text)
