"""Who speaks is read from the words around a quotation, never from inside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose.draft import Draft
from ingest.language.speech import LONGEST, attributed, speaker_of, speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It leaks,” said harbour engineer Mira Stoll.", "Mira Stoll"),
        ("Harbour engineer Mira Stoll said it leaked.", "Mira Stoll"),
        ("It leaked, Stoll said.", "Stoll"),
        ("Mira Stoll, director of the Tarn Water Board, which owns the lock, said it leaked.", "Mira Stoll"),
        ("Its director, Mira Stoll, denied it.", "Mira Stoll"),
        ("Mira Stoll, who defended Jon Abel, announced an appeal.", "Mira Stoll"),
        ("It leaked, said the museum’s keeper of boats, Mira Stoll.", "Mira Stoll"),
        ("Analyst Mira Stoll of the broker Finch Brothers said the price was fair.", "Mira Stoll"),
        ("Prime Minister Mira Stoll announced an inquiry.", "Mira Stoll"),
        ("The mayor of Saint Tarn, Mira Stoll, called the lock “an open wound”.", "Mira Stoll"),
        ("The lock leaks, according to the operator Tarn Water.", "Tarn Water"),
        ("It leaked, said the Bank of Tarn on Friday.", "Bank of Tarn"),
        ("“The lock has to breathe,” quipped Mira Stoll.", "Mira Stoll"),
        ("“The lock has to breathe,” Mira Stoll countered on Friday.", "Mira Stoll"),
        ("„Die Schleuse ist undicht“, sagte Bürgermeisterin Mira Stoll.", "Mira Stoll"),
    ],
)
def test_the_name_is_given_without_titles(text: str, speaker: str) -> None:
    assert speaker_of(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "“It leaks, and it always has,” she said.",
        "It leaked, he added on Friday.",
        "The harbour master of Port Tarn said it leaked.",
        "The lock will close on Monday, the packaging company said.",
        "“Nobody said a word to Mira Stoll,” he said.",
        "The lock was opened by Mira Stoll.",
        "The dispute about “a gap as wide as a hand” is old, and Mira Stoll continued her work.",
        "Mira Stoll said it leaked, while Jon Abel denied it.",
    ],
)
def test_a_pronoun_a_place_or_one_of_several_is_nobody(text: str) -> None:
    assert speaker_of(text) is None


def test_each_quotation_has_its_own_speaker() -> None:
    text = "Jon Abel said it would “last for a long time”, while Mira Stoll called it “a toy of the rich”."
    assert speakers(text) == ["Jon Abel", "Mira Stoll"]
    assert speaker_of(text, "last for a long time") == "Jon Abel"
    assert speaker_of(text, "a toy of the rich") == "Mira Stoll"


def test_a_quotation_that_goes_on_has_the_speaker_before_it() -> None:
    text = "“The lock has to breathe,” said Mira Stoll. “That is what the gap is for.”"
    assert speaker_of(text, "That is what the gap is for") == "Mira Stoll"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The lock has to breathe,” said Mira Stoll.", "quote"),
        ("„Die Schleuse muss atmen“, sagte sie.", "quote"),
        ("“The lock has to breathe, and that is", "quote"),
        ("The lock leaks, Stoll said.", "attributed"),
        ("The lock leaks, according to the operator.", "attributed"),
        ("The film “Tides” was shown.", "fact"),
        ("All sailings were called off.", "fact"),
        ("Passengers left when they were told to.", "fact"),
        ("She declined to say what it would cost.", "fact"),
    ],
)
def test_the_kind_of_a_sentence(text: str, kind: str) -> None:
    assert Draft.of(text).kind == kind


def test_the_united_states_are_no_verb() -> None:
    assert not attributed("The United States left the treaty.")


PIECES = ("Mira Stoll", "Ada", "said", "“", "”", "it leaks", ",", ".", "\n", "according to", "she", " ")


@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join), st.text(max_size=30))
def test_a_speaker_of_any_text_is_named_in_it(text: str, words: str) -> None:
    for speaker in (speaker_of(text), speaker_of(text, words)):
        assert all(word in text for word in (speaker or "").split())


def test_who_is_described_before_the_verb_speaks_and_who_follows_it_does_not() -> None:
    assert speakers("Mira Stoll, who owns the mill, said Holm was wrong.") == ["Mira Stoll"]


@pytest.mark.parametrize(
    "text",
    [
        "Velden, the second city of the island, will close two schools, said Holm.",
        "Velden, a town in the north, said Holm.",
        "Velden, Dorn, said Holm, are safe.",
        "On Monday, after the vote, said Holm, it rained.",
    ],
)
def test_what_a_sentence_begins_with_does_not_speak(text: str) -> None:
    assert speakers(text) == ["Holm"]


def test_of_a_long_text_the_beginning_is_read() -> None:
    assert speakers(f"{'It rained. ' * LONGEST}The mill, Holm said, is sold.") == []


def test_an_outlet_that_reported_it_at_the_end_speaks() -> None:
    assert speakers("Holm told the council that she will leave, the Gazette reported.") == ["Holm", "Gazette"]
    assert speakers("The mayor left in May, Holm resigned.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("According to Board member Tina Pierce, the levy waits.", "Tina Pierce"),
        ("The levy waits, according to City Hall spokesman Beau Tidwell.", "Beau Tidwell"),
    ],
)
def test_a_name_that_describes_the_next_one_does_not_speak(text: str, name: str) -> None:
    assert speakers(text) == [name]
