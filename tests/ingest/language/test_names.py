"""Names in questions."""

from __future__ import annotations

import pytest

from ingest.language.names import in_short, initials_in, names_in, same_people, spelt_alike


def test_names_of_a_question_leave_out_its_first_word() -> None:
    assert names_in("What did Leonie Arkwell tell NATO?") == ["Leonie", "Arkwell", "NATO"]
    assert names_in("Who paid?") == []


def test_titles_weekdays_and_quarters_of_the_sky_are_no_names() -> None:
    assert names_in("What did Minister Arkwell say in South Marenth on Monday?") == ["Arkwell", "Marenth"]


@pytest.mark.parametrize(("name", "word"), [("Kenyan", "kenya"), ("Kenya", "kenyans"), ("Senegalese", "senegal")])
def test_a_country_and_its_people_go_together(name: str, word: str) -> None:
    assert same_people(name, {word})


@pytest.mark.parametrize(
    ("name", "word"),
    [("Marian", "mars"), ("Martin", "martial"), ("Russian", "russell"), ("Arkwell", "arkwright"), ("Ian", "i")],
)
def test_names_that_begin_alike_are_not_the_same(name: str, word: str) -> None:
    assert not same_people(name, {word})


def test_another_spelling_has_the_same_beginning() -> None:
    assert spelt_alike("Zelenskiy", {"zelensky"})
    assert not spelt_alike("Arko", {"arkwell"})


def test_states_and_bodies_are_known_by_their_initials() -> None:
    assert in_short("The U.S. and the U.A.E. signed it.") == "The US and the UAE signed it."
    assert in_short("So did the European Union.") == "So did the EU."
    assert in_short("J. Stoll, united with us, did not.") == "J. Stoll, united with us, did not."
    assert names_in("Who signed in the U.S. and the U.K.?") == ["US", "UK"]
    assert names_in("Who signed in the United States of America?") == ["US"]
    assert same_people("US", {"american"})
    assert same_people("America", {"us"})


@pytest.mark.parametrize(
    ("text", "known_as"),
    [
        ("He joined the River Pilots and Crews Guild of Marenth.", {"RPCG", "RPCGM"}),
        ("The Harbour Tide Board met. If President Stoll comes, it votes.", {"HTB"}),
        ("Paul Marsh leads a guild in Marenth.", set()),
        ("Smith Jones " * 20_000, set()),
    ],
)
def test_a_body_that_is_named_at_length_is_known_by_its_initials(text: str, known_as: set[str]) -> None:
    assert initials_in(text) == known_as


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("¿Cuántos barcos salieron de Villasol?", "es", ["Villasol"]),
        ("«Quand la mairie de Šibenik rouvre-t-elle ?»", "fr", ["Šibenik"]),
        ("Wer baut die Mauer in Velmont?", "de", []),
        ("Komu Łukasz i Óscar pomogli, a Kto nie?", "pl", ["Łukasz", "Óscar"]),
        ("Bugün İzmir’de ne oldu?", "tr", ["İzmir’de"]),
        ("Что сказала Анна?", "ru", ["Анна"]),
    ],
)
def test_names_are_told_from_question_words_in_other_languages(
    question: str, language: str, names: list[str]
) -> None:
    assert names_in(question, language) == names
