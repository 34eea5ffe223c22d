"""What WordNet 3.0 (Fellbaum 1998; Debian's package wordnet-base) knows of words, given in the form of the word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_KINDS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("ing", ""), ("est", ""), ("er", ""),
    ("ed", "e"), ("ing", "e"), ("es", "e"), ("est", "e"), ("er", "e"), ("s", ""),
)  # fmt: skip
_FORMS = {"ies": "s", "es": "s", "s": "s", "ied": "ed", "ed": "ed", "ing": "ing", "est": "est", "er": "er"}
_TAKEN_BY = {"ed": "v", "ing": "v", "s": "nv", "er": "a", "est": "a", "": "nvar"}
_BROAD = 60  # kinds below one sense beyond which they have little in common
COMMON = 20  # times that a word is counted, to be put into a text


@dataclass(frozen=True)
class Sense:
    """A set of words of one meaning, with its pointers: sign, place of the other sense, first and second word."""

    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, int, int], ...]

    def to(self, sign: str) -> list[str]:
        return [other for one, other, _, _ in self.pointers if one == sign]


@dataclass(frozen=True)
class Read:
    """What a word may be a form of: its lemma, part of speech (n, v, a, r) and form ("", s, ed, en, ing, er, est)."""

    lemma: str
    part: str
    form: str


@dataclass
class WordNet:
    """Senses by place, the places of each lemma's senses, commonest first, and how often each was counted."""

    senses: dict[str, Sense] = field(default_factory=dict)
    index: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    first: dict[tuple[str, str], int] = field(default_factory=dict)
    irregular: dict[tuple[str, str], str] = field(default_factory=dict)
    forms: dict[str, list[str]] = field(default_factory=dict)
    seen: dict[str, Read | None] = field(default_factory=dict)

    def read(self, word: str) -> Read | None:
        """What it most often is."""
        if word not in self.seen:
            self.seen[word] = self._read(word)
        return self.seen[word]

    def is_common(self, word: str) -> bool:
        """Whether it is counted often enough to be put into a text."""
        read = self.read(word)
        return read is not None and self.counts.get((read.part, read.lemma), 0) >= COMMON

    def opposites(self, word: str) -> list[str]:
        """Antonyms of its three commonest meanings."""
        return self.others(word, self._opposites)

    def far_opposites(self, word: str) -> list[str]:
        """Antonyms of what is like it, or of what it is a kind of, and their kinds: tumbled for soared."""
        return self.others(word, self._far_opposites)

    def synonyms(self, word: str) -> list[str]:
        """Other words whose commonest meaning is its own commonest, where it seldom has another."""
        return self.others(word, self._synonyms)

    def wider(self, word: str) -> list[str]:
        """What a noun is a kind of, in its commonest meaning, where it seldom has another."""
        return self.others(word, self._wider)

    def narrower(self, word: str) -> list[str]:
        """Kinds of a noun in its commonest meaning."""
        return self.others(word, self._narrower)

    def siblings(self, word: str) -> list[str]:
        """Other kinds of what it is a kind of, in its commonest meaning."""
        return self.others(word, self._siblings)

    def cousins(self, word: str) -> list[str]:
        """Kinds of what it is a kind of two steps up: sister for wife."""
        return self.others(word, self._cousins)

    def others(self, word: str, of: Callable[[str, str], Iterable[str]]) -> list[str]:
        """What is found for the word, put into its form."""
        read = self.read(word.lower())
        if read is None:
            return []
        found = {one for one in of(read.part, read.lemma) if one.isalpha() and one.islower() and one != read.lemma}
        return sorted({self.inflected(Read(one, read.part, read.form)) for one in found} - {word.lower()})

    def inflected(self, read: Read) -> str:
        """The form of a lemma; of an irregular verb "ed" is the past, "en" the participle."""
        if read.form in ("ed", "en", "s"):
            known = [one for one in self.forms.get(f"{read.part}{read.lemma}", []) if one[-3:] != "ing"]
            if read.form == "s" and read.part == "n" and known:
                return known[0]
            if read.form != "s" and read.part == "v" and known:
                ended = [one for one in known if one.endswith("n")]
                return (
                    (ended or known)[0]
                    if read.form == "en"
                    else ([one for one in known if one not in ended] or known)[0]
                )
        return _formed(read.lemma, "ed" if read.form == "en" else read.form)

    def _read(self, word: str) -> Read | None:
        found = [
            Read(lemma, part, form)
            for lemma, form, parts in self._lemmas(word)
            for part in parts
            if (part, lemma) in self.index
        ]
        return max(found, key=lambda one: self.counts.get((one.part, one.lemma), 0), default=None)

    def _lemmas(self, word: str) -> list[tuple[str, str, str]]:
        known = [
            (self.irregular[part, word], _irregular_form(part, word), part)
            for part in "nv"
            if (part, word) in self.irregular
        ]
        return known or [(lemma, form, _TAKEN_BY[form]) for lemma, form in _cut(word)]

    def _opposites(self, part: str, lemma: str) -> set[str]:
        return {word for key in self.index[part, lemma][:3] for word in self._against(key, lemma)}

    def _against(self, key: str, lemma: str = "") -> set[str]:
        """The antonyms of a sense, of all its words or of the one."""
        own, found = self.senses[key], set()
        for sign, other, first, second in own.pointers:
            if sign == "!" and (not lemma or not first or own.words[first - 1] == lemma):
                words = self.senses[other].words
                found.add(words[second - 1] if second else words[0])
        return found

    def _far_opposites(self, part: str, lemma: str) -> set[str]:
        found: set[str] = set()
        for key in self.index[part, lemma][:2]:
            for near in self.senses[key].to("&") + self.senses[key].to("@"):
                for sign, against, _, _ in self.senses[near].pointers:
                    if sign == "!":
                        found |= set(self.senses[against].words)
                        for below in self.senses[against].to("&") + self.senses[against].to("~"):
                            found |= set(self.senses[below].words)
        return found - self._alike(part, lemma)

    def _synonyms(self, part: str, lemma: str) -> set[str]:
        keys = self.index[part, lemma]
        if not self._plain(part, lemma):
            return set()
        return {word for word in self.senses[keys[0]].words if self.index.get((part, word), ("",))[0] == keys[0]}

    def _wider(self, part: str, lemma: str) -> set[str]:
        if part != "n" or not self._plain(part, lemma):
            return set()
        return self._named(self.senses[self.index[part, lemma][0]].to("@"))

    def _narrower(self, part: str, lemma: str) -> set[str]:
        below = self.senses[self.index[part, lemma][0]].to("~") if part == "n" else []
        return self._named(below) if len(below) < _BROAD else set()

    def _named(self, keys: list[str]) -> set[str]:
        """The words whose commonest meaning is one of these."""
        found = {word for key in keys for word in self.senses[key].words}
        return {word for word in found if self.index.get(("n", word), ("",))[0] in keys}

    def _plain(self, part: str, lemma: str) -> bool:
        """Whether it seldom has another than its commonest meaning."""
        counted = self.counts.get((part, lemma), 0)
        return len(self.index[part, lemma]) == 1 or (
            counted >= 3 and self.first.get((part, lemma), 0) >= 0.75 * counted
        )

    def _siblings(self, part: str, lemma: str) -> set[str]:
        first = self.index[part, lemma][0]
        below = [other for key in self.senses[first].to("@") for other in self.senses[key].to("~")]
        return self._apart(part, lemma, below)

    def _cousins(self, part: str, lemma: str) -> set[str]:
        first = self.index[part, lemma][0]
        above = [top for key in self.senses[first].to("@") for top in self.senses[key].to("@")]
        near = [other for key in above for other in self.senses[key].to("~")]
        return self._apart(part, lemma, [*near, *(one for key in near for one in self.senses[key].to("~"))])

    def _apart(self, part: str, lemma: str, keys: list[str]) -> set[str]:
        """Words whose commonest meaning is among these, and none of the word's own, or a kind of it, or above it."""
        if len(keys) > _BROAD * (4 if part == "n" else 1):
            return set()
        own = self.index[part, lemma]
        near = {*own, *(other for key in own for sign in "@~" for other in self.senses[key].to(sign))}
        found = {word for key in set(keys) - near for word in self.senses[key].words}
        return {word for word in found if self.index.get((part, word), ("",))[0] in keys} - self._alike(part, lemma)

    def _alike(self, part: str, lemma: str) -> set[str]:
        return {word for key in self.index[part, lemma] for word in self.senses[key].words}


