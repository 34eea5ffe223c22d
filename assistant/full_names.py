"""The full name of somebody whom a sentence calls by the surname or a pronoun, out of the same article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.quotations import unquoted
from assistant.speech import bare_name, is_titled, name_runs, speakers
from ingest.archive.words import STOPWORDS
from ingest.language.sentences import sentences

_LONGEST = 20_000  # characters of an article that are read for names
_NEAR = 600  # characters before a sentence among which the one before it is sought
_AGE_OR_WHO = re.compile(r", (?:\d{1,2}(?=[,.;])|who\b)| \(\d{1,2}\)")
_EXPLAINED = re.compile(r", (?:the|an?|its|his|her|their|whose)\b|,? who\b")
_PLACED = re.compile(r"\b(?:in|at|across|near|outside|inside|throughout|the|a|an)\s+\Z", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:He|She)\b")
_OF_MORE = re.compile(r"\s?[&:]|-\w")  # "Selzer & Co.", "Health News:"
_BEGINS = re.compile(r"(?:\n|[.!?…][\"”’)]?\s)[\"“‘]?\Z")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?\Z")
_KIN = re.compile(
    r"\b(?:husband|wife|widow|widower|spouse|father|mother|parents?|son|sons|daughters?|brothers?|sisters?|siblings?"
    r"|twins?|uncle|aunt|cousins?|nephews?|nieces?|grand(?:father|mother|son|daughter)|family|couple)\b",
    re.IGNORECASE,
)
_DETERMINERS = frozenset("the a an his her their its my our your".split())
_INITIAL = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True)
class Addition:
    """Words of ours in a text: `words`, in square brackets, in place of what stands at start:end there."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class _Mention:
    """A name in an article, without titles: its words and where they begin and end."""

    words: tuple[str, ...]
    start: int
    end: int
    titled: bool


@dataclass(frozen=True)
class _Person:
    """Somebody whom an article calls by the full name, first where that ends."""

    given: str
    surname: str
    introduced: int


def full_names(text: str, start: int, end: int, known: Sequence[str] = ()) -> list[Addition]:
    """What completes the names in the sentence start:end of an article's text, by places in the sentence.

    Only for who is the one bearer of a surname and was introduced before by the full name; nothing is added between
    quotation marks, and nobody is completed whose full name is among the `known` texts.
    """
    said = unquoted(text[start:end])
    everyone = {one.surname: one for one in _people(text[:_LONGEST]).values() if one.introduced <= start}
    people = {key: one for key, one in everyone.items() if not any(_full(one) in it for it in (said, *known))}
    if _PRONOUN.match(said) and (who := _subject_before(text, start, everyone)) and who.surname in people:
        match = _PRONOUN.match(said)
        return [Addition(0, match.end() if match else 0, f"[{_full(who)}]")]
    found: dict[str, Addition] = {}
    for one in _mentions(said):
        alone = len(one.words) == 1 and not _OF_MORE.match(said, one.end)
        if alone and (who := people.get(one.words[0])):
            found.setdefault(who.surname, Addition(one.start, one.start, f"[{who.given}] "))
    return sorted(found.values(), key=lambda one: one.start)


def _full(person: _Person) -> str:
    return f"{person.given} {person.surname}"


def _subject_before(text: str, start: int, people: Mapping[str, _Person]) -> _Person | None:
    """Whom the sentence before begins with, where the article has named nobody else so far."""
    before = text[max(0, start - _NEAR) : start]
    last = next((before[one:two] for one, two in reversed(sentences(before))), "")
    named = list(_mentions(unquoted(last)))
    if len(people) != 1 or not named or any(one.titled or len(one.words) > 1 for one in named[1:]):
        return None
    who, first = people.get(named[0].words[-1]), bare_name(last[: named[0].end])
    return who if first == " ".join(named[0].words) else None


@lru_cache(maxsize=64)
def _people(text: str) -> Mapping[str, _Person]:
    """Those of whom the text has a full name, by surnames that one of them alone bears."""
    mentions = list(_mentions(text))
    fully: dict[str, list[_Mention]] = defaultdict(list)
    for one in mentions:
        if len(one.words) > 1:
            fully[one.words[-1]].append(one)
    alone = {one.words[0] for one in mentions if len(one.words) == 1}
    named = {key: _given(ones) for key, ones in fully.items() if key in alone}
    return {
        key: _Person(given, key, min(one.end for one in fully[key]))
        for key, given in named.items()
        if given
        and _bears_it_alone(text, key, given)
        and _is_person(text, key, fully[key], [one for one in mentions if one.words == (key,)])
    }


def _bears_it_alone(text: str, surname: str, given: str) -> bool:
    """Whether nobody else in the text may bear the surname: no relative, no "Mrs Lee", no "the younger Lee"."""
    if _KIN.search(text):
        return False
    for match in re.finditer(rf"(?:(\S+) )?(\S+) {re.escape(surname)}\b", text):
        article, before = (match[1] or "").lower(), match[2].strip("\"“”‘’'(")
        title = before[:1].isupper() and before.lower() not in STOPWORDS and before not in given.split()
        introduced = re.search(rf"\b{re.escape(before)} {re.escape(given)} {re.escape(surname)}\b", text)
        if (title and not introduced) or (article in _DETERMINERS and before not in given.split()):
            return False
    return True


def _given(mentions: Sequence[_Mention]) -> str:
    """The given names of the one who is mentioned; empty where it may be several people.

    Where there are three words in a row, once only, the first may be no name: "Republican Ann Lee".
    """
    counted = Counter(one.words[:-1] for one in mentions)
    nearest = {words[0] if _INITIAL.fullmatch(words[-1]) else words[-1] for words in counted}
    if len(nearest) > 1 or not nearest:
        return ""
    shortest = min(counted, key=lambda words: (-counted[words], len(words)))
    sure = len(shortest) == 1 or counted[shortest] > 1 or _INITIAL.fullmatch(shortest[1])
    return " ".join(shortest) if sure else ""


def _is_person(text: str, surname: str, full: Sequence[_Mention], lone: Sequence[_Mention]) -> bool:
    """Whether it is a person: with a title, an age or a "who"; or it speaks or is explained, and is no place."""
    if any(one.titled or _AGE_OR_WHO.match(text, one.end) for one in full):
        return True
    if re.search(rf"\b{re.escape(surname.lower())}\b", text) or any(
        _PLACED.search(text[max(0, one.start - 12) : one.start]) for one in [*full, *lone]
    ):
        return False
    if all(_BEGINS.search(text[max(0, one.start - 4) : one.start]) or not one.start for one in full):
        return False  # "Facing Republicans" at the beginning of a sentence is no name
    if any(_EXPLAINED.match(text, one.end) for one in [*full, *lone]):
        return True
    lines = {text.rfind("\n", 0, one.start) + 1 for one in [*full, *lone]}
    spoken = (name for at in lines for name in speakers(text[at : (text + "\n").index("\n", at)][:2000]))
    return any(name.split()[-1] == surname for name in spoken)


def _mentions(text: str) -> Iterator[_Mention]:
    """The names of a text, in order; two that stand on two lines, or are joined by "and", are two."""
    for run in name_runs(text):
        start = run.start()
        for piece in re.split(r"(\s(?:and|of)\s|\n\s*)", run[0]):
            bare = _SUFFIX.sub("", bare_name(piece))
            at = piece.rfind(bare) if bare else -1
            if at >= 0:
                yield _Mention(tuple(bare.split()), start + at, start + at + len(bare), is_titled(piece))
            start += len(piece)
