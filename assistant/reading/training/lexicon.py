"""The words of a collection of texts: how common they are, and what can stand in place of one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from assistant.reading.training.wordnet import Read, WordNet, wordnet

COMMON = 8  # times that a word stands in the texts, to be put into a sentence
WORD = re.compile(r"[A-Za-z][\w’'-]*")
PLAIN = frozenset(
    "a about after later all also although am an and any are as at be because been before being both but by can "
    "could did do does during each either even ever few for from had has have he her here him his how if in into "
    "is it its just like many may me might more most much must my near no nor not of off on once one only or "
    "other our out over own same she should so some such than that the their them then there these they this "
    "those through thus to too under until up upon us very was we well were what when where whether which while "
    "who whom whose why will with within without would yet you your however two three several less".split()
)


class Lexicon:
    """`texts` are those from which sentences are taken, and into which words must fit."""

    def __init__(self, texts: Iterable[str], known: WordNet | None = None) -> None:
        self.counts = Counter(word for text in texts for word in re.findall(r"\b[a-z]+\b", text))
        self.wordnet = known or wordnet()

    def common(self, words: Iterable[str], least: int = COMMON) -> list[str]:
        return [word for word in words if self.counts[word] >= least and len(word) > 2 and word not in PLAIN]

    def read(self, word: str) -> Read | None:
        """A content word in small letters, as what it most often is; None for any other."""
        if not word.islower() or len(word) < 3 or word in PLAIN:
            return None
        return self.wordnet.read(word)

    def fits(self, word: str, other: str) -> bool:
        """Whether the other is of the same part of speech and form, and has no meaning in common with the word."""
        one, two = self.read(word), self.read(other)
        if one is None or two is None or (one.part, one.form) != (two.part, two.form) or one.lemma == two.lemma:
            return False
        return not self.near(one, two)

    def near(self, one: Read, two: Read) -> bool:
        """Whether they share a meaning, or one is a kind of the other or very like it."""
        mine, theirs = (self.wordnet.index[read.part, read.lemma] for read in (one, two))
        signs = "@~&*>+^"
        around = {other for key in mine for sign in signs for other in self.wordnet.senses[key].to(sign)}
        return bool(({*mine} | around) & {*theirs})

    @cached_property
    def usual(self) -> list[str]:
        """The commoner content words."""
        return [word for word, count in self.counts.most_common(9000) if count > 30 and self.read(word)]

    @cached_property
    def adverbs(self) -> list[str]:
        """The commoner adverbs in -ly."""
        return [word for word in self.usual if word.endswith("ly") and (read := self.read(word)) and read.part == "r"]

    @cached_property
    def adjectives(self) -> list[str]:
        return [word for word in self.usual if (read := self.read(word)) and (read.part, read.form) == ("a", "")]
