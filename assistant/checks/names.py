"""Names in a sentence, and whether the cited article knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.finding import FINE, Finding, partly, unsupported

_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_STOPS = re.compile(r"(?:^|[.!?:…])\s{0,3}[\"“‘«»(]?\s{0,3}$|[\"“«]$")
_POSSESSIVE = re.compile(r"[’']s?$")
_COMMON = frozenset(
    "i a an and as at but by for he her his how if in it its no not of on or our she so some that the their then "
    "there these they this those to was we were what when where which while who why with yes you after although "
    "because before during since until mr mrs ms dr sir prof professor president minister prime governor senator "
    "chief executive king queen general director mayor judge chancellor secretary monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november "
    "december am pm ok".split()
)


def name_words(text: str) -> list[str]:
    """The capitalised words that do not only begin a sentence, and words with digits such as A380."""
    return [word for word, begins in _capitalised(text) if not begins]


def check_names(text: str, around: str, others: str) -> Finding:
    """The names of `text` must occur in `around`: the cited passages, their headlines and outlets.

    A word that begins a sentence is a name only if `others`, all that was offered, has it as one.
    """
    known = {_bare(word) for word in _WORD.findall(around)}
    acronyms = set(_initials(around))
    abbreviations = {_bare(word) for word in _WORD.findall(around) if word.replace(".", "").isupper()}
    elsewhere = {_bare(word) for word in name_words(others)} - known
    for word, begins in _capitalised(text):
        bare = _bare(word)
        if (begins and bare not in elsewhere) or _known(bare, known) or _short(word, text, acronyms, abbreviations):
            continue
        finding = unsupported if any(sign.isdigit() for sign in word) else partly
        return finding(f"{word} is not named in the cited passage")
    return FINE


def _capitalised(text: str) -> Iterator[tuple[str, bool]]:
    """Capitalised words, and whether each may be so only because it begins a sentence."""
    for match in _WORD.finditer(text):
        word = match[0]
        if not any(sign.isupper() for sign in word) or word[0].isdigit() or _bare(word) in _COMMON:
            continue
        followed = _WORD.match(text, match.end() + 1)
        begins = _STOPS.search(text[max(0, match.start() - 4) : match.start()]) is not None
        name = followed is not None and followed[0][0].isupper() and _bare(followed[0]) not in _COMMON
        yield word, begins and word[1:].islower() and not name


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).replace(".", "").replace("’", "'").casefold()


def _known(bare: str, known: set[str]) -> bool:
    """Known as it is, or as another form of the same name: Norway for Norwegian, Port for Port-based."""
    if bare in known:
        return True
    parts = bare.split("-")
    if len(parts) > 1 and all(part in known or part in _COMMON or part.islower() for part in parts[1:]):
        return parts[0] in known
    stem = bare[: max(4, len(bare) - 3)]
    return len(bare) > 4 and any(word.startswith(stem) and abs(len(word) - len(bare)) < 4 for word in known)


def _initials(text: str) -> Iterator[str]:
    """The initials of each run of capitalised words; "of" and "and" may stand in between."""
    for run in re.findall(
        r"(?<!\w)(?:[A-Z][\w’'-]{0,30}\s(?:(?:of|and|for|the|und)\s){0,2}){1,6}[A-Z][\w’'-]{0,30}", text
    ):
        letters = "".join(word[0] for word in run.split() if word[0].isupper()).casefold()
        yield from (letters[:end] for end in range(2, len(letters) + 1))


def _short(word: str, text: str, acronyms: set[str], abbreviations: set[str]) -> bool:
    """An acronym of a name that is known, or a name whose acronym is."""
    bare = _bare(word)
    if 2 <= len(bare) <= 6 and word.replace(".", "").isupper():
        return bare in acronyms
    runs = re.findall(
        rf"(?:[A-Z][\w’'-]{{0,30}}\s(?:of\s|and\s|for\s)?){{0,5}}{re.escape(word)}(?:\s(?:of\s|and\s)?[A-Z][\w’'-]{{0,30}}){{0,5}}",
        text,
    )
    return any(letters in abbreviations for run in runs for letters in _initials(run) if len(letters) > 1)
