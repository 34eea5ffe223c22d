"""The whole for a part of it, all for some, and shares of something else."""

from __future__ import annotations

import re

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.english import NUMBER
from assistant.reading.training.marked import Marked, capital

_NUMBERS = f"one|{NUMBER}|twenty|dozens|hundreds|thousands"
_SHARE = (
    rf"(?:{_NUMBERS}|some|most|many|half|parts?|several|a third|two[- ]thirds|a quarter|three[- ]quarters|both"
    rf"|all but \w+"
    r"|a (?:few|majority|minority|number|handful|portion|section)|\d[\d.,]*(?: percent| per cent|%)?)"
)
_DETERMINER = r"(?:the|its|his|her|their|our|these|those)"
_PART_OF = re.compile(
    rf"\b(?:about |only |nearly |almost |at least |more than )?{_SHARE} of (?P<whole>{_DETERMINER}(?: \d+|"
    rf" (?:{_NUMBERS}))?"
    r"(?: (?!of\b|in\b|to\b|who\b|that\b|and\b)[\w’-]+){1,2})",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"(?<!in )(?<!since )\b(?:\d{{1,3}}(?:,\d{{3}})*|{_NUMBERS}|some|many|most|several|few|a few|(?:dozens"
    rf"|hundreds|thousands) of)"
    r" (?=(?:(?!of|from|to|in|and|or|who|that|on)[a-z]+ )?[a-z]{3,}s\b)",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r",? \b(?:including|such as|among them|for example|for instance|especially|notably)\b,? ")
_OF_WHAT = re.compile(
    r"(?:\bpercent|\bper cent|%|\bhalf|\bthirds?|\bquarters?|\bfifth|\bmajority|\bminority|\bmost|\bshare"
    r"|\bproportion"
    rf"|\bnumber|\bone in \w+|\b(?:{_NUMBERS})|\d)(?: of)?(?: the| all| its| their| those| registered)?"
    rf" ([a-z]{{4,}})\b"
)
_PLACE = re.compile(r"(?<=[a-z] )(?:in|at|on|from|near) (?:the )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*(?=[.,])")
_EVERYWHERE = ["worldwide", "everywhere", "throughout the country", "in every country", "all over the continent"]
_BEFORE = re.compile(r"(?<=[a-z]) (?=(?:in|on|at|for|from|with|to|during|by) (?:the |an? )?[A-Z\d])")


def whole(case: Case) -> Marked | None:
    """What is told of a part is told of the whole."""
    places = list(_PART_OF.finditer(case.text))
    if not places:
        return None
    place = case.chance.choice(places)
    start, end = place.span("whole")
    lead = case.chance.choice(("", "", "all ", "all of "))
    made = case.claim[: place.start()] + Marked(lead, "x" * len(lead)) + case.claim.marked(start, end)[start:]
    return capital(made) if not place.start() else made


def everything(case: Case) -> Marked | None:
    """All, or none, for a number or some."""
    places = list(_MANY.finditer(case.text))
    if not places:
        return None
    place = case.chance.choice(places)
    new = case.chance.choice(("all ", "all ", "all the ", "the only ", "no "))
    made = case.claim.altered(*place.span(), new)
    return capital(made) if not place.start() else made


def nothing_else(case: Case) -> Marked | None:
    """What is an example becomes the whole list."""
    place = _INCLUDING.search(case.text)
    if not place:
        return None
    return case.claim.altered(*place.span(), case.chance.choice((", namely only ", ", that is only ", " and only ")))


def only_there(case: Case) -> Marked | None:
    if not (places := list(_BEFORE.finditer(case.text))):
        return None
    end = case.chance.choice(places).end()
    return case.claim.altered(end, end, case.chance.choice(("only ", "exclusively ", "nowhere but ")))


def share_of(case: Case) -> Marked | None:
    """A share or a number of other people or things."""
    places = [
        place for place in _OF_WHAT.finditer(case.text) if (read := case.lexicon.read(place[1])) and read.part == "n"
    ]
    if not places:
        return None
    place = case.chance.choice(places)
    near = [word for text in case.source.near[:6] for word in re.findall(r"\b[a-z]{4,}\b", text)]
    if case.chance.random() < 0.5:
        near = case.lexicon.wordnet.cousins(place[1]) or near
    found = [word for word in case.lexicon.common(near) if case.lexicon.fits(place[1], word)]
    found = [word for word in found if word not in case.text]
    return case.claim.altered(*place.span(1), case.chance.choice(found)) if found else None


def widened(case: Case) -> Marked | None:
    """Everywhere for one place."""
    if not (places := list(_PLACE.finditer(case.text))):
        return None
    return case.claim.altered(*case.chance.choice(places).span(), case.chance.choice(_EVERYWHERE))


WAYS: dict[str, Way] = {
    "whole for a part": whole,
    "all for some": everything,
    "nothing else": nothing_else,
    "only there": only_there,
    "share of something else": share_of,
    "everywhere": widened,
}
