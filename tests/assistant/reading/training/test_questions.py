"""Training questions that are nearer to what is asked of news."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.training.paragraphs import Paragraph
from assistant.reading.training.questions import detail, yesno
from assistant.reading.training.questions.contrast import Contrast
from assistant.reading.training.questions.group import Group, Window
from assistant.reading.training.questions.newslike import Page, headline
from assistant.reading.training.questions.surface import in_other_words, surfaced, typo
from assistant.reading.training.questions.variety import Variety
from assistant.reading.training.questions.windows import Windows
from assistant.reading.training.wordnet import wordnet

MILL = Paragraph(
    "Velden mill",
    "The mill was built in 1903 by Inga Holm. Velden won the regatta in 1921. The town sold the mill to Paulo Reis. "
    "A flood destroyed two bridges.",
    (
        ("When was the mill built?", ("1903",), True),
        ("Who won the regatta in 1921?", ("Velden",), True),
        ("How many bridges did a flood destroy?", ("two",), True),
        ("Who built the mill?", ("Inga Holm",), True),
    ),
)
NEWS = Paragraph("", "The council approved a new bridge on Monday. The guard told reporters nothing. It rained.")


@pytest.mark.parametrize(
    ("question", "answer", "before", "closed"),
    [
        ("When was the mill built?", "1903", "The mill was built in ", "Was the mill built in 1903?"),
        ("Who won the regatta?", "Velden", "", "Did Velden win the regatta?"),
        ("Who was the owner of the mill?", "Inga Holm", "", "Was Inga Holm the owner of the mill?"),
        ("How many people were hurt in Lisk?", "12", "", "Were 12 people hurt in Lisk?"),
        ("What did Velden build in 1903?", "mill", "Velden built a ", "Did Velden build a mill in 1903?"),
        ("Why was the mill sold?", "it was old", "", None),
    ],
)
def test_a_question_and_its_answer_become_one_for_yes_or_no(
    question: str, answer: str, before: str, closed: str | None
) -> None:
    assert yesno.of_answered(question, answer, before, wordnet()) == closed


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The council approved a new bridge, he said.", "Did the council approve a new bridge?"),
        ("Inga Holm has been chosen as mayor.", "Has Inga Holm been chosen as mayor?"),
        ("The town has a long history.", "Does the town have a long history?"),
        ("The men arrested in Lisk left.", None),
        ("In 1903 the mill was sold.", None),
    ],
)
def test_a_statement_is_asked_back(sentence: str, question: str | None) -> None:
    made = yesno.of_statement(sentence, wordnet())
    assert (made and made[0]) == question


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("The council approved the bridge on Monday.", "When did the council approve the bridge?", "on Monday"),
        ("Two people were hurt in the fire.", "How many people were hurt in the fire?", "Two"),
        ("The flood destroyed two bridges.", "How many bridges did the flood destroy?", "two"),
    ],
)
def test_a_statement_answers_what_is_asked_of_it(sentence: str, question: str, answer: str) -> None:
    made = detail.answered(sentence, wordnet(), Random(1))
    assert made is not None
    assert made[0] == question
    assert sentence[slice(*made[1])] == answer


def test_a_detail_that_is_told_is_not_asked_as_one_that_lacks() -> None:
    told = "The guard was born in Lisk because of a flood on Monday, said Inga Holm."
    assert detail.lacking(told, told, wordnet(), Random(1)) is None


@given(st.text(max_size=80), st.integers(0, 50))
def test_any_question_can_be_typed_in_another_way(question: str, seed: int) -> None:
    assert surfaced(question, Random(seed)) == surfaced(question, Random(seed))
    assert abs(len(typo(question, Random(seed))) - len(question)) <= 1


def test_the_answer_keeps_its_place_in_a_window_like_news() -> None:
    window = Window("Velden", "The mill burned on Monday.", (4, 8))
    for seed in range(40):
        made = Page(["Ada Berg"], Random(seed)).window(window, ["It was old and nobody lived there."])
        assert made.answer is not None
        assert made.text[slice(*made.answer)] == "mill"


def _contrasts(question: str, text: str, answer: str, *others: str) -> set[str]:
    """What is made of a window with an answer, by a hundred chances."""
    at = text.index(answer)
    group = Group(question, (Window("", text, (at, at + len(answer))), *(Window("", one) for one in others)))
    made = (Contrast(wordnet(), Random(seed)).windows(group) for seed in range(100))
    found = {window for some in made for window in some}
    assert all(window.answer is None for window in found)
    return {window.text for window in found}


@pytest.mark.parametrize(
    ("question", "text", "answer", "less"),
    [
        ("Who built the mill?", "The mill was Inga Holm’s. Inga Berg came.", "Inga Holm", ""),
        ("Who sold the mill?", "Then Inga Holm sold it.", "Inga Holm", "Then the man sold it."),
        ("How many people came?", "About 40 came.", "40", "About several came."),
        ("When was it built?", "It was built in 1903.", "1903", "It was built later."),
        ("Where is the mill?", "In Velden it still turns.", "Velden", "There it still turns."),
        ("Did it turn?", "In Velden it still turns.", "Velden", ""),
    ],
)
def test_what_says_less_than_an_answer_is_none(question: str, text: str, answer: str, less: str) -> None:
    made = _contrasts(question, text, answer)
    assert (less in made) if less else not made


def test_another_name_or_an_opposite_makes_an_answer_none() -> None:
    made = _contrasts("When did Velden sell the mill?", "In 1903 then Velden sold it.", "1903", "They met in Lisk.")
    assert "In 1903 then Lisk sold it." in made
    assert "In 1903 then Velden bought it." in made


def test_a_question_is_asked_in_words_of_the_same_meaning() -> None:
    made = {in_other_words("When did the builders begin?", Random(seed)) for seed in range(20)}
    assert "When did the builders start?" in made
    assert in_other_words("Who is Inga Holm?", Random(1)) == "Who is Inga Holm?"


def test_a_headline_has_no_more_than_the_first_clause() -> None:
    said = headline("The old council approved a bridge yesterday, although nobody came.", Random(1))
    assert said is not None
    assert "although" not in said


def test_the_same_seed_makes_the_same_groups_with_the_answer_first_or_nowhere() -> None:
    one, two = (
        [group for _ in range(20) for group in Variety(Windows([MILL, NEWS], seed=3), [NEWS], seed=3).groups()]
        for _ in range(2)
    )
    assert one == two
    assert all(window.answer is None for group in one for window in group.windows[1:])
