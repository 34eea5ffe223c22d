"""Sentences made untrue by rule."""

from __future__ import annotations

from random import Random

import pytest

from assistant.reading.training.altered import actors, figures, parts, phrases, reasons, structure, tables
from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.passages import Passage, Source
from assistant.reading.training.wordnet import WordNet

NO_WORDS = Lexicon([], WordNet())
WAYS: dict[str, Way] = {
    kind: way
    for one in (figures, phrases, structure, tables, parts, actors, reasons)
    for kind, way in one.WAYS.items()
}


def case(sentence: str, *others: str, before: str = "") -> Case:
    own = (before, sentence) if before else (sentence,)
    return Case(Source(Passage("Velden", (*own, *others)), len(own) - 1), NO_WORDS, Random(1))


@pytest.mark.parametrize(
    ("kind", "sentence", "others"),
    [
        ("digit", "The mill burned for 43 hours.", ()),
        ("number word", "The fire killed seven horses.", ()),
        ("number of a neighbour", "The mill burned for 43 hours.", ("It had 17 rooms.",)),
        ("year", "The mill was built in 1903.", ()),
        ("scale", "It cost 40 million crowns.", ()),
        ("unit", "The mill burned for 43 hours.", ()),
        ("numbers exchanged", "It burned for 43 hours and hurt 12 people.", ()),
        ("weekday", "The fire began on Monday.", ()),
        ("ordinal", "It was the third fire.", ()),
        ("rank dropped", "Lisk is the second largest town.", ()),
        ("name", "The mill belongs to Inga Holm.", ("It was built by Paulo Reis.",)),
        ("subject", "The mill was sold.", ("A broken lamp was the cause.",)),
        ("clause added", "The mill was sold.", ("It was old, and nobody had lived there for years.",)),
        ("roles", "The town sued Inga Holm before the court of Paulo Reis.", ()),
        ("denied", "The mill was sold.", ()),
        ("denial dropped", "The mill was not sold.", ()),
        ("hedge dropped", "The mill was allegedly sold.", ()),
        ("possible made certain", "The mill could reopen.", ()),
        ("done made possible", "The mill was repaired.", ()),
        ("condition dropped", "The mill will reopen in May if the bank agrees to it.", ()),
        ("part made whole", "They sold parts of the mill.", ()),
        ("cause turned", "The mill was closed because the river had risen.", ()),
        ("comparison turned", "The mill is older than the bridge.", ()),
        ("way turned", "They walked from Lisk to Velden.", ()),
        ("quantity", "She sold all lamps.", ()),
        ("relation", "The mill belongs to her sister.", ()),
        ("deed", "The court upheld the ban.", ()),
        ("matter", "The town has a deficit.", ()),
        ("time", "It closed before the fire.", ()),
        ("degree", "The mill was slightly damaged.", ()),
        ("certainty", "The fire was probably laid.", ()),
        ("stage", "Holm was charged with fraud.", ()),
        ("whole for a part", "Two of the five mills were sold.", ()),
        ("all for some", "Nine mills were sold.", ()),
        ("nothing else", "She sold grain, including rye and oats.", ()),
        ("actor twice", "Paulo Reis sold the mill to Inga Holm.", ()),
        ("thing beside", "They mended the roof of the mill.", ("The river had risen.",)),
        ("speaker put in", "The mill was sold.", ("The mayor was there.",)),
        ("cause and effect", "The flood caused the fire.", ()),
        ("time apart", "Ten minutes later the roof fell in.", ()),
    ],
)
def test_a_sentence_made_untrue_says_which_words_are_wrong(kind: str, sentence: str, others: tuple[str, ...]) -> None:
    made = WAYS[kind](case(sentence, *others))
    assert made is not None
    assert made.text != sentence
    assert made.wrong


def test_what_the_sentence_does_not_have_is_not_altered() -> None:
    silent = case("Rain came.")
    assert [kind for kind, way in WAYS.items() if way(silent)] == []
