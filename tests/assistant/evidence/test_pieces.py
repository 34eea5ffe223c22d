"""Whether another text carries a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import house
from assistant.evidence.pieces import collapse, says_it_too
from assistant.types import Span
from ingest.types import Article
from tests.fakes import an_article

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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quay Times", "Quay-Times"),
        ("The Quay Times", "quaytimes.example"),
        ("L’Écho du Lac", "L'Écho du Lac"),
        ("Ｑuay Times", "Quay_Times"),
    ],
)
def test_spellings_of_one_name_are_one_house(one: str, other: str) -> None:
    assert house(one) == house(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Quay Times", "Quay Time"), ("दैनिक", "दीनक"), ("!?", "??"), ("Café", "Cafe")]
)
def test_other_names_are_other_houses(one: str, other: str) -> None:
    assert house(one) != house(other)


def test_an_outlet_is_never_also_carried_by_itself() -> None:
    first = an_article(TEXT, title="Orr wins", outlet="www.velmontwire.example", url="https://velmontwire.example/1")
    again = an_article(TEXT, title="Orr wins", outlet="Velmontwire.example", url="https://velmontwire.example/2")
    other = an_article(TEXT, title="Orr wins", outlet="Ommel Post", url="https://ommelpost.example/1")
    found = collapse([replace(_cited(one), score=1.0) for one in (first, again, other)])
    assert [len({house(name) for name in (one.article.outlet, *_outlets(one))}) for one in found] == [2]
    assert [one.article.outlet in _outlets(one) for one in found] == [False]


def _outlets(found: Evidence) -> list[str]:
    return [copy.outlet for copy in found.copies]


def _cited(article: Article) -> Evidence:
    start = article.text.index(SENTENCE)
    span = Span(article_id=article.id, version=article.digest, start=start, end=start + len(SENTENCE), text=SENTENCE)
    return Evidence("key", span, article, 0.0, "")
