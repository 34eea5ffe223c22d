"""The outlets that a question names as its sources: "according to the Harbour Post", "what does the Tide report"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.english import PIECE
from ingest.language.text import CAPITALS, letters

_SECTION = re.compile(r"\s+[-–|]\s+.*|:\s.*", re.DOTALL)
_DOMAIN = re.compile(r"(?:www\.|edition\.|m\.|amp\.)?([a-z0-9-]{1,63})(?:\.(?:co|com|org|net|gov|ac))?\.[a-z]{2,}")
_OPEN, _CLOSE = r"['\"“‘]?", r"['\"”’]?"
_ITS = (
    rf"{PIECE}|reviews?|posts?|blog|news|headlines?|account|version|views?|opinion|take|magazine|newspaper|website"
    r"|profile|survey|poll|journalists?|reporters?|writers?"
)
_TELLS = (
    r"say|write|report|suggest|claim|mention|describe|state|argue|indicate|publish|cover|attribute|credit|highlight"
    r"|discuss|note|reveal|predict|anticipate|portray|detail|characteri[sz]e|express|allege|present|focus|quote|cite"
    r"|explain|imply|depict|provide|emphasi[sz]e|announce|confirm|differ|agree|disagree"
)
_TOLD = rf"(?:{_TELLS})(?:s|es|d|ed)?|says|said|wrote|written|covering|reporting|implie[sd]"
# What an outlet does, or suffers, like any other firm; it tells nothing by that.
_DEED = (
    r"(?:acquir|hir|fir|dismiss|own|employ|sponsor|su|found|launch|host|organi[sz]|pa|settl|clos|lay|suspend|appoint"
    r"|partner|merg|sign|cancel|interview)(?:ed|s|es|id)|bought|sold|won|lost|paid|ran|led"
)
_LEAD = rf"\s+(?:both |either |the |an? |another )*{_OPEN}\Z"
# What stands before the name of a source, and what stands after it.
_BEFORE = re.compile(
    rf"(?:\b(?:according to|as per|per|in|from|via|both)|\b(?:{_ITS}) (?:of|on)"
    rf"|\b(?!(?:{_DEED}),? by)\w+,? by){_LEAD}",
    re.IGNORECASE,
)
_MARKS = "'\"“”‘’, "
_LEADS_TO = re.compile(
    rf"(?<![,\s])[,\s]{{0,4}}(?:\b(?:according to|as (?:\w+ )?(?:per|by|in)|per|in|from|via|by|and|or))?"
    rf"\s{{0,2}}(?:\b(?:both|either|the|an?|another)\s+){{0,3}}{_OPEN}\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\A{_CLOSE}(?:['’]s?)?\s+(?:(?:[a-z]+\s+){{0,2}}?(?:{_ITS}|{_TOLD})\b|(?!(?:{_DEED})\b)[a-z]+ed\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"\A{_CLOSE}(?:['’]s)?\s{{0,2}}(?:,|,?\s{{0,2}}(?:and|or|nor|versus|vs\.?)|&)\s*(?:both |the )*{_OPEN}\Z"
)
# "the Tide's report on the dam": a piece of its own is no more what is asked about than the outlet itself.
_ITS_PIECE = re.compile(
    rf"\A{_CLOSE}(?:['’]s?)?\s+(?!(?:reports?|interviews?)\b){PIECE}\b",
    re.IGNORECASE,  # as verbs they stay
)
# "In Ann Marlow's first hundred days" is no piece of an outlet of that name.
_WITHIN, _OWNS = (re.compile(one, re.IGNORECASE) for one in (rf"\b(?:in|from){_LEAD}", rf"\A{_CLOSE}['’]s\b"))
_GOES_ON = re.compile(rf"\A\s+[{CAPITALS}0-9]")  # "Fortune 500", "Age of Empires" are other names


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    outlets: frozenset[str]


def named_outlets(question: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """Those of the archive's outlets that the question asks to hear, as the archive spells them.

    An outlet that the question is about, "why did the Tide dismiss its editor", is none of them.
    """
    return tuple(sorted({outlet for one in _heard(question, tuple(outlets)) for outlet in one.outlets}))


def named_sources(question: str, outlets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The same by the names that the question has for them: a name may stand for several sections of an outlet."""
    heard = _heard(question, tuple(outlets))
    by_outlets = {one.outlets: question[one.start : one.end] for one in reversed(heard)}
    return {name: tuple(sorted(meant)) for meant, name in reversed(by_outlets.items())}


