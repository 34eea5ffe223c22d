"""What two texts have in each other's place: the names and figures by which reports of one form differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice

from ingest.sentences import sentences

_TOKEN = re.compile(r"\w+(?:[.,’']\w+)*")
_POSSESSIVE = re.compile(r"[’']s?$")
_ALIKE = 0.5  # share of the words of two sentences that say the same
_MOST_SENTENCES = 60


@dataclass(frozen=True)
class Token:
    """A word as it stands, and as it is compared: without case, accents and the ending of a possessive."""

    said: str
    bare: str

    @property
    def is_mark(self) -> bool:
        """Whether it is a figure, or can be a name: in scripts without capitals any word can."""
        return not self.said[0].islower()

    @property
    def is_figure(self) -> bool:
        return self.said[0].isdigit()


class Wording:
    """The sentences of a text, by their words."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def sentences(self) -> list[list[Token]]:
        spans = sentences(self._text)
        return [found for start, end in spans if (found := tokens(self._text[start:end]))]

    @cached_property
    def spoken(self) -> list[frozenset[str]]:
        """The words of each sentence."""
        return [frozenset(token.bare for token in sentence) for sentence in self.sentences]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset[str]().union(*self.spoken)

    @cached_property
    def common(self) -> frozenset[str]:
        """The words that stand in small letters somewhere: with a capital they only begin a sentence."""
        return frozenset(token.bare for sentence in self.sentences for token in sentence if not token.is_mark)

    def nearest(self, words: frozenset[str]) -> list[Token]:
        """The sentence that shares most of these words; empty where none has half of them."""
        shares = [(len(words & one) / max(1, len(words | one)), at) for at, one in enumerate(self.spoken)]
        best, at = max(shares, default=(0.0, 0))
        return self.sentences[at] if best >= _ALIKE else []


def tokens(text: str) -> list[Token]:
    return [Token(word, _bare(word)) for word in _TOKEN.findall(text)]


def exchanges(one: Wording, other: Wording) -> Iterator[tuple[Token, Token]]:
    """The names and figures that stand in each other's place in sentences that are else alike.

    Each is nowhere in the other text.
    """
    for mine, said in islice(zip(one.sentences, one.spoken, strict=True), _MOST_SENTENCES):
        theirs = other.nearest(said) if said - other.words else []
        words = [token.bare for token in mine], [token.bare for token in theirs]
        for tag, start, end, begin, stop in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
            if tag == "replace" and theirs:
                yield from _exchanged(_own(mine[start:end], one, other), _own(theirs[begin:stop], other, one))


def are_of_one_form(one: Wording, other: Wording) -> bool:
    """Whether two texts tell of different things in one form: in one place stand different names, or two figures.

    A report that is written again has at most one new figure, a toll that rose, and new words besides it.
    """
    found = {(mine.bare, theirs.bare): mine.is_figure for mine, theirs in exchanges(one, other)}
    if not all(found.values()) or len(found) > 1:
        return True
    exchanged = frozenset(word for pair in found for word in pair)
    return bool(found) and one.words ^ other.words == exchanged


def missing(sentence: Sequence[Token], found: Sequence[Token], *texts: Wording) -> list[Token]:
    """The names and figures of a sentence that another one has not; `texts` tell which words are no names."""
    there = {token.bare for token in found}
    common = frozenset[str]().union(*(text.common for text in texts))
    return [token for token in sentence if token.is_mark and token.bare not in there | common]


def _own(part: Sequence[Token], text: Wording, other: Wording) -> list[Token]:
    """The names and figures among these that are in this text only."""
    return [token for token in missing(part, (), text, other) if token.bare not in other.words]


def _exchanged(mine: Sequence[Token], theirs: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for one, other in zip(mine, theirs, strict=False):
        if one.is_figure == other.is_figure and not _is_one_name(one.bare, other.bare):
            yield one, other


def _is_one_name(one: str, other: str) -> bool:
    """Whether two spellings can be of one name: one is a part of the other, or short for it, as Vt for Vermont."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return short in long or (
        not short[0].isdigit() and short[0] == long[0] and all(each in letters for each in short)
    )


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word).replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold() or word
