"""The full name of somebody whom a sentence calls by the surname, out of the same article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.english import SUFFIXES
from ingest.language.quotations import unquoted
from ingest.language.sentences import OPENING, STOPS
from ingest.language.speech import bare_name, is_titled, name_runs, speakers

_LONGEST = 20_000  # characters of an article that are read for names
_LONGEST_LINE = 2_000  # characters of a line of it in which a speaker is sought
_SEVERAL = re.compile(r"(\s(?:and|of)\s|[’']s?\s|\n\s*)")  # what stands between two names
_AGE_OR_WHO = re.compile(r", (?:\d{1,2}(?=[,.;])|who\b)| \(\d{1,2}\)")
_WHICH = re.compile(r"\b(?:the|an?|his|her|its|their)( [a-z]+)? \Z|\b(?:in|at) \Z", re.IGNORECASE)
_KIN = re.compile(
    r"\b(?:husband|wife|widow|father|mother|parent|son|daughter|brother|sister|sibling|twin|uncle|aunt|cousin|nephew"
    r"|niece|grand(?:father|mother|son|daughter)|family|couple)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Addition:
    """Words of ours in a text: `words`, in square brackets, in place of what stands at start:end there."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class _Mention:
    """A name in an article: its words without the title, where they begin and end, and the title."""

    words: tuple[str, ...]
    start: int
    end: int
    title: str


@dataclass(frozen=True)
class _Person:
    """Somebody whom an article calls by the full name, first where that ends."""

    given: str
    introduced: int


def full_names(text: str, start: int, end: int, known: Sequence[str] = ()) -> list[Addition]:
    """What completes the names in the sentence start:end of an article's text, by places in the sentence.

    Only for who is the one bearer of a surname and was introduced before by the full name; nothing is added between
    quotation marks, and nobody is completed whose full name is among the `known` texts.
    """
    said = unquoted(text[start:end])
    people = _people(text[:_LONGEST])
    found: dict[str, Addition] = {}
    for one in _mentions(said):
        who = people.get(one.words[0]) if len(one.words) == 1 else None
        of_more = said[one.end : one.end + 2].lstrip()[:1] in tuple("&:-")  # "Selzer & Co.", "Health News:"
        if who and who.introduced <= start and not of_more:
            full = f"{who.given} {one.words[0]}"
            if not any(full in told for told in (said, *known)):
                found.setdefault(one.words[0], Addition(one.start, one.start, f"[{who.given}] "))
    return list(found.values())


@lru_cache(maxsize=64)
def _people(text: str) -> Mapping[str, _Person]:
    """Those of whom the text has a full name, by surnames that one of them alone bears."""
    if _KIN.search(text):
        return {}
    full, alone = defaultdict[str, list[_Mention]](list), defaultdict[str, list[_Mention]](list)
    for one in _mentions(text):
        (full if len(one.words) > 1 else alone)[one.words[-1]].append(one)
    return {
        surname: _Person(given, min(one.end for one in full[surname]))
        for surname in full.keys() & alone.keys()
        if (given := _given(full[surname])) and _is_one_person(text, full[surname], alone[surname])
    }


def _given(full: Sequence[_Mention]) -> str:
    """The given name, or one and an initial, that all have; empty where it may be several people's, or no name."""
    several = {one.words[:-1] for one in full}
    shortest = min(several, key=len)
    plain = len(shortest) == 1 or (len(shortest) == 2 and len(shortest[1].strip(".")) == 1)
    return " ".join(shortest) if plain and all(one[-len(shortest) :] == shortest for one in several) else ""


def _is_one_person(text: str, full: Sequence[_Mention], alone: Sequence[_Mention]) -> bool:
    """Whether it is a person, with a title, an age or a "who", or who speaks; and nobody else: no "Mrs Lee"."""
    titles = {one.title for one in full}
    which = [found for one in alone if (found := _WHICH.search(text[max(0, one.start - 30) : one.start]))]
    if any(one.title and one.title not in titles for one in alone) or any(found[1] for found in which):
        return False
    if any(titles):
        return True
    surname = full[0].words[-1]
    inside = [one for one in full if text[: one.start].rstrip(OPENING)[-1:] not in {"", "\n", *STOPS}]
    if which or not inside or f" {surname.lower()} " in text:
        return False
    return any(_AGE_OR_WHO.match(text, one.end) for one in full) or _speaks(text, surname)


def _speaks(text: str, surname: str) -> bool:
    lines = (line[:_LONGEST_LINE] for line in text.split("\n") if surname in line)
    return any(name.split()[-1] == surname for line in lines for name in speakers(line))


def _mentions(text: str) -> Iterator[_Mention]:
    """The names of a text, in order; two that stand on two lines, or are joined by "and", are two."""
    for run in name_runs(text):
        start = run.start()
        for piece in _SEVERAL.split(run[0]):
            bare = bare_name(piece)
            at, words = piece.rfind(bare), bare.split()
            if len(words) > 1 and words[-1].casefold() in SUFFIXES:
                words = words[:-1]
            if words:
                title = piece[:at].split()[-1] if is_titled(piece) else ""
                yield _Mention(tuple(words), start + at, start + at + len(bare), title)
            start += len(piece)
