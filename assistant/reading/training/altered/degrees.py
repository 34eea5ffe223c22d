"""How much, how often and how surely: words of degree exchanged or put in."""

from __future__ import annotations

import re
from functools import partial

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.marked import Marked

_ADVERB = re.compile(r"(?<=[a-z,] )[a-z]{2,}ly(?= [a-z])")
_BEFORE_VERB = re.compile(
    r"\b(?:was|were|is|are|been|has|have|had) (?=[a-z]{3,}(?:ed|en)\b)"
    r"|(?<=[a-z]) (?=[a-z]{3,}ed (?:the|an?|his|her|its|their|to|in|by|for)\b)"
)
_BEFORE_NOUN = re.compile(r"\b(the|an?|his|her|its|their) (?=([a-z]{4,})\b)")
_EVERY = re.compile(
    r"\b(?:every|each|once a|twice a) (?:[a-z]+ )?(?:second|minute|hour|day|week|month|year|decade)s?\b"
)
_OFTEN = [
    f"{often} {time}"
    for often in ("every", "once a", "twice a", "every other", "every five", "three times a")
    for time in ("day", "week", "month", "year")
]
_TRIED = 12  # words, of which one is to fit
_ALWAYS = ["regularly", "at all times", "for the first time", "several times", "only once", "on most days", "again"]


def adverb(case: Case) -> Marked | None:
    """Another adverb, which says something else."""
    places = list(_ADVERB.finditer(case.text))
    if not places:
        return None
    place = case.chance.choice(places)
    found = [word for word in _some(case, case.lexicon.adverbs) if case.lexicon.fits(place[0], word)]
    return case.claim.altered(*place.span(), found[0]) if found else None


def adverb_put_in(case: Case) -> Marked | None:
    places = list(_BEFORE_VERB.finditer(case.text))
    found = _some(case, case.lexicon.adverbs)
    if not places or not found:
        return None
    end = case.chance.choice(places).end()
    return case.claim.altered(end, end, f"{found[0]} ")


def adjective_put_in(case: Case) -> Marked | None:
    """Before a noun that has none."""
    places = [
        place
        for place in _BEFORE_NOUN.finditer(case.text)
        if (read := case.lexicon.read(place[2])) and read.part == "n"
    ]
    if not places:
        return None
    place = case.chance.choice(places)
    found = _some(case, case.lexicon.adjectives)
    if place[1] in ("a", "an"):
        found = [word for word in found if (word[0] in "aeiou") == (place[1] == "an")]
    return case.claim.altered(place.end(), place.end(), f"{found[0]} ") if found else None


def _some(case: Case, words: list[str]) -> list[str]:
    return case.chance.sample(words, min(_TRIED, len(words)))


def often(case: Case) -> Marked | None:
    """Every five years for every year."""
    if not (place := _EVERY.search(case.text)):
        return None
    return case.claim.altered(*place.span(), case.chance.choice([one for one in _OFTEN if one != place[0]]))


def often_put_in(case: Case) -> Marked | None:
    if not case.text.endswith("."):
        return None
    end = len(case.text) - 1
    return case.claim.altered(end, end, f" {case.chance.choice(_ALWAYS + _OFTEN)}")


def _put_before(pattern: re.Pattern[str], words: list[str], case: Case) -> Marked | None:
    if not (places := list(pattern.finditer(case.text))):
        return None
    start = case.chance.choice(places).start()
    return case.claim.altered(start, start, case.chance.choice(words))


_SURE = re.compile(r"(?<=[a-z] )(?=(?:is|was|are|were|will|has|have|had) [a-z])")

WAYS: dict[str, Way] = {
    "adverb": adverb,
    "adverb put in": adverb_put_in,
    "adjective put in": adjective_put_in,
    "how often": often,
    "how often put in": often_put_in,
    "certainty put in": partial(_put_before, _SURE, ["certainly ", "undoubtedly ", "probably ", "allegedly "]),
}
