"""Opposites, synonyms and siblings of words, from WordNet 3.0 (Fellbaum 1998; Debian's package wordnet-base)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("ing", ""), ("est", ""), ("er", ""),
    ("ed", "e"), ("ing", "e"), ("es", "e"), ("s", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Sense:
    """A set of words of one meaning, with its pointers: sign, place of the other sense, first and second word."""

    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, int, int], ...]


@dataclass
class WordNet:
    senses: dict[str, Sense] = field(default_factory=dict)
    index: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def opposites(self, word: str) -> list[str]:
        """Antonyms in the form of the word, of its three commonest meanings."""
        return self._in_form(word, self._opposites)

    def synonyms(self, word: str) -> list[str]:
        """Other words of its commonest meaning, in its form."""
        return self._in_form(word, self._synonyms)

    def siblings(self, word: str) -> list[str]:
        """Other kinds of what it is a kind of, in its commonest meaning, in its form."""
        return self._in_form(word, self._siblings)

    def _in_form(self, word: str, of: object) -> list[str]:
        assert callable(of)
        for lemma, ending in _lemmas(word.lower()):
            for part in _parts(ending):
                if (part, lemma) in self.index:
                    found = {one for one in of(part, lemma) if one.isalpha() and one.islower() and one != lemma}
                    if found:
                        return sorted(_form(one, ending) for one in found)
        return []

    def _opposites(self, part: str, lemma: str) -> set[str]:
        found = set()
        for key in self.index[part, lemma][:3]:
            own = self.senses[key]
            for sign, other, first, second in own.pointers:
                if sign == "!" and (not first or own.words[first - 1] == lemma):
                    words = self.senses[other].words
                    found.add(words[second - 1] if second else words[0])
        return found

    def _synonyms(self, part: str, lemma: str) -> set[str]:
        return set(self.senses[self.index[part, lemma][0]].words)

    def _siblings(self, part: str, lemma: str) -> set[str]:
        keys = self.index[part, lemma]
        same = {word for key in keys for word in self.senses[key].words}
        above = [other for sign, other, _, _ in self.senses[keys[0]].pointers if sign == "@"]
        below = [other for key in above for sign, other, _, _ in self.senses[key].pointers if sign == "~"]
        return {word for key in below for word in self.senses[key].words} - same


@cache
def wordnet() -> WordNet:
    """Raises FileNotFoundError where the files are not there: apt-get install wordnet-base."""
    made = WordNet()
    for part, name in _FILES.items():
        for line in (FOLDER / f"data.{name}").read_text("latin-1").splitlines():
            if not line.startswith("  "):
                key, sense = _sense(part, line.split(" | ")[0].split())
                made.senses[key] = sense
        for line in (FOLDER / f"index.{name}").read_text("latin-1").splitlines():
            if not line.startswith("  "):
                fields = line.split()
                made.index[part, fields[0]] = tuple(part + place for place in fields[-int(fields[2]) :])
    return made


def _sense(part: str, fields: list[str]) -> tuple[str, Sense]:
    count = int(fields[3], 16)
    words = tuple(fields[4 + 2 * row].lower().split("(")[0] for row in range(count))
    after = 5 + 2 * count
    pointers = tuple(
        (sign, ("a" if kind == "s" else kind) + place, int(ends[:2], 16), int(ends[2:], 16))
        for sign, place, kind, ends in zip(
            *(iter(fields[after : after + 4 * int(fields[after - 1])]),) * 4, strict=True
        )
    )
    return part + fields[0], Sense(words, pointers)


def _lemmas(word: str) -> list[tuple[str, str]]:
    """What the word may be a form of, with the ending that makes it so: the word itself first."""
    cut = [
        (word[: -len(ending)] + instead, ending)
        for ending, instead in _ENDINGS
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss")
    ]
    return [(word, ""), *cut]


def _parts(ending: str) -> str:
    """The parts of speech that take an ending."""
    if ending in ("ed", "ied", "ing"):
        return "v"
    if ending in ("s", "es", "ies"):
        return "nv"
    return "a" if ending in ("er", "est") else "vnar"


def _form(lemma: str, ending: str) -> str:
    if not ending:
        return lemma
    if ending in ("s", "es", "ies"):
        if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
            return lemma[:-1] + "ies"
        return lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh")) else "s")
    ending = "ed" if ending == "ied" else ending
    if ending == "ed" and lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return (lemma[:-1] if lemma.endswith("e") else lemma) + ending
