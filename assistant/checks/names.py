"""Names in a sentence, and whether the cited article knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.checks.finding import FINE, Finding, partly, unsupported
from ingest.language.calendar import calendar, folded_word
from ingest.language.names import in_short, same_people
from ingest.language.speech import TITLES, name_runs
from ingest.language.stems import stems
from ingest.language.tongues import ENGLISH, function_words
from ingest.language.units import UNITS, WORDS

_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_STOPS = re.compile(r"(?:^|[.!?:…])\s{0,3}[\"“‘«»(]?\s{0,3}$|[\"“«]$")
_ENDINGS = frozenset("s es n ns an ans ian ians ic ist ists ism ish ese i is er ers".split())
_LONG_ENOUGH = 4  # letters of a word that may be a name where it begins a sentence


def check_names(text: str, around: str, others: str, written: Iterable[str] = ()) -> Finding:
    """The names of `text` must occur in `around`: the cited passages, their headlines and outlets.

    A word that begins a sentence is a name if `others`, all that was offered, has it as one, or if it is nowhere
    `written` in small letters, in the whole of the articles.
    """
    text, around = in_short(text), in_short(around)
    known, acronyms = _words(around), set(initials(around))
    abbreviations = {_bare(word) for word in _WORD.findall(around) if word.isupper()}
    elsewhere = _inside(others) - known
    for word, begins in _capitalised(text):
        bare = _bare(word)
        if begins and bare not in elsewhere and _ordinary(bare, written):
            continue
        if not (bare.replace("&", "") in acronyms or _known(bare, known) or _at_length(word, text, abbreviations)):
            finding = unsupported if any(sign.isdigit() for sign in word) else partly
            return finding(f"{word} is not named in the cited passage")
    return FINE


def initials(text: str) -> Iterator[str]:
    """The initials of each run of capitalised words without an article; "of" and "and" may stand in between."""
    for run in name_runs(text):
        letters = "".join(word[0] for word in re.sub(r"^(?:The|A|An) ", "", run[0]).split() if word[0].isupper())
        yield from (letters[:end].casefold() for end in range(2, len(letters) + 1))


@lru_cache(maxsize=64)  # of one answer all that was offered is read for each of its sentences
def _inside(text: str) -> frozenset[str]:
    """The names that stand inside sentences."""
    return frozenset(_bare(word) for word, begins in _capitalised(text) if not begins)


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(map(_bare, _WORD.findall(text)))


@lru_cache(maxsize=256)  # of one answer the same articles are read for each of its sentences
def _small_stems(text: str) -> frozenset[str]:
    """The stems of the words that stand in small letters."""
    return stems(" ".join(filter(str.islower, _WORD.findall(text))))


def _ordinary(bare: str, written: Iterable[str]) -> bool:
    """Whether a word that begins a sentence is likely to be no name."""
    if len(bare) < _LONG_ENOUGH or bare.split("-", maxsplit=1)[0] in WORDS or bare.endswith(("ly", "ing", "ed")):
        return True
    stem = stems(bare)
    return not stem or any(stem & _small_stems(text) for text in written)


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    """Capitalised words, and whether each may be so only because it begins a sentence."""
    for match in _WORD.finditer(text):
        word = match[0]
        if not any(sign.isupper() for sign in word) or word[0].isdigit() or _nameless(word):
            continue
        followed = _WORD.match(text, match.end() + 1)
        begins = _STOPS.search(text[max(0, match.start() - 4) : match.start()]) is not None
        name = followed is not None and followed[0][0].isupper() and not _nameless(followed[0])
        yield word, begins and word[1:].islower() and not name


@lru_cache(maxsize=8192)
def _nameless(word: str) -> bool:
    """Whether it is written with a capital and names nobody: a title, a month, a currency, the word "I"."""
    bare, dates = _bare(word), calendar()
    dated = bare in dates.weekdays or dates.month(bare, ENGLISH, only=True) is not None
    small = not word.isupper() or len(word) == 1
    return bare in TITLES or bare in UNITS or dated or (small and bare in function_words(ENGLISH))


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    return folded_word(re.sub(r"[’']s?$", "", word).replace(".", "").replace("’", "'"))


def _known(bare: str, known: frozenset[str]) -> bool:
    """Known as it is, or as another form of the same name: Norway for Norwegian, Port for Port-based."""
    if bare in known or same_people(bare, known):
        return True
    first, *parts = bare.split("-")
    if parts and not first.isdigit():
        return first in known
    return len(bare) > 3 and any(_one_name(bare, word) for word in known if word[:3] == bare[:3])


def _one_name(one: str, other: str) -> bool:
    """Whether two names differ by an ending alone."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def _at_length(word: str, text: str, abbreviations: set[str]) -> bool:
    """Whether it is part of a name that is abbreviated there."""
    return any(letters in abbreviations for run in name_runs(text) if word in run[0] for letters in initials(run[0]))
