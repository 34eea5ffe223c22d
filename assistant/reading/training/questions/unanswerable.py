"""Questions that a paragraph does not answer, made from ones that it does by changing a name, a year or a word."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from assistant.reading.training.wordnet import WordNet, wordnet

NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_YEAR = re.compile(r"\b1[0-9]\d\d\b|\b20[0-2]\d\b")
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w.,-])")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_BETWEEN = re.compile(r"^ ((?:[a-z]+ ){1,3})$")
_EVEN = frozenset(
    "and or of in with than from at to for on near by as after before meet marry met join the a".split()
)


def beside(question: str, paragraph: str, chance: random.Random) -> str | None:
    """The question about something else; None where there is nothing in it to change."""
    ways = [_another_name, _another_year, _opposite, _opposite]
    chance.shuffle(ways)
    return next((made for way in ways if (made := way(question, paragraph, chance))), None)


def altered(question: str, chance: random.Random) -> str | None:
    """With another year or number, or with a word that says the opposite."""
    ways = [_another_year, _another_number, _opposite]
    chance.shuffle(ways)
    return next((made for way in ways if (made := way(question, "", chance))), None)


def presumed(question: str, paragraph: str, chance: random.Random) -> str | None:
    """Taking for granted what the paragraph does not say: another deed, or one done by whom it was done to."""
    ways = [_swapped, *chance.sample([_opposite, _opposite_deed], 2)]
    return next((made for way in ways if (made := way(question, paragraph, chance))), None)


def _another_name(question: str, paragraph: str, chance: random.Random) -> str | None:
    named = list(NAME.finditer(question))
    others = sorted({name for name in NAME.findall(paragraph) if name not in question})
    if not named or not others:
        return None
    match = chance.choice(named)
    return f"{question[: match.start()]}{chance.choice(others)}{question[match.end() :]}"


def _another_year(question: str, _: str, chance: random.Random) -> str | None:
    match = _YEAR.search(question)
    if match is None:
        return None
    year = int(match[0]) + chance.choice((-20, -10, -3, -2, -1, 1, 2, 3, 10, 20))
    return question[: match.start()] + str(year) + question[match.end() :]


def _another_number(question: str, _: str, chance: random.Random) -> str | None:
    match = _NUMBER.search(question)
    if match is None or len(match[0]) < 2:
        return None
    at = chance.choice([row for row, sign in enumerate(match[0]) if sign.isdigit()])
    digit = chance.choice([one for one in "123456789" if one != match[0][at]])
    return question[: match.start() + at] + digit + question[match.start() + at + 1 :]


def _opposite(question: str, _: str, chance: random.Random) -> str | None:
    return _reworded(question, "", chance, wordnet().opposites)


def _opposite_deed(question: str, paragraph: str, chance: random.Random) -> str | None:
    """A verb in the past for a common one that is against what it is like."""
    words: WordNet = wordnet()

    def others(word: str) -> list[str]:
        read = words.read(word)
        if read is None or read.part != "v" or read.form not in ("ed", "en"):
            return []
        return [one for one in words.far_opposites(word) if words.is_common(one)]

    return _reworded(question, paragraph, chance, others)


def _reworded(question: str, paragraph: str, chance: random.Random, others: Callable[[str], list[str]]) -> str | None:
    """The first word, in a random order, for which there is another that the paragraph does not have."""
    places = list(_WORD.finditer(question))
    chance.shuffle(places)
    for match in places:
        if found := [one for one in others(match[0]) if one not in paragraph]:
            return question[: match.start()] + chance.choice(found) + question[match.end() :]
    return None


def _swapped(question: str, _: str, chance: random.Random) -> str | None:
    """Two names with a verb between them that have changed places."""
    named = list(NAME.finditer(question))
    for one, two in pairwise(named):
        between = _BETWEEN.match(question[one.end() : two.start()])
        words = between[1].split() if between else []
        reads = [wordnet().read(word) for word in words]
        if any(read and read.part == "v" for read in reads) and not _EVEN & set(words):
            middle = question[one.end() : two.start()]
            return f"{question[: one.start()]}{two[0]}{middle}{one[0]}{question[two.end() :]}"
    return None
