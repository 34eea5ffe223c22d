"""How likely a sentence answers a question, and how likely it is that the best one found does.

The weights were fitted on one half of quiz questions whose answer is known, and measured on the other:
tests/evals/README.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_A_MONTH = 30.0
_CERTAIN = 12.0  # beyond it, what the reader says is no surer


@dataclass(frozen=True)
class Signs:
    """What speaks for a sentence before it is read, each 0..1 but for its length.

    coverage   share of the question's words, by rarity, that it or its company holds
    similarity cosine to the question
    standing   how good its passage is, as a share of the best passage found
    recent     how near its article is to the moment asked about
    place      how far into the article it stands
    asks       1 where it is a question itself, which answers none
    length     words of what would be shown
    """

    coverage: float
    similarity: float
    standing: float
    recent: float
    place: float
    asks: float
    length: int

    @property
    def prior(self) -> float:
        """How well the sentence may answer, by its words, its meaning and where it stands: the best are read."""
        own = 0.5 * self.coverage + 0.42 * max(self.similarity, 0.0)
        return own + 0.3 * self.standing + 0.05 * (self.recent - self.place) - 0.5 * self.asks - 0.004 * self.length

    @property
    def odds_unread(self) -> float:
        """The odds that the sentence answers, comparable within one question, where there is no reader."""
        return math.exp(7.5 * self.prior)

    def odds(self, read: float | None) -> float:
        """The same where there is one.

        read  by how much the reader finds an answer here likelier than none; None where it has not read it
        """
        stands = 2.8 * self.standing + 2.0 * self.recent - 1.0 * self.place
        told = 1.4 * self.similarity - 1.6 * self.asks - 0.01 * self.length
        return math.exp(stands + told + (0.0 if read is None else 3.6 + 0.4 * _bounded(read)))


def confidence(*, read: float, held: float, similarity: float) -> float:
    """The probability that the best sentence answers, where as many questions can be answered as cannot.

    read        by how much the reader finds an answer in what leads likelier than none
    held        share of the question's words, by rarity, that its article holds
    similarity  mean cosine of the three sentences that are nearest to the question
    """
    return _logistic(0.45 * _bounded(read) + 2.21 * held + 4.57 * max(similarity, 0.0) - 1.68)


def confidence_unread(*, coverage: float, held: float, similarity: float) -> float:
    """The same where there is no reader; `coverage` is what `Signs` has."""
    return _logistic(2.64 * coverage + 4.79 * held + 11.41 * max(similarity, 0.0) - 11.35)


def confidence_by_words(*, coverage: float, held: float, beyond: float) -> float:
    """The same for a question in a language that the embedding model does not know, whose similarities mean nothing.

    beyond  the share of what is asked beyond the words of the title that the article holds: a title alone, such as
            the name of the town, answers nothing

    Fitted on 218 questions in 46 languages, each about an article of a few sentences among others.
    """
    return _logistic(4.0 * (coverage + held + beyond) - 5.53)


def confidence_aged(sure: float, days: float) -> float:
    """A confidence in an answer about the present, from a report that is so many days too old for it.

    The odds halve in a month, and from then on with each doubling of the time.
    """
    odds = sure / (1 - sure) if sure < 1 else math.exp(_CERTAIN)
    aged = odds / (1 + max(days, 0.0) / _A_MONTH)
    return aged / (1 + aged)


def confidence_in_likeness(*, held: float, similarity: float) -> float:
    """The probability that a sentence tells of a thing that is described, and is not only near to it.

    Fitted on half of the questions about several articles, the article that is meant among the others or left out.
    """
    return _logistic(4.1 * held + 6.4 * max(similarity, 0.0) - 4.6)


def depth(start: int) -> float:
    """How far into its article a sentence begins, on a logarithmic scale: about .7 after a thousand characters."""
    return math.log1p(start) / 10


def _bounded(read: float) -> float:
    return min(max(read, -_CERTAIN), _CERTAIN)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
