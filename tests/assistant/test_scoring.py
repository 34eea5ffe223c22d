"""What speaks for a sentence, and how sure the best one is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.scoring import Signs, agreement, confidence, things_beyond

PLAIN = Signs(
    coverage=0.5,
    fits=0.0,
    brings=0.0,
    agreement=0.2,
    standing=0.5,
    first=0.5,
    recent=0.5,
    place=0.5,
    similarity=0.4,
    asks=0.0,
    unfinished=0.0,
    length=20,
)


@pytest.mark.parametrize(
    "better",
    [
        {"coverage": 0.6},
        {"fits": 1.0},
        {"brings": 1.0},
        {"agreement": 0.4},
        {"standing": 0.6},
        {"first": 1.0},
        {"recent": 0.6},
        {"place": 0.4},
        {"similarity": 0.5},
        {"length": 15},
    ],
)
def test_each_sign_speaks_for_a_sentence(better: dict[str, float]) -> None:
    assert replace(PLAIN, **better).score > PLAIN.score


def test_a_question_comes_after_all_that_answers() -> None:
    assert replace(PLAIN, asks=1.0).score < replace(PLAIN, coverage=0.0).score


def test_a_heading_comes_after_a_sentence_as_good() -> None:
    assert replace(PLAIN, unfinished=1.0).score < PLAIN.score


def test_how_well_it_answers_does_not_depend_on_where_it_stands() -> None:
    assert replace(PLAIN, standing=1.0, length=80, place=0.0).own == PLAIN.own


def test_the_confidence_grows_with_each_of_its_signs() -> None:
    low = confidence(coverage=0.4, held=0.5, similarity=0.4)
    assert 0 < low < confidence(coverage=0.5, held=0.5, similarity=0.4) < 1
    assert low < confidence(coverage=0.4, held=0.6, similarity=0.4)
    assert low < confidence(coverage=0.4, held=0.5, similarity=0.5)
    assert confidence(coverage=0.0, held=0.0, similarity=-0.5) == confidence(coverage=0.0, held=0.0, similarity=0.0)


def test_a_sentence_brings_the_names_and_numbers_that_the_question_does_not_hold() -> None:
    known = "Who but Karine Jean-Pierre won 1,120 votes in Ellery? Gazette"
    assert things_beyond(known, "Maren Holt won 61 votes in Ellery.") == {"holt", "61"}
    assert things_beyond(known, "In Ellery Jean-Pierre won 1,120.") == set()
    assert things_beyond(known, "“The count is over,” the Gazette said. It was Holt’s day.") == {"holt"}


def test_what_other_articles_name_too_agrees() -> None:
    agreed = agreement([{"holt"}, {"holt", "61"}, set()], [("a", 0.8), ("b", 0.8), ("c", 0.8)])
    assert agreed[0] == agreed[1] > agreed[2] == 0
