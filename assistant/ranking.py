"""Why one passage goes before another: words, meaning, title, place in its article, and how recent it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.language.dates import SaidDate, dates_in

# What each counts beside words. Near them the figures hardly change: tests/evals/README.md has what each gives.
MEANING, TITLE, LEAD = 1.0, 0.6, 0.2
# An article of the moment of asking counts three times as much as one of decades ago. Half of that is gone within
# months, so that news goes before what led to it; the rest within years, so that 2022 goes before 2012.
RECENT, DAYS, YEARS = 2.0, 30.0, 4.0
UNDATED = math.exp(-1 / YEARS) / 2  # as one of a year ago: not known is not old
_A_DAY = 86_400
# "in 2022" and "since March", and not "the 2022 World Cup" or "joined the march": those are what it asks about.
_WITHIN = re.compile(
    r"\b(?:in|since|during|before|after|until|till|from|by|of|between|and|to|the|last|early|late|mid)[\s-]+\Z", re.I
)
_BYGONE = re.compile(r"\b(?:last (?:year|decade|century)|(?:years|decades|months) (?:ago|before|earlier))\b", re.I)
_IN_NAME = re.compile(r"\b(?:[Tt]he|[Tt]his|[Aa]t|[Ff]or) ((?:19|20)\d\d) (?=[A-Za-z])")
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


def moment_meant(question: str, now: datetime) -> datetime:
    """Now, or for what has a bygone year in its name, "the 2018 World Cup", the end of that year."""
    years = [int(year) for year in _IN_NAME.findall(question)]
    return datetime(max(years), 12, 31, tzinfo=UTC) if years and max(years) < now.year else now


def names_time(question: str) -> bool:
    """Whether the question says itself which time it is about, and not that it is this one."""
    named = _BYGONE.search(question) or any(_is_when(question, one) for one in dates_in(question, "en", only=True))
    return bool(named) and _NOW.search(question) is None


def _is_when(question: str, one: SaidDate) -> bool:
    """Whether a date tells when: a day does, a month or a year behind such a word as "since"."""
    if one.day is not None:
        return True
    within = _WITHIN.search(question[: one.start]) is not None
    behind = question[one.end :]
    if one.month is not None:
        return within and question[one.start].isupper()
    part_of_name = behind[:1] == " " and behind[1:2].isupper()
    year = one.year is not None and 1900 <= one.year < 2100
    return within and year and not part_of_name and (not behind[:1].isalnum() or behind.startswith("s"))


def share_of_words(stems: Sequence[str], rarity: Mapping[str, float]) -> float:
    """How much of the words that `rarity` weighs is among these."""
    whole = sum(rarity.values())
    return sum(weight for stem, weight in rarity.items() if stem in stems) / whole if whole else 0.0
