"""How likely a sentence answers a question, and how likely the best one found does.

The weights were chosen, and the confidence fitted, on quiz questions whose answer is known: tests/evals/README.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

_NAME_OR_NUMBER = re.compile(r"(?<=.)\b[A-ZÀ-Þ][\w’'-]+|\d[\d.,]*", re.DOTALL)
_RAREST = 7.0  # inverse document frequency from which a word counts in full: one passage in a thousand holds it
_TOLD_BY_SOME = 0.1  # share of the articles below which what they tell is not worth looking up


@dataclass(frozen=True)
class Signs:
    """What speaks for a sentence, each 0..1.

    coverage  share of the question's words, by rarity, that it or its company holds
    fits      1 where it holds the kind of thing that is asked for
    told      how much of what the articles that fit tell besides the question's words it tells, too
    standing  the score of its passage, as a share of the best
    titled    share of the words of its article's title that it holds: what the article is about
    opens     1 where its article begins with it
    recent    how near its article is to the moment asked about
    direct    1 where some sentence found for the question says it in the question's own words: then that is what
              counts; 0 where none does, and where it stands and who else tells it says more
    """

    coverage: float
    fits: float
    told: float = 0.0
    standing: float = 0.0
    titled: float = 0.0
    opens: float = 0.0
    recent: float = 0.0
    direct: float = 0.0

    @property
    def score(self) -> float:
        """How well it answers, 0..1, comparable within one question only.

        What it tells beside the question's words counts only as far as it holds those, too: a mean of both.
        """
        shared = 4.0 * math.sqrt(self.told * self.coverage) + 2.0 * math.sqrt(self.titled * self.coverage)
        place = 2.0 * self.standing + 0.2 * self.opens + 0.5 * self.recent
        beside = 0.4 * self.fits + shared + place
        return _logistic((1.5 + 3.5 * self.direct) * self.coverage + (1 - 0.4 * self.direct) * beside - 6.0)


def directness(best_coverage: float) -> float:
    """0 up to seven tenths of the question's words in one sentence, 1 from .85 of them."""
    return min(max((best_coverage - 0.7) / 0.15, 0.0), 1.0)


def confidence(*, coverage: float, held: float, similarity: float) -> float:
    """The probability that the best sentence answers, where as many questions can be answered as cannot.

    coverage    of that sentence
    held        share of the question's words, by rarity, that its article holds
    similarity  mean cosine of the three passages that are nearest to the question
    """
    return _logistic(2.75 * coverage + 4.95 * held + 9.05 * max(similarity, 0.0) - 9.45)


@dataclass(frozen=True)
class Told:
    """A sentence, as far as others may tell the same.

    stems  of its words; `named` those of its names and numbers
    fit    how well it fits the question
    """

    article_id: str
    stems: frozenset[str]
    named: frozenset[str]
    fit: float


def told_by_many(
    sentences: Sequence[Told], own: Iterable[str], rarity: Callable[[Iterable[str]], Mapping[str, float]]
) -> list[float]:
    """For each sentence how much the articles agree on something new in it: on the answer, if many tell it.

    A new thing counts by the share of the articles that tell it, each by its best sentence with it, and by its
    rarity; half of the figure is for any word, half for names and numbers. `own` are the stems of the question. After
    the relevance model of Lavrenko and Croft (2001).
    """
    known = frozenset(own)
    best: dict[str, float] = {}
    by_article: dict[str, dict[str, float]] = {}
    for one in sentences:
        best[one.article_id] = max(best.get(one.article_id, 0.0), one.fit)
        for stem in one.stems - known:
            by = by_article.setdefault(stem, {})
            by[one.article_id] = max(by.get(one.article_id, 0.0), one.fit)
    whole = sum(best.values()) or 1.0
    shares = {stem: sum(by.values()) / whole for stem, by in by_article.items() if len(stem) > 2}
    shares = {stem: share for stem, share in shares.items() if share >= _TOLD_BY_SOME}
    rare = rarity(shares)
    worth = {stem: share * min(rare[stem], _RAREST) / _RAREST for stem, share in shares.items()}

    def most(stems: Iterable[str]) -> float:
        return max((worth.get(stem, 0.0) for stem in stems), default=0.0)

    return [(most(one.stems) + most(one.named)) / 2 for one in sentences]


def names_and_numbers(text: str) -> list[str]:
    """Those of a sentence, but for its first word, which is capitalised in any case."""
    return [match[0] for match in _NAME_OR_NUMBER.finditer(text)]


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
