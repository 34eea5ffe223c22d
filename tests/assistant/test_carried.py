"""Whether another text carries a sentence."""

from __future__ import annotations

import pytest

from assistant.checks.carried import says_it_too

SENTENCE = "Tamsin Orr of the Harbour List won the seat of Lisk North with 4,211 votes on Monday night."
TEXT = f"The count took three hours. {SENTENCE} Turnout was 61 per cent."


@pytest.mark.parametrize(
    ("other", "carried"),
    [
        (TEXT, True),
        ("Tamsin Orr of the Harbour List has won the seat of Lisk North with 4,211 votes on Monday night.", True),
        (
            "TAMSIN ORR of the Harbour List won the seat of Lisk North with 4,211 votes on Monday night, it said.",
            True,
        ),
        (TEXT.replace("Tamsin Orr", "Piet Holm"), False),
        (TEXT.replace("4,211", "4,212"), False),
        (TEXT.replace("Lisk North", "Lisk South"), False),
        (TEXT.replace("Harbour List", "Greens") + " The Harbour List came second in Lisk North.", False),
        (TEXT.replace("4,211", "3,900") + " The other seat went with 4,211 votes.", False),
        (TEXT.replace("4,211 votes", "votes"), False),
        ("Turnout was 61 per cent.", False),
    ],
)
def test_a_sentence_is_carried_with_all_of_its_names_and_figures(other: str, carried: bool) -> None:
    assert says_it_too(SENTENCE, other, TEXT) is carried


@pytest.mark.parametrize(("other", "carried"), [("six", False), ("nine", True)])
def test_figures_in_words_count(other: str, carried: bool) -> None:
    here, there = (f"The bridge closes for {weeks} weeks from August, the office said." for weeks in ("nine", other))
    assert says_it_too(here, there, here) is carried
