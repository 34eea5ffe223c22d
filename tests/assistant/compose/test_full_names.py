"""Whoever is called by the surname gets the full name, where the article leaves no doubt."""

from __future__ import annotations

import pytest

from assistant.compose.full_names import full_names

LOCK = (
    "The lock at Tarn leaks, engineer Mira Stoll, 43, told the council.\n\n"
    "“It has to breathe,” Stoll said.\n\n"
    "Mayor Jon Abel wants it closed. Abel will decide in May.\n\n"
    "The repair takes a year."
)


def completed(text: str, sentence: str, *known: str) -> str:
    start = text.rindex(sentence)
    shown = sentence
    for one in reversed(full_names(text, start, start + len(sentence), known)):
        shown = shown[: one.start] + one.words + shown[one.end :]
    return shown


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("“It has to breathe,” Stoll said.", "“It has to breathe,” [Mira] Stoll said."),
        ("Abel will decide in May.", "[Jon] Abel will decide in May."),
        ("Mayor Jon Abel wants it closed.", "Mayor Jon Abel wants it closed."),
        ("The repair takes a year.", "The repair takes a year."),
    ],
)
def test_a_surname_is_completed_after_the_full_name(sentence: str, shown: str) -> None:
    assert completed(LOCK, sentence) == shown


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Stoll said it leaked. Mira Stoll, 43, is its engineer.", "Stoll said it leaked."),
        ("Mira Stoll, 43, and Uwe Stoll, 40, met. Stoll said it leaked.", "Stoll said it leaked."),
        ("Mira Stoll, 43, met Jon Abel, 50. Stoll left. “Ask Stoll,” he said.", "“Ask Stoll,” he said."),
        ("It rains in South Tarn, said South Tarn. In Tarn it snows.", "In Tarn it snows."),
        ("The High Court said no. The Court sits again in May.", "The Court sits again in May."),
        ("Mira Stoll, 43, runs it. The Stoll Foundation paid.", "The Stoll Foundation paid."),
        ("Mira Stoll, 43, runs it. Stoll & Sons paid. Stoll left.", "Stoll & Sons paid."),
        ("Mira Stoll, 43, runs it. Stoll left. A sign says “Stoll was here”.", "A sign says “Stoll was here”."),
        ("Ivanka Stoll, 43, met Jon Stoll Jr. Stoll left.", "Stoll left."),
        ("China’s Tarn, 43, is here. Tarn said no.", "Tarn said no."),
        ("It was Real Tarn, 43 years old, who won. In Tarn they sang. Tarn said no.", "Tarn said no."),
        ("The town met Democrat Ann Stoll, 43. Stoll said no.", "Stoll said no."),
        ("Facing Republicans said so. Then Republicans said no.", "Then Republicans said no."),
    ],
)
def test_nothing_is_added_where_there_is_doubt_or_a_quotation(text: str, sentence: str) -> None:
    assert completed(text, sentence) == sentence


def test_who_is_known_by_the_full_name_already_is_not_completed() -> None:
    assert completed(LOCK, "Abel will decide in May.", "Jon Abel wants it closed.") == "Abel will decide in May."


@pytest.mark.parametrize(
    "text",
    [
        "Minister Greta Sturm, 51, came to Vosk. The younger Sturm carried sacks.",
        "Minister Greta Sturm, 51, came to Vosk. Captain Sturm led the pumps. Sturm said twelve houses were lost.",
        "Farmer Gregor Dunne, 48, was acquitted. Mrs Dunne said so. Dunne left.",
        "Farmer Gregor Dunne, 48, was acquitted. His brother, the vet, was fined. Dunne left.",
        "Director Kash Ullman, 45, spoke to reporters. Ullman met Ann Lee. She said the plan was dead.",
    ],
)
def test_nobody_is_named_who_may_be_another(text: str) -> None:
    last = text.rindex(". ") + 2
    assert not full_names(text, last, len(text))
