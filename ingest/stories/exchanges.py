"""What two texts have in each other's place: the names and figures by which reports of one form differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import islice

import regex

from ingest.language.calendar import calendar
from ingest.language.numerals import numeral_at
from ingest.language.sentences import sentences

# Words; of writing that puts no space between them, single signs.
_SIGN = r"\p{Han}\p{Hiragana}"
_TOKEN = regex.compile(
    rf"(?V1)[{_SIGN}]|\p{{Katakana}}[\p{{Katakana}}ー]*|[\w--[{_SIGN}]]+(?:[.,’'][\w--[{_SIGN}]]+)*"
)
_ONE_SIGN = regex.compile(rf"[{_SIGN}]")
_VOWELS = re.compile("[aeiouyаеиоуыэюяієαειουηω]")
_POSSESSIVE = re.compile(r"[’']s?$")
_ALIKE = 0.5  # share of the words of two sentences that say the same
_MOST_SENTENCES = 60


@dataclass(frozen=True)
class Token:
    """A word as it stands, and as it is compared: without case, accents and the ending of a possessive.

    A number in words is compared by its figures. `opens` says whether it is the first of its sentence.
    """

    said: str
    bare: str
    opens: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it is a figure, or can be a name: in scripts without capitals any word can."""
        return self.is_figure or not self.said[0].islower()

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, in figures or in words."""
        return self.bare[0].isdigit()

    @property
    def is_one(self) -> bool:
        """Whether it is the word for one."""
        return self.bare == "1" != self.said

    @property
    def is_sign(self) -> bool:
        """Whether it is a sign of writing without spaces, of which several make a word."""
        return _ONE_SIGN.fullmatch(self.said) is not None

    @property
    def is_of_calendar(self) -> bool:
        """Whether it names a month or a weekday, which one outlet writes and another counts."""
        return not self.is_sign and (self.bare in calendar().weekdays or calendar().month(self.bare) is not None)


class Wording:
    """The sentences of a text, by their words, and the words of its title.

    Its language says which words are numbers.
    """

    def __init__(self, text: str, title: str = "", language: str = "") -> None:
        self._text, self._language = text, language
        self.titled = frozenset(token.bare for token in tokens(title, language))

    @cached_property
    def sentences(self) -> list[list[Token]]:
        spans = sentences(self._text)
        return [found for start, end in spans if (found := tokens(self._text[start:end], self._language))]

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

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that stand inside a sentence with a capital."""
        inside = (token for sentence in self.sentences for token in sentence if not token.opens)
        return frozenset(token.bare for token in inside if token.is_mark)

    @cached_property
    def run(self) -> str:
        """The words without what stands between them."""
        return "\n".join(map(_run, self.sentences))

    def nearest(self, words: frozenset[str]) -> list[Token]:
        """The sentence that shares most of these words; empty where none has half of them."""
        shares = [(len(words & one) / max(1, len(words | one)), at) for at, one in enumerate(self.spoken)]
        best, at = max(shares, default=(0.0, 0))
        return self.sentences[at] if best >= _ALIKE else []


def tokens(text: str, language: str = "") -> list[Token]:
    """The words of a text; the words of one number are one."""
    words = _TOKEN.findall(text)
    found: list[Token] = []
    at = 0
    while at < len(words):
        figures, count = numeral_at(words, at, language)
        said = " ".join(words[at : at + max(1, count)])
        found.append(Token(said, figures or _bare(said), at == 0))
        at += max(1, count)
    return found


def exchanges(one: Wording, other: Wording) -> frozenset[tuple[Token, Token]]:
    """The names and figures that stand in each other's place in sentences that are else alike.

    Each is nowhere in the other text. Sentences of either are looked for in the other.
    """
    there = ((mine, theirs) for theirs, mine in _exchanges(other, one))
    return frozenset((*_exchanges(one, other), *there))


