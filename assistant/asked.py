"""What a question asks for: its telling words, its names, and the kind of answer that would fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from ingest.types import Article
from ingest.words import WordIndex, content_words

LENT = 0.2  # what a word counts that a follow-up was lent from the question before it
WORDS, MEANING, FITS = 0.5, 0.42, 0.08  # what coverage, similarity and a fitting kind of answer count
IN_TITLE, IN_CONTEXT = 0.6, 0.35  # what a word counts that the title or the sentence before holds instead

_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*[\w]|\b[A-Z]{2,}\b")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half"
    r"|third|quarter)s?\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b|\b(?:19|20)\d\d\b|\b(?:today|yesterday|tomorrow|tonight|week|month|year|morning"
    r"|evening|noon|midnight|[ap]\.m)\b|\d{1,2}:\d\d",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|of|outside|across|off)\s+(?:the\s+)?[A-ZÀ-Þ]")
_SAID = re.compile(r"[\"“”«]|\b(?:said|says|told|wrote|added|according|argued|insisted|warned|announced)\b")
_CAUSE = re.compile(r"\b(?:because|due|after|since|so that|in order|to|as|caused?|blam\w+|over)\b")

_LENT = re.compile(r"(.*?)(?: \(([^()]*)\))?", re.DOTALL)
_COUNTED = re.compile(r"\bhow many (?:more |other |of the )?(\w+)", re.I)
_HOW_MANY = r"\bhow (?:many|much|old|long|far|big|large|high|often)\b|\bwhat (?:percent|share|number)|\bper cent"
_KINDS: list[tuple[re.Pattern[str], Callable[[str], object]]] = [
    (re.compile(_HOW_MANY, re.I), _NUMBER.search),
    (re.compile(r"\bwhen\b|\b(?:which|what|on what) (?:day|date|year|month|time)\b", re.I), _TIME.search),
    (re.compile(r"\bwhere\b|\b(?:which|what) (?:country|city|town|place|region|state)", re.I), _PLACE.search),
    (re.compile(r"\bdid \w+(?: \w+)? (?:say|tell)|\b(?:say|said|words|quote)\b", re.I), _SAID.search),
    (re.compile(r"\bwho\b|\bwhom\b|\bwhose\b", re.I), _NAME.search),
    (re.compile(r"\bwhy\b|\bwhat caused\b", re.I), _CAUSE.search),
]


@dataclass(frozen=True)
class Asked:
    """A question, read: stems with their rarity, and the names in it."""

    question: str
    weights: dict[str, float]
    names: tuple[str, ...]
    words: WordIndex

    @classmethod
    def read(cls, question: str, words: WordIndex) -> Self:
        own, lent = _LENT.fullmatch(question).groups()  # type: ignore[union-attr] # it matches every text
        stems = words.stems(" ".join(content_words(own)))
        weights = words.rarity(dict.fromkeys(words.stems(" ".join(content_words(lent or ""))) if lent else ()))
        weights = {stem: LENT * weight for stem, weight in weights.items()} | words.rarity(dict.fromkeys(stems))
        return cls(question, weights, tuple(names_in(question)), words)

    def coverage(self, sentence: str, title: str, context: str) -> float:
        """The share, 0..1 and weighted by rarity, of the question's words that the sentence or its company holds."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        here, above, around = (set(self.words.stems(text)) for text in (sentence, title, context))
        held = 0.0
        for stem, weight in self.weights.items():
            share = 1.0 if stem in here else IN_TITLE if stem in above else IN_CONTEXT if stem in around else 0.0
            held += share * weight
        return held / total

    def score(self, sentence: str, title: str, context: str, similarity: float) -> float:
        """0..1, how well a sentence answers."""
        covered = self.coverage(sentence, title, context)
        return WORDS * covered + MEANING * max(similarity, 0.0) + (FITS if self.fits(sentence) else 0.0)

    def fits(self, sentence: str) -> bool:
        """Whether the sentence holds the kind of thing that was asked for, beyond what the question itself says."""
        if counted := _COUNTED.search(self.question):
            return self._counts(sentence, counted[1])
        for asks, holds in _KINDS:
            if asks.search(self.question):
                return bool(holds(self._without_own_words(sentence)))
        return False

    def _counts(self, sentence: str, noun: str) -> bool:
        """Whether a number stands before what is to be counted; any number, where that is not named at all."""
        [wanted, *_] = self.words.stems(noun)
        words = re.findall(r"\w+(?:[.,]\w+)*", sentence)
        stems = [(self.words.stems(word) or [""])[0] for word in words]
        if wanted not in stems:
            return bool(_NUMBER.search(self._without_own_words(sentence)))
        numbers = [place for place, word in enumerate(words) if _NUMBER.fullmatch(word) or word[:1].isdigit()]
        return any(wanted in stems[place + 1 : place + 5] for place in numbers)

    def _without_own_words(self, sentence: str) -> str:
        own = {word.casefold() for word in re.findall(r"\w+", self.question)}
        return re.sub(r"\w+", lambda match: "" if match[0].casefold() in own else match[0], sentence)

    def missing_names(self, article: Article) -> list[str]:
        """The names of the question that an article does not hold, where it holds less than half of them."""
        text = " ".join((article.title, article.text, article.outlet, article.origin or "", *article.authors))
        held = set(self.words.stems(text)) if self.names else set()
        missing = [name for name in self.names if not set(self.words.stems(name)) <= held]
        return missing if 2 * len(missing) > len(self.names) else []


def names_in(question: str) -> list[str]:
    """Capitalised words of a question that are names: not its first word, unless the rest is in capitals too."""
    found = []
    for match in _NAME.finditer(question):
        starts = not question[: match.start()].strip(" \"“‘'(") or question[: match.start()].rstrip()[-1:] in ".?!"
        word = re.sub(r"[’']s$", "", match[0])
        if not starts or (word.isupper() and len(word) > 1):
            found.append(word)
    return list(dict.fromkeys(found))
