"""What two articles are to one another: the same report, a follow-up of it, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.language.text import CAPITALS
from ingest.language.tongues import detect
from ingest.stories.exchanges import Wording, are_of_one_form
from ingest.stories.shingles import NARROW, NEAR_TOP, OPENING, Hashes, distinct, shared, shingles, word_numbers
from ingest.types import Article

Kind = Literal["copy", "story"]

DAY = 86_400
NEAR, SOON = 1.5 * DAY, 5 * DAY  # apart: copies and rewritten versions; follow-ups
SHORT = 20  # shingles; a shorter text is a copy only where all of it is equal
_OPENING_CHARACTERS = 700
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_NAME = re.compile(rf"(?<![.!?…:”\"]\s)(?<!^)(?<!\n)\b[{CAPITALS}][\w’'-]+")
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True)
class Reading:
    """An article as it is compared: everything is worked out once, when first needed."""

    article: Article

    @cached_property
    def words(self) -> Hashes:
        return word_numbers(self.article.text)

    @cached_property
    def wording(self) -> Wording:
        article = self.article
        return Wording(article.text, article.title, article.language or detect(article.title, article.text) or "")

    @cached_property
    def shingles(self) -> Hashes:
        return shingles(self.words)

    @cached_property
    def opening(self) -> Hashes:
        return shingles(self.words[:OPENING], NARROW)

    @cached_property
    def top(self) -> Hashes:
        return shingles(self.words[:NEAR_TOP], NARROW)

    @cached_property
    def title(self) -> Hashes:
        return distinct(word_numbers(self.article.title))

    @cached_property
    def tokens(self) -> frozenset[str]:
        whole = f"{self.article.title}\n{self.article.text}"
        return frozenset(_WORD.findall(whole)) | frozenset(_NUMBER.findall(whole))

    @cached_property
    def title_marks(self) -> frozenset[str]:
        """The numbers and names of the title. In a title many words have capitals; a name has one in the text too."""
        title = self.article.title
        names = set(_WORD.findall(title)) & set(_NAME.findall(self.article.text))
        return frozenset(_NUMBER.findall(title)) | names

    @cached_property
    def opening_marks(self) -> frozenset[str]:
        return _marks(self.article.text[:_OPENING_CHARACTERS])


def _marks(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text)) | frozenset(_NAME.findall(text))


@dataclass(frozen=True)
class Likeness:
    """Shares, 0..1, the same whichever of the two articles is named first.

    contained  of the shorter text's shingles, those in the longer one
    alike      of the shingles of both, those that both have
    opening    of the opening of each, what stands near the top of the other: the smaller share
    titles     of the words of both titles, those that both have
    apart      seconds between their publication; None where a time is not known
    house      whether one outlet printed both
    short      whether there is too little text to tell by shares of it
    """

    contained: float
    alike: float
    opening: float
    titles: float
    apart: float | None
    house: bool
    short: bool

    @classmethod
    def of(cls, one: Reading, other: Reading) -> Likeness:
        both = shared(one.shingles, other.shingles)
        shorter = min(len(one.shingles), len(other.shingles))
        return cls(
            contained=both / max(shorter, 1),
            alike=both / max(len(one.shingles) + len(other.shingles) - both, 1),
            opening=min(_share(one.opening, other.top), _share(other.opening, one.top)),
            titles=_overlap(one.title, other.title),
            apart=_apart(one.article, other.article),
            house=one.article.outlet.casefold() == other.article.outlet.casefold(),
            short=shorter < SHORT,
        )

    @property
    def kind(self) -> Kind | None:
        """What the shares alone make of the two; template siblings have such shares too."""
        if self.short:
            return "copy" if self.alike == 1 and self.titles >= 0.5 else None
        return "copy" if self._is_copy else "story" if self._goes_on else None

    @property
    def _is_copy(self) -> bool:
        near = self.apart is not None and self.apart <= NEAR
        return (
            (self.alike >= 0.85 and (near or self.opening >= 0.5))
            or (self.alike >= 0.7 and self.opening >= 0.5 and self.titles >= 0.6)  # printed again, whenever
            or (self.apart is None and self._is_cut)
            or (near and (self._is_cut or self._is_rewritten))
        )

    @property
    def _is_cut(self) -> bool:
        """Begins alike and goes on alike as far as the shorter goes: an agency's text, cut to fit."""
        wanted = 0.6 if self.contained >= 0.85 else 0.8
        return self.contained >= 0.7 and self.opening >= wanted

    @property
    def _is_rewritten(self) -> bool:
        """The report as it was written again the same day: a new top, a longer end."""
        return (
            (self.contained >= 0.7 and self.alike >= 0.4 and (self.opening >= 0.3 or self.titles >= 0.2))
            or (self.contained >= 0.5 and self.opening >= 0.8)
            or (self.contained >= 0.5 and self.alike >= 0.25 and self.titles >= 0.65)
            or (self.contained >= 0.3 and self.house and self.titles >= 0.75)
        )

    @property
    def _goes_on(self) -> bool:
        """Repeats the background of the other, within days."""
        soon = self.apart is not None and self.apart <= SOON
        return soon and (self.contained >= 0.3 or (self.contained >= 0.15 and self.titles >= 0.3))


def relation(one: Reading, other: Reading) -> Kind | None:
    """ "copy" for the same report, whoever printed it; "story" for reports that go on from one another."""
    likeness = Likeness.of(one, other)
    if likeness.kind is None or _are_siblings(one, other):
        return None
    if likeness.kind == "story" or one.article.text == other.article.text:
        return likeness.kind
    return None if are_of_one_form(one.wording, other.wording, house=likeness.house) else "copy"


def _share(part: Hashes, whole: Hashes) -> float:
    return shared(part, whole) / max(len(part), 1)


def _overlap(one: Hashes, other: Hashes) -> float:
    both = shared(one, other)
    return both / max(len(one) + len(other) - both, 1)


def _apart(one: Article, other: Article) -> float | None:
    """Where only the days are known, these count: two of them that follow one another are near."""
    if one.published is None or other.published is None:
        return None
    precisions = {one.published_precision, other.published_precision}
    if precisions & {"month", "year"}:
        return None
    if precisions & {"day", None}:
        return float(abs((one.published.date() - other.published.date()).days)) * DAY
    return abs((one.published - other.published).total_seconds())


def _are_siblings(one: Reading, other: Reading) -> bool:
    """Stories made from one template: each has numbers or names of its own where the other has its own.

    In the titles one on each side is enough; in the openings it takes most of them, since a text that is written
    again gains some and loses some.
    """
    if one.title_marks - other.tokens and other.title_marks - one.tokens:
        return True
    return _is_strange(one, other) and _is_strange(other, one)


def _is_strange(one: Reading, other: Reading) -> bool:
    unknown = one.opening_marks - other.tokens
    numbers = [mark for mark in one.opening_marks if mark[0].isdigit()]
    strange_numbers = [mark for mark in numbers if mark in unknown]
    many_numbers = len(strange_numbers) >= 2 and 2 * len(strange_numbers) > len(numbers)
    return many_numbers or (len(unknown) >= 2 and 2 * len(unknown) > len(one.opening_marks))
