"""Sentences said in other words or another order."""

from __future__ import annotations

from random import Random

import pytest

from assistant.reading.training.case import Case
from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import right
from assistant.reading.training.passages import Passage, Source
from assistant.reading.training.reworded.ways import WAYS
from assistant.reading.training.wordnet import WordNet


def case(*sentences: str, seed: int = 1) -> Case:
    """The last of the sentences, with a lexicon that knows no words."""
    return Case(Source(Passage("Velden", sentences), len(sentences) - 1), Lexicon([], WordNet()), Random(seed))


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
    way, _ = WAYS[kind]
    made = way(right(sentence), case(sentence, seed=4))
    assert made is not None
    assert made.text == said
    assert not made.wrong


@pytest.mark.parametrize(
    ("sentence", "untrue"),
    [
        ("It cost more than 8,932 crowns.", "nearly"),
        ("It cost nearly 8,932 crowns.", "more than"),
        ("It cost less than 8,932 crowns.", "about"),
        ("It cost up to 8,932 crowns.", "at least"),
        ("It grinds more than 50% of the rye.", "grinds half"),
        ("It cost at least 4321 crowns.", "cost 4,321"),
    ],
)
@pytest.mark.parametrize("way", ["amount rounded", "share in words", "number"])
def test_a_bound_stays_a_bound(sentence: str, untrue: str, way: str) -> None:
    made = [WAYS[way][0](told.claim, told) for seed in range(20) if (told := case(sentence, seed=seed))]
    assert not [one.text for one in made if one and untrue in one.text]


def test_a_pronoun_becomes_the_name_before_it() -> None:
    way, _ = WAYS["pronoun"]
    told = case("Inga Holm was born in Lisk.", "She owned the mill.")
    made = way(told.claim, told)
    assert made is not None
    assert made.text == "Inga Holm owned the mill."
