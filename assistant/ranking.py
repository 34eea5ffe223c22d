"""Why one passage goes before another: words, meaning, title, place in its article, and how recent it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

# What each counts beside words. They are the middle of a plateau: tests/evals/README.md has what each gives.
MEANING, TITLE, LEAD = 0.8, 0.1, 0.2
# An article of today counts half as much again as one of long ago; after thirty days that is down to a third of it.
RECENT, DAYS = 0.5, 30.0
_A_DAY = 86_400
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_WITHIN = r"\b(?:in|since|during|before|after|until|till|from|by|of|between|and|to|the|last|early|late|mid)[\s-]+"
# "in 2022" and "since March", and not "the 2022 World Cup" or "joined the march": those are what it asks about.
_NAMES_TIME = re.compile(
    rf"(?i:{_WITHIN})(?:{_MONTH}|(?:19|20)\d\d(?:s\b|[-–]\d\d\b|(?!\w)(?! [A-Z])))|\b{_MONTH} \d|\d {_MONTH}"
    r"|\b(?i:last (?:year|decade|century)|(?:years|decades|months) (?:ago|before|earlier))\b"
)
_NOW = re.compile(
    r"\b(?:this (?:week|weekend|month|morning)|today|tonight|yesterday|now|latest|recent(?:ly)?)\b", re.I
)


@dataclass(frozen=True)
class Signals:
    """What speaks for a passage, each at most 1.

    words    BM25, as a share of the best passage found
    meaning  cosine similarity to the question
    title    the share of the question's words, by rarity, that the title of its article holds
    lead     1 where the article begins with it: news puts first what matters most
    recent   1 for an article of the moment of asking, less with every day before it (Li and Croft 2003)
    """

    words: float
    meaning: float
    title: float = 0.0
    lead: float = 0.0
    recent: float = 0.0

    @property
    def score(self) -> float:
        standing = self.words + MEANING * self.meaning + TITLE * self.title + LEAD * self.lead
        return standing * (1 + RECENT * self.recent)


def recency(published: int | None, now: datetime) -> float:
    """How recent an article of that time (epoch seconds) is at the moment of asking; 0 for an undated one."""
    if published is None:
        return 0.0
    return math.exp(-max(now.timestamp() - published, 0.0) / _A_DAY / DAYS)


def names_time(question: str) -> bool:
    """Whether the question says itself which time it is about, and not that it is this one."""
    return _NAMES_TIME.search(question) is not None and _NOW.search(question) is None


def share_of_words(stems: Sequence[str], rarity: Mapping[str, float]) -> float:
    """How much of the words that `rarity` weighs is among these."""
    whole = sum(rarity.values())
    return sum(weight for stem, weight in rarity.items() if stem in stems) / whole if whole else 0.0