def source_spans(question: str, outlets: Iterable[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where each of the outlets stands that the question asks to hear, and how the archive spells it."""
    return [(one.start, one.end, tuple(sorted(one.outlets))) for one in _heard(question, tuple(outlets))]


def without_sources(question: str, outlets: Iterable[str]) -> str:
    """The question for everyone: "how long is the crack, according to the Tide?" without its last words."""
    return without_spans(question, [(one.start, one.end) for one in _heard(question, tuple(outlets))])


def without_spans(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """The question without the names of sources that stand there, and the words that only lead to them."""
    for start, end in reversed(spans):
        before = _LEADS_TO.sub("", question[:start])
        after = _ITS_PIECE.sub("", question[end:], count=1)
        question = f"{before.rstrip(_MARKS)} {after.lstrip(_MARKS)}"
    return " ".join(question.split()).replace(" ?", "?")


@lru_cache(maxsize=64)  # a question is read for its sources, and again without them
def _heard(question: str, outlets: tuple[str, ...]) -> tuple[_Mention, ...]:
    """Where the outlets are named that are to be heard."""
    groups = _groups(question, _mentions(question, outlets))
    return tuple(one for group in groups if any(_is_source(question, one) for one in group) for one in group)


def _mentions(question: str, outlets: Sequence[str]) -> list[_Mention]:
    """Where outlets are named; of names that overlap the longest."""
    asked = letters(question)
    meant: dict[str, set[str]] = {}
    for outlet in outlets:
        for name in _names(outlet):
            if name in asked:
                meant.setdefault(name, set()).add(outlet)
    every = [
        _Mention(match.start(), match.end(), frozenset(named))
        for name, named in meant.items()
        for match in re.finditer(_spelled(name), question, re.IGNORECASE)
    ]
    found: list[_Mention] = []
    for one in sorted(every, key=lambda one: one.start - one.end):
        apart = all(one.end <= other.start or other.end <= one.start for other in found)
        if apart and _is_name(question, one):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=10_000)
def _names(outlet: str) -> frozenset[str]:
    """The letters of what an outlet is called: in full, without its section, "The" or "News"; of a host its name."""
    whole = _SECTION.sub("", outlet)
    host = _DOMAIN.fullmatch(outlet.casefold())
    names = {outlet, whole, re.sub(r"\s+news\Z", "", whole, flags=re.IGNORECASE), host[1] if host else ""}
    names |= {re.sub(r"\Athe\s*(?=\w{3})", "", name, flags=re.IGNORECASE) for name in names}
    return frozenset(spelt for name in names if len(spelt := letters(name)) > 1)


def _spelled(name: str) -> str:
    """A pattern of a name in these letters, with whatever stands between them."""
    return r"(?<!\w)" + r"\W{0,3}".join(name) + r"(?!\w)"


def _is_name(question: str, one: _Mention) -> bool:
    """Whether it is written as a name, and not the beginning of a longer one."""
    written = question[one.start : one.end]
    typed_small = question.islower() and " " in written.removeprefix("the ")
    return (typed_small or not written[:1].islower()) and (not _GOES_ON.match(question[one.end :]) or one.start == 0)


def _groups(question: str, mentions: Sequence[_Mention]) -> list[list[_Mention]]:
    """Names that are listed together: what is said of one is said of all."""
    groups: list[list[_Mention]] = []
    for one in mentions:
        if groups and _BETWEEN.match(question[groups[-1][-1].end : one.start]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _is_source(question: str, one: _Mention) -> bool:
    before, after = question[: one.start], question[one.end :]
    led_to = _BEFORE.search(before) and not (_WITHIN.search(before) and _OWNS.match(after))
    return bool(led_to or _AFTER.match(after))
