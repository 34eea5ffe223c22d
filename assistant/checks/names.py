"""Names in a sentence, and whether the cited article knows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from assistant.checks.finding import FINE, Finding, partly, unsupported
from assistant.checks.units import UNITS, WORDS
from assistant.checks.wording import stems
from assistant.names import same_people
from ingest.language.text import CAPITALS
from ingest.language.tongues import ENGLISH, function_words

_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_STOPS = re.compile(r"(?:^|[.!?:…])\s{0,3}[\"“‘«»(]?\s{0,3}$|[\"“«]$")
_ARTICLE = re.compile(r"^(?:The|A|An)\s")
_ENDINGS = frozenset("s es n ns an ans ian ians ic ist ists ism ish ese i is er ers".split())
# Endings of words that begin sentences and are no names: plurals, adverbs, verbs, and what is made of them.
_NO_NAME = ("ly", "ing", "ed", "ers", "ors", "ists", "ians", "ment", "ness", "tion", "sion", "ity", "ies", "ings")
_SHORT = {"us": ("america", "american", "americans"), "uk": ("britain", "british")}
_RUN = re.compile(rf"(?<![\w’'-])[{CAPITALS}][\w’'-]{{1,30}}(?: [{CAPITALS}][\w’'-]{{1,30}}){{1,6}}")
_POSSESSIVE = re.compile(r"[’']s?$")
_COMMON = frozenset(
    "i a an and as at but by for he her his how if in it its no not of on or our she so some that the their then "
    "there these they this those to was we were what when where which while who why with yes you after although "
    "because before during since until mr mrs ms dr sir prof professor president minister prime governor senator "
    "chief executive king queen general director mayor judge chancellor secretary monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november "
    "december am pm ok".split()
)
_NAMELESS = _COMMON | UNITS.keys()  # currencies, too, which are written in capitals


@lru_cache(maxsize=64)  # of one answer all that was offered is read for each of its sentences
def name_words(text: str) -> tuple[str, ...]:
    """The capitalised words that do not only begin a sentence, and words with digits such as A380."""
    return tuple(word for word, begins in _capitalised(text) if not begins)


def check_names(text: str, around: str, others: str, written: Iterable[str] = ()) -> Finding:
    """The names of `text` must occur in `around`: the cited passages, their headlines and outlets.

    A word that begins a sentence is a name if `others`, all that was offered, has it as one, or if it is nowhere
    `written` in small letters, in the whole of the articles.
    """
    known = {_bare(word) for word in _WORD.findall(around)}
    acronyms = set(initials(around))
    abbreviations = {_bare(word) for word in _WORD.findall(around) if word.replace(".", "").isupper()}
    elsewhere = {_bare(word) for word in name_words(others)} - known
    for word, begins in _capitalised(text):
        bare = _bare(word)
        if begins and bare not in elsewhere and _ordinary(bare, written):
            continue
        if _known(bare, known) or _short(word, text, acronyms, abbreviations):
            continue
        finding = unsupported if any(sign.isdigit() for sign in word) else partly
        return finding(f"{word} is not named in the cited passage")
    if mixed := next(_mixed(text, around), None):
        return partly(f"the cited passage does not name {mixed}")
    return FINE


def _mixed(text: str, around: str) -> Iterator[str]:
    """Names of which one part belongs to one name of the cited passages, and the next to another."""
    known = [[_bare(word) for word in run.split()] for run in _RUN.findall(around)]
    for run in _RUN.findall(text):
        for one, other in pairwise(run.split()):
            pair = (_bare(one), _bare(other))
            holding = [[part for part in pair if part in parts] for parts in known if len(parts) > 1]
            if not _NAMELESS.isdisjoint(pair):
                continue
            if [pair[0]] in holding and [pair[1]] in holding and list(pair) not in holding:
                yield f"{one} {other}"


def _ordinary(bare: str, written: Iterable[str]) -> bool:
    """Whether a word that begins a sentence is likely to be no name."""
    if (
        bare.endswith(_NO_NAME)
        or len(bare) < 4
        or bare in function_words(ENGLISH)
        or bare.split("-", maxsplit=1)[0] in WORDS
    ):
        return True
    stem = stems(bare)
    return not stem or any(stem & small_stems(text) for text in written)


@lru_cache(maxsize=256)  # of one answer the same articles are read for each of its sentences
def small_stems(text: str) -> frozenset[str]:
    """The stems of the words that stand in small letters."""
    return stems(" ".join(word for word in _WORD.findall(text) if word.islower()))


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    """Capitalised words, and whether each may be so only because it begins a sentence."""
    for match in _WORD.finditer(text):
        word = match[0]
        if not any(sign.isupper() for sign in word) or word[0].isdigit() or _bare(word) in _NAMELESS:
            continue
        followed = _WORD.match(text, match.end() + 1)
        begins = _STOPS.search(text[max(0, match.start() - 4) : match.start()]) is not None
        name = followed is not None and followed[0][0].isupper() and _bare(followed[0]) not in _COMMON
        yield word, begins and word[1:].islower() and not name


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word).replace(".", "").replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def _known(bare: str, known: set[str]) -> bool:
    """Known as it is, or as another form of the same name: Norway for Norwegian, Port for Port-based."""
    if bare in known or same_people(bare, known):
        return True
    parts = bare.split("-")
    if len(parts) > 1 and all(part in known or part in _COMMON or part.islower() for part in parts[1:]):
        return parts[0] in known
    return len(bare) > 3 and any(_one_name(bare, word) for word in known if word[:3] == bare[:3])


def _one_name(one: str, other: str) -> bool:
    """Whether two names differ by an ending alone, or by how a letter is written."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def initials(text: str) -> Iterator[str]:
    """The initials of each run of capitalised words without an article; "of" and "and" may stand in between."""
    for run in re.findall(
        rf"(?<!\w)(?:[{CAPITALS}][\w’'-]{{0,30}}\s(?:(?:of|and|for|the|und|&)\s){{0,2}}){{1,6}}[{CAPITALS}][\w’'-]{{0,30}}",
        text,
    ):
        words = _ARTICLE.sub("", run).split()
        letters = "".join(word[0] for word in words if word[0].isupper()).casefold()
        yield from (letters[:end] for end in range(2, len(letters) + 1))


def _short(word: str, text: str, acronyms: set[str], abbreviations: set[str]) -> bool:
    """An acronym of a name that is known, or a name whose acronym is."""
    bare = _bare(word)
    if 2 <= len(bare) <= 6 and word.replace(".", "").isupper():
        return bare.replace("&", "") in acronyms
    if any(short in abbreviations for short, names in _SHORT.items() if bare in names):
        return True
    runs = re.findall(
        rf"(?:[{CAPITALS}][\w’'-]{{0,30}}\s(?:of\s|and\s|for\s)?){{0,5}}{re.escape(word)}(?:\s(?:of\s|and\s)?[{CAPITALS}][\w’'-]{{0,30}}){{0,5}}",
        text,
    )
    return any(letters in abbreviations for run in runs for letters in initials(run) if len(letters) > 1)
