"""Texts of other languages as n-grams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.grams import folded_text, grams, telling_grams, without_function_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Öl 1800", ["_ol", "1800"]),
        ("Brücke", ["_bru", "bruc", "ruck", "ucke"]),
        ("新桥", ["新桥", "新", "桥"]),
        ("दिल्ली", ["_दिल", "दिल्", "िल्ल", "ल्ली"]),
        ("والجسر", ["جسر"]),
    ],
)
def test_writing_decides_how_a_text_is_cut(text: str, found: list[str]) -> None:
    assert grams(text) == found


@pytest.mark.parametrize(
    ("one", "other"), [("İtfaiye", "itfaiye"), ("１２", "12"), ("Ёлка", "елка"), ("Ελλάς", "ελλασ")]
)
def test_forms_of_one_letter_are_one(one: str, other: str) -> None:
    assert folded_text(one) == other


@pytest.mark.parametrize(
    ("question", "language", "rest"),
    [
        ("Wer hat die Brücke gebaut?", "de", "brucke gebaut"),
        ("江城地铁全长多少公里？", "zh", "江城地铁全长 公里"),
        ("ตลาดมีร้านค้ากี่ร้าน", "th", "ตลาดมีร้านค้า ร้าน"),
    ],
)
def test_what_only_asks_is_left_out(question: str, language: str, rest: str) -> None:
    assert without_function_words(question, language).split() == rest.split()


def test_a_question_of_function_words_alone_is_kept() -> None:
    assert telling_grams("Wer ist das?", "de").keys() == set(grams("Wer ist das?"))


def test_a_long_word_outweighs_a_short_one_by_the_root_of_its_length() -> None:
    weights = telling_grams("Flughafen Bau", "de")
    assert sum(weight for gram, weight in weights.items() if gram in grams("Flughafen")) == pytest.approx(7**0.5)
    assert sum(weight for gram, weight in weights.items() if gram in grams("Bau")) == pytest.approx(1)


@given(st.text(max_size=200))
def test_any_text_has_n_grams_without_white_space(text: str) -> None:
    assert all(gram and not any(map(str.isspace, gram)) for gram in grams(text))