@cache
def wordnet() -> WordNet:
    """Raises FileNotFoundError where the files are not there: apt-get install wordnet-base."""
    made = WordNet()
    for part, name in _FILES.items():
        for line in _lines(f"data.{name}"):
            key, sense = _sense(part, line.split(" | ")[0].split())
            made.senses[key] = sense
        for line in _lines(f"index.{name}"):
            fields = line.split()
            made.index[part, fields[0]] = tuple(part + place for place in fields[-int(fields[2]) :])
        for line in _lines(f"{name}.exc"):
            form, lemma = line.split()[:2]
            made.irregular[part, form] = lemma
            made.forms.setdefault(part + lemma, []).append(form)
    for line in _lines("cntlist.rev"):
        name, number, count = line.split()
        lemma, _, kind = name.partition("%")
        counted = _KINDS[kind[0]], lemma
        made.counts[counted] = made.counts.get(counted, 0) + int(count)
        if number == "1":
            made.first[counted] = int(count)
    return made


def _lines(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text("latin-1").splitlines() if not line.startswith("  ")]


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


def _cut(word: str) -> list[tuple[str, str]]:
    """What the word may be a form of, with the form: the word itself first."""
    found = [(word, "")]
    for ending, instead in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 1 and not (ending == "s" and word.endswith(("ss", "us", "is"))):
            found.append((stem + instead, _FORMS[ending]))
            if ending in ("ed", "ing", "er", "est") and not instead and stem[-1:] == stem[-2:-1]:
                found.append((stem[:-1], _FORMS[ending]))
    return found


def _irregular_form(part: str, word: str) -> str:
    if part == "n":
        return "s"
    return "ing" if word.endswith("ing") else "en" if word.endswith("n") else "ed"


def _formed(lemma: str, form: str) -> str:
    """By the rules of spelling."""
    if not form:
        return lemma
    soft = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    if form == "s":
        return lemma[:-1] + "ies" if soft else lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if form != "ing" and soft:
        return lemma[:-1] + "i" + form
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + form
    return lemma + form
