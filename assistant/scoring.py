"""How well a sentence answers a question, and how likely it is that the best one found does.

The weights were chosen, and the probability fitted, on quiz questions whose answer is known: tests/evals/README.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.text import CAPITALS
from ingest.words import STOPWORDS

_NAME = re.compile(rf"(?<=.)\b[{CAPITALS}][\w’'-]+", re.DOTALL)
_NUMBER = re.compile(r"\d[\d.,]*")
_WORD = re.compile(r"\w+")
_MOST_SAID = 4.0  # articles beyond which it says no more that others name the same


@dataclass(frozen=True)
class Signs:
    """What speaks for a sentence before it is read, each 0..1 but for its length.

    coverage   share of the question's words, by rarity, that it or its company holds
    brings     1 where it names a thing or a number that the question does not
    agreement  how many other articles that fit name the same new thing: what several tell is more likely asked for
    standing   how good its passage is, as a share of the best passage found
    first      1 for the article found first, 1/2 for the second, and so on
    recent     how near its article is to the moment asked about
    place      how far into the article it stands
    similarity cosine to the question
    asks       1 where it is a question itself, which answers none
    unfinished 1 where it ends without a stop, as a heading, the name of another article or what leads to a list
    length     words of what would be shown
    """

    coverage: float
    brings: float
    agreement: float
    standing: float
    first: float
    recent: float
    place: float
    similarity: float
    asks: float
    unfinished: float
    length: int

    @property
    def prior(self) -> float:
        """How well the sentence may answer, by its words, its meaning and where it stands."""
        own = 0.5 * self.coverage + 0.42 * max(self.similarity, 0.0)
        stands = 0.3 * self.standing + 0.05 * (self.first + self.recent - self.place)
        told = 0.1 * (self.agreement + self.brings - self.unfinished) - 0.5 * self.asks - 0.004 * self.length
        return own + stands + told

    def odds(self, read: float | None) -> float:
        """The odds that the sentence answers, comparable within one question.

        read  by how much the reader finds an answer here likelier than none; None where it has not read it
        """
        stands = 2.3 * self.standing + 0.9 * self.first + 1.7 * self.recent - 1.4 * self.place
        told = 1.3 * self.agreement + self.brings + self.similarity - 1.2 * self.asks - 0.03 * self.length
        here = 0.0 if read is None else 2.5 + 0.36 * min(max(read, -12.0), 12.0)
        return math.exp(stands + told + here)


def confidence(*, read: float, coverage: float, held: float, similarity: float) -> float:
    """The probability that the best sentence answers, where as many questions can be answered as cannot.

    read        by how much the reader finds an answer in what leads likelier than none
    coverage    share of the question's words, by rarity, that the sentence or its company holds
    held        the same of its article
    similarity  mean cosine of the three sentences that are nearest to the question
    """
    return _logistic(0.4 * read + 2.64 * coverage + 4.79 * held + 11.41 * max(similarity, 0.0) - 11.35)


def confidence_unread(*, coverage: float, held: float, similarity: float) -> float:
    """The same where there is no reader."""
    return _logistic(2.64 * coverage + 4.79 * held + 11.41 * max(similarity, 0.0) - 11.35)


def confidence_by_words(*, coverage: float, held: float, beyond: float) -> float:
    """The same for a question in a language that the embedding model does not know, whose similarities mean nothing.

    beyond  the share of what is asked beyond the words of the title that the article holds: a title alone, such as
            the name of the town, answers nothing

    Fitted on 218 questions in 46 languages, each about an article of a few sentences among others.
    """
    return _logistic(4.0 * (coverage + held + beyond) - 5.53)


def depth(start: int) -> float:
    """How far into its article a sentence begins, on a logarithmic scale: about .7 after a thousand characters."""
    return math.log1p(start) / 10


def things_beyond(known: str, text: str) -> set[str]:
    """The names and numbers in a text that are not known."""
    return _things(text) - _known(known)


@lru_cache(maxsize=64)  # the same for all sentences of an outlet
def _known(text: str) -> set[str]:
    return _things(text) | {word.casefold() for word in _WORD.findall(text)}


def agreement(things: Sequence[set[str]], sentences: Sequence[tuple[str, float]]) -> list[float]:
    """For each sentence, given with its article's id and how well it fits, how many others name the same new thing.

    Of each article its best sentence counts.
    """
    told: dict[str, dict[str, float]] = {}
    for named, (article, fit) in zip(things, sentences, strict=True):
        for thing in named:
            by = told.setdefault(thing, {})
            by[article] = max(by.get(article, 0.0), fit)
    best = max((fit for _, fit in sentences), default=0.0) or 1.0
    return [
        min(max((_others(told[thing], article) for thing in named), default=0.0) / best, _MOST_SAID) / _MOST_SAID
        for named, (article, _) in zip(things, sentences, strict=True)
    ]


def _others(by: dict[str, float], article: str) -> float:
    return sum(fit for other, fit in by.items() if other != article)


def _things(text: str) -> set[str]:
    names = {re.sub(r"[’']s?$", "", name).casefold() for name in _NAME.findall(text)} - STOPWORDS
    return names | {number.rstrip(".,") for number in _NUMBER.findall(text)}


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
