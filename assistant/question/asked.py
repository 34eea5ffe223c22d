"""What a question asks for: its telling words, and its names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from assistant.question.question import Inquiry
from ingest.archive.words import WordIndex
from ingest.language.english import content_words, stemmed_verbs
from ingest.language.names import in_short, initials_in, names_in, same_people, spelt_alike
from ingest.language.tongues import ENGLISH, language_of
from ingest.types import Article

LENT = 0.2  # what a word counts that a part of a question is lent: by its other part, by the question before it
IN_TITLE, IN_CONTEXT = 0.6, 0.35  # what a word counts that the title or the sentence before holds instead

_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"\bus\b")  # in lower case no country
_WHEN = re.compile(r"\b(?:which|what) (?:exact |calendar )?(?:week)?(?:day|date|month|year|time)\b", re.I)
# Words that shape a question and say nothing of what it is about.
_EMPTY = frozenset(
    "many much anyone anybody get got old long often far say says said tell tells told held happen happened happens "
    "occur occurred outcome outcomes".split()
)


@dataclass(frozen=True)
class Asked:
    """A question, read: stems with their rarity, and the names in it."""

    question: str
    weights: dict[str, float]
    names: tuple[str, ...]
    words: WordIndex
    verbs: dict[str, str]
    language: str = ENGLISH

    @classmethod
    def read(cls, inquiry: Inquiry, words: WordIndex) -> list[Self]:
        """Each thing that it asks for; the first stands alone, the others are lent its words."""
        first, *others = inquiry.parts or (inquiry.sought,)
        parts = [(first, inquiry.lent), *((other, f"{first} {inquiry.lent}") for other in others)]
        language = language_of(inquiry.text)
        names = tuple(names_in(inquiry.text, language))
        return [cls._part(part, lent, names, words, language) for part, lent in parts]

    @classmethod
    def _part(cls, own: str, lent: str, names: tuple[str, ...], words: WordIndex, language: str) -> Self:
        of_lent, of_own = (_weights(text, words, language) for text in (lent, own))
        weights = {token: LENT * weight for token, weight in of_lent.items()} | of_own
        return cls(own, weights, names, words, stemmed_verbs(words.porter_stems), language)

    def coverage(self, sentence: str, title: str, context: str) -> float:
        """The share, 0..1 and weighted by rarity, of the question's words that the sentence or its company holds."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        here, above, around = (self.meant(text) for text in (sentence, title, context))
        held = 0.0
        for asked, weight in self.weights.items():
            stem = self.verbs.get(asked, asked)
            share = 1.0 if stem in here else IN_TITLE if stem in above else IN_CONTEXT if stem in around else 0.0
            held += share * weight
        return held / total

    def beyond(self, title: str, text: str) -> float:
        """The share of what the question asks beyond the subject that the title names which the text holds."""
        named = self.meant(title)
        rest = {token: weight for token, weight in self.weights.items() if self.verbs.get(token, token) not in named}
        return replace(self, weights=rest).coverage(text, "", "") if rest else 1.0

    def meant(self, text: str) -> set[str]:
        """The stems of a text, irregular verbs as one; its n-grams, where the question is not in English."""
        return {self.verbs.get(token, token) for token in self.words.tokens(text, self.language)}

    def missing_names(self, article: Article) -> list[str]:
        """The names of the question that an article does not hold, where it holds less than half of them."""
        missing = self._not_held(article)
        return missing if 2 * len(missing) > len(self.names) else []

    def unknown_names(self, articles: Sequence[Article]) -> list[str]:
        """The names of the question that neither these articles nor any other in the archive hold, however spelt."""
        missing = [name for name in self.names if not all(map(self.words.knows, self.words.porter_stems(name)))]
        held = set[str]().union(*map(self._words_of, articles)) if missing else set()
        return [name for name in missing if not spelt_alike(name, held) and not self._holds(held, name)]

    def has_words(self, text: str) -> bool:
        """Whether a text has every telling word of the question, be it in the singular or the plural."""
        words = (re.escape(word.removesuffix("s")) for word in telling_words(self.question))
        return all(re.search(rf"\b{word}s?(?:e?s)?\b", text, re.IGNORECASE) for word in words)

    def has_names(self, text: str) -> bool:
        """Whether a text has all names of the question as they are written, where it has any."""
        held = self._words_in(text) if self.names else set()
        return bool(held) and all(_as_written(name, text) or _otherwise(name, held) for name in self.names)

    def _not_held(self, article: Article) -> list[str]:
        sought = [name for name in self.names if not _as_written(name, article.text)]
        held = self._words_of(article) if sought else set()
        return [name for name in sought if not self._holds(held, name)]

    def _holds(self, held: set[str], name: str) -> bool:
        return set(self.words.porter_stems(name)) <= held or _otherwise(name, held)

    def _words_of(self, article: Article) -> set[str]:
        whole = (article.title, article.text, article.outlet, article.origin or "", *article.authors)
        return self._words_in(" ".join(whole))

    def _words_in(self, text: str) -> set[str]:
        """Its words in small letters, as they are and as stems, and in capitals initials, if any are asked about."""
        text = _PRONOUN.sub("", in_short(text))
        initials = initials_in(text) if any(map(str.isupper, self.names)) else ()
        return {*self.words.porter_stems(text), *_WORD.findall(text.casefold()), *initials}


def _as_written(name: str, text: str) -> bool:
    """Whether a text has a name letter by letter, which most have; “us” in small letters may be the pronoun."""
    return name != name.lower() and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _otherwise(name: str, held: set[str]) -> bool:
    """Whether a text holds what a name is known by: a body at length, a people for its country."""
    return name in held or same_people(name, held)


def _weights(text: str, words: WordIndex, language: str) -> dict[str, float]:
    if not text.strip():
        return {}
    return words.weights(" ".join(telling_words(text)) if language == ENGLISH else text, language)


def telling_words(question: str) -> list[str]:
    """The words of a question that say what it is about, in lower case; all of them where none does."""
    question = _WHEN.sub("when", question)  # the answer names the day and does not say "day"
    words = content_words(question) if question.strip() else []
    return [word for word in words if word not in _EMPTY] or words
