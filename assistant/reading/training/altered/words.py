"""One word for another that WordNet or a neighbouring sentence has, and that says something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.lexicon import WORD
from assistant.reading.training.marked import Marked

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_CHOSEN = 12  # of the candidates for a word, the commonest


def _found(case: Case, others: Callable[[str], list[str]], parts: str) -> Marked | None:
    """The first word, in a random order, for which there is another."""
    places = list(WORD.finditer(case.text))
    case.chance.shuffle(places)
    for place in places:
        read = case.lexicon.read(place[0])
        if read is None or read.part not in parts:
            continue
        if found := [word for word in case.lexicon.common(others(place[0])) if word not in case.text.lower()]:
            found.sort(key=lambda word: -case.lexicon.counts[word])
            return case.claim.altered(*place.span(), case.chance.choice(found[:_CHOSEN]))
    return None


def opposite(case: Case) -> Marked | None:
    return _found(case, case.lexicon.wordnet.opposites, "nvar")


def far_opposite(case: Case) -> Marked | None:
    return _found(case, case.lexicon.wordnet.far_opposites, "va")


def sibling(parts: str, case: Case) -> Marked | None:
    return _found(case, case.lexicon.wordnet.siblings, parts)


def cousin(case: Case) -> Marked | None:
    return _found(case, case.lexicon.wordnet.cousins, "n")


def narrower(case: Case) -> Marked | None:
    """A spaniel for a dog."""
    return _found(case, case.lexicon.wordnet.narrower, "n")


def prefixed(case: Case) -> Marked | None:
    """Legal for illegal, or the other way round."""

    def others(word: str) -> list[str]:
        less = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)]
        return [
            one
            for one in [*(prefix + word for prefix in _PREFIXES), *less]
            if len(one) > 3 and case.lexicon.read(one)
        ]

    return _found(case, others, "var")


def neighbour(parts: str, case: Case) -> Marked | None:
    """A word of another sentence of the article, of the same part of speech and form."""
    near = case.source.near
    texts = [case.chance.choice(near)] if near else []
    words = _words([*texts, *near[:2]])

    def others(word: str) -> list[str]:
        return [other for other in words if case.lexicon.fits(word, other)]

    return _found(case, others, parts)


def stranger(parts: str, case: Case) -> Marked | None:
    """Any common word of the same part of speech and form."""
    pool = case.chance.sample(case.lexicon.usual, min(60, len(case.lexicon.usual)))
    return _found(case, lambda word: [other for other in pool if case.lexicon.fits(word, other)], parts)


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"\b[a-z]+\b", text)]


WAYS: dict[str, Way] = {
    "opposite": opposite,
    "opposite of what it is like": far_opposite,
    "another thing of its kind": partial(sibling, "n"),
    "another deed of its kind": partial(sibling, "v"),
    "a thing akin": cousin,
    "a kind of it": narrower,
    "prefix": prefixed,
    "noun of a neighbour": partial(neighbour, "n"),
    "verb of a neighbour": partial(neighbour, "v"),
    "adjective of a neighbour": partial(neighbour, "ar"),
    "any noun": partial(stranger, "n"),
    "any verb": partial(stranger, "v"),
    "any adjective": partial(stranger, "ar"),
}
