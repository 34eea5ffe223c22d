"""Questions that a paragraph does not answer, made from ones that it does by changing a name, a year or a word."""

from __future__ import annotations

import random
import re

from assistant.reading.training.wordnet import WordNet, wordnet

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_YEAR = re.compile(r"\b1[0-9]\d\d\b|\b20[0-2]\d\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")


def beside(question: str, paragraph: str, chance: random.Random) -> str | None:
    """The question about something else; None where there is nothing in it to change."""
    ways = [_another_name, _another_year, _opposite, _opposite]
    chance.shuffle(ways)
    return next((made for way in ways if (made := way(question, paragraph, chance))), None)


def _another_name(question: str, paragraph: str, chance: random.Random) -> str | None:
    named = list(_NAME.finditer(question))
    others = sorted({name for name in _NAME.findall(paragraph) if name not in question})
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


def _opposite(question: str, _: str, chance: random.Random) -> str | None:
    words: WordNet = wordnet()
    places = list(_WORD.finditer(question))
    chance.shuffle(places)
    for match in places:
        if found := words.opposites(match[0]):
            return question[: match.start()] + chance.choice(found) + question[match.end() :]
    return None
