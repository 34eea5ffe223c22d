"""Why one passage goes before another: words, meaning, title, place in its article, and how recent it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

# What each counts beside words. Near them the figures hardly change: tests/evals/README.md has what each gives.
MEANING, TITLE, LEAD = 1.0, 0.6, 0.2
# An article of the moment of asking counts three times as much as one of decades ago. Half of that is gone within
# months, so that news goes before what led to it; the rest within years, so that 2022 goes before 2012.
RECENT, DAYS, YEARS = 2.0, 30.0, 4.0
UNDATED = math.exp(-1 / YEARS) / 2  # as one of a year ago: not known is not old
_A_DAY = 86_400


@dataclass(frozen=True)
class Signals:
    """What speaks for a passage, each at most 1.

    words    BM25, as a share of the best passage found
    meaning  cosine similarity to the question
    title    the share of the question's words, by rarity, that the title of its article holds
    lead     1 where the article begins with it: news puts first what matters most
    recent   1 for an article of the moment that is asked about, less with every day between (Li and Croft 2003)
    reread   how well it answers, as a reranker says; None where none has read it
    """

    words: float
    meaning: float
    title: float = 0.0
    lead: float = 0.0
    recent: float = 0.0
    reread: float | None = None

    @property
    def score(self) -> float:
        standing = self.words + MEANING * self.meaning + TITLE * self.title + LEAD * self.lead
        if self.reread is not None:
            standing = (1 + MEANING + TITLE + LEAD) * self.reread
        return standing * (1 + RECENT * self.recent)


def recency(published: int | None, moment: datetime) -> float:
    """How near an article of that time (epoch seconds) is to the moment that is asked about."""
    if published is None:
        return UNDATED
    age = abs(moment.timestamp() - published) / _A_DAY
    return (math.exp(-age / DAYS) + math.exp(-age / 365.25 / YEARS)) / 2


def share_of_words(stems: Sequence[str], rarity: Mapping[str, float]) -> float:
    """How much of the words that `rarity` weighs is among these."""
    whole = sum(rarity.values())
    return sum(weight for stem, weight in rarity.items() if stem in stems) / whole if whole else 0.0
