"""Sentences made untrue by rule, and said in other words."""

from __future__ import annotations

from random import Random

import pytest

from assistant.reading.training import faithful
from assistant.reading.training.altered import actors, figures, parts, phrases, reasons, structure, tables
from assistant.reading.training.altered.kinds import Case, Way
from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import right
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


@pytest.mark.parametrize(
    ("kind", "sentence", "said"),
    [
        ("opener moved", "In May 1903, the mill was sold.", "The mill was sold in May 1903."),
        ("time dropped", "In May 1903, the mill was sold.", "The mill was sold."),
        ("aside dropped", "The mill, which Holm owned, was sold in Lisk.", "The mill was sold in Lisk."),
        ("relative parted", "Inga Holm, who was born in Lisk, sold the mill.", "Inga Holm was born in Lisk."),
        ("relative parted", "Inga Holm, a miller, was the owner of it.", "Inga Holm was a miller."),
        ("number", "The fire killed seven horses.", "The fire killed 7 horses."),
        ("date", "It burned on 4 May 1903.", "It burned on May 4, 1903."),
        ("speech moved", "The mill is for sale at last, Holm said.", "Holm said that the mill is for sale at last."),
        ("contracted", "The mill was not sold.", "The mill wasn’t sold."),
        ("link dropped", "However, the mill was sold.", "The mill was sold."),
        ("effect", "The flood caused the fire.", "The fire was caused by the flood."),
        ("comparison", "The mill is older than the bridge.", "The bridge is newer than the mill."),
        ("apposition", "Inga Holm, a miller, sold it.", "A miller, Inga Holm, sold it."),
        (
            "tail dropped",
            "The mill in Lisk was sold in May, ending a long dispute.",
            "The mill in Lisk was sold in May.",
        ),
        ("amount rounded", "It cost 8,912 crowns.", "It cost close to 9,000 crowns."),
        ("share in words", "It grinds 33 percent of the rye.", "It grinds a third of the rye."),
        ("reported", "“The mill is for sale,” said Holm.", "Holm told reporters that the mill was for sale."),
        ("some of", "They sold two of the five mills.", "They sold some of the five mills."),
    ],
)
def test_a_sentence_is_said_in_another_way(kind: str, sentence: str, said: str) -> None:
    turn, _ = faithful.TURNS[kind]
    source = Source(Passage("Velden", (sentence,)), 0)
    made = turn(right(sentence), source, NO_WORDS, Random(4))
    assert made is not None
    assert made.text == said
    assert not made.wrong


def test_a_pronoun_becomes_the_name_before_it() -> None:
    source = case("She owned the mill.", before="Inga Holm was born in Lisk.").source
    made = faithful.pronoun_named(right(source.sentence), source, NO_WORDS, Random(1))
    assert made is not None
    assert made.text == "Inga Holm owned the mill."
