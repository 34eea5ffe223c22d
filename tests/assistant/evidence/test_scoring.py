"""What speaks for a sentence, and how sure the best one is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence.scoring import Signs, confidence, confidence_aged, confidence_unread

PLAIN = Signs(coverage=0.5, similarity=0.4, standing=0.5, recent=0.5, place=0.5, asks=0.0, length=20)


@pytest.mark.parametrize(
    "better",
    [
        replace(PLAIN, coverage=0.6),
        replace(PLAIN, standing=0.6),
        replace(PLAIN, recent=0.6),
        replace(PLAIN, place=0.4),
        replace(PLAIN, similarity=0.5),
        replace(PLAIN, length=15),
    ],
)
def test_each_sign_speaks_for_a_sentence(better: Signs) -> None:
    assert better.prior > PLAIN.prior


def test_a_question_comes_after_all_that_answers() -> None:
    assert replace(PLAIN, asks=1.0).prior < replace(PLAIN, coverage=0.0).prior


def test_what_the_reader_finds_counts_most() -> None:
    beside = replace(PLAIN, coverage=1.0, similarity=1.0, standing=0.6)
    assert PLAIN.odds(4.0) > beside.odds(-4.0)
    assert PLAIN.odds(1.0) > PLAIN.odds(0.0) > PLAIN.odds(None)


def test_the_confidence_grows_with_each_of_its_signs() -> None:
    low = {"read": -1.0, "held": 0.5, "similarity": 0.4}
    for sign, higher in (("read", 0.0), ("held", 0.6), ("similarity", 0.5)):
        assert 0 < confidence(**low) < confidence(**low | {sign: higher}) < 1


def test_without_a_reader_words_and_meaning_decide() -> None:
    low = {"coverage": 0.4, "held": 0.5, "similarity": 0.4}
    for sign in low:
        assert 0 < confidence_unread(**low) < confidence_unread(**low | {sign: 0.6}) < 1


def test_the_confidence_falls_with_the_age_beyond_what_is_asked_for() -> None:
    sure = [confidence_aged(0.9, days) for days in (0, 30, 365, 3650)]
    assert sure[0] == pytest.approx(0.9)
    assert sure == sorted(sure, reverse=True)
    assert sure[2] < 0.5