def are_of_one_form(one: Wording, other: Wording, *, house: bool = False) -> bool:
    """Whether two texts tell of different things in one form: in one place stand different names, or two figures.

    A report that is written again has at most one new figure, a toll that rose, and new words besides it. Where
    nothing else differs, another house may begin a sentence with another word and spell names in its own way;
    `house` says that one outlet printed both.
    """
    found = exchanges(one, other)
    certain = [pair for pair in found if not _may_be_style(*pair, one, other)]
    pairs = {(mine.bare, theirs.bare) for mine, theirs in found}
    alone = one.words ^ other.words == frozenset(word for pair in pairs for word in pair)
    if not certain:
        told = {pair for pair in pairs if not _are_spelt_alike(*pair)}
        return alone and len(told) > (0 if house else 1)
    return alone or len(pairs) > 1 or not certain[0][0].is_figure


def missing(sentence: Sequence[Token], found: Sequence[Token], *texts: Wording) -> list[Token]:
    """The names and figures of a sentence that another one has not; `texts` tell which words are no names.

    The word for one is an article or a pronoun as often as a number.
    """
    there = {token.bare for token in found}
    return [token for token in _marks(sentence, texts) if token.bare not in there and not token.is_one]


def _marks(sentence: Sequence[Token], texts: Sequence[Wording]) -> list[Token]:
    common = frozenset[str]().union(*(text.common for text in texts))
    return [token for token in sentence if token.is_mark and token.bare not in common]


def _exchanges(one: Wording, other: Wording) -> Iterator[tuple[Token, Token]]:
    for mine, said in islice(zip(one.sentences, one.spoken, strict=True), _MOST_SENTENCES):
        theirs = other.nearest(said) if _run(mine) not in other.run else []
        words = [token.bare for token in mine], [token.bare for token in theirs]
        for tag, start, end, begin, stop in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
            if tag == "replace" and theirs:
                yield from _exchanged(_own(mine, start, end, one, other), _own(theirs, begin, stop, other, one))


def _own(sentence: Sequence[Token], start: int, end: int, text: Wording, other: Wording) -> list[Token]:
    """The names and figures in this part of a sentence that only this text has; signs that stand together as one."""
    part = sentence[start:end]
    if all(token.is_sign for token in part):
        wide = sentence[start : max(end, start + 2)]  # a sign alone is in many words
        said = "".join(token.said for token in part)
        return [] if _run(wide) in other.run else [Token(said, _bare(said), part[0].opens)]
    found = _marks(part, (text, other))
    return [token for token in found if token.bare not in other.words and not token.is_of_calendar]


def _exchanged(mine: Sequence[Token], theirs: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    for one, other in zip(mine, theirs, strict=False):
        if one.is_figure == other.is_figure and not _is_one_name(one.bare, other.bare):
            yield one, other


def _may_be_style(mine: Token, theirs: Token, one: Wording, other: Wording) -> bool:
    """Whether one of two words has its capital from beginning a sentence, or both may spell one name.

    What begins a sentence is a name where each text has its own in the title, too.
    """
    places = ((mine, one), (theirs, other))
    begins = not mine.is_figure and any(
        token.opens and token.said[0].isupper() and token.bare not in text.names for token, text in places
    )
    told = all(token.bare in text.titled for token, text in places)
    return (begins and not told) or _are_spelt_alike(mine.bare, theirs.bare)


def _are_spelt_alike(one: str, other: str) -> bool:
    """Whether two words have most letters in common and differ in vowels only, as Kiev and Kyiv."""
    first, second = (_VOWELS.sub("", word) for word in (one, other))
    alike = first == second and one[0] == other[0] and not one[0].isdigit()
    short, long = sorted((one, other))
    common = sum(size for *_, size in SequenceMatcher(a=short, b=long).get_matching_blocks())
    return alike and 2 * common > max(len(one), len(other))


def _is_one_name(one: str, other: str) -> bool:
    """Whether two spellings can be of one name: one is a part of the other, or short for it, as Vt for Vermont.

    Of figures the same digits, as in 40,000 and 40.000 or 3 and 3rd.
    """
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    if short[0].isdigit():
        return _digits(short) == _digits(long)
    return short in long or (short[0] == long[0] and all(each in letters for each in short))


def _digits(figure: str) -> str:
    return "".join(filter(str.isdecimal, figure))


def _run(sentence: Sequence[Token]) -> str:
    return " ".join(token.bare for token in sentence)


@lru_cache(maxsize=8192)  # of a text most words stand in it several times
def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word).replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold() or word
