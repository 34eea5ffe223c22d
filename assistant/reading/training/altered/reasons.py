"""Causes, purposes and the order of events: turned round, exchanged for others of the article, or put in."""

from __future__ import annotations

import re

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.chains import EFFECT, chained
from assistant.reading.training.marked import Marked, capital, lowered, right

_INFINITIVE = re.compile(r"(?<=[a-z]) (?:in order )?to (?P<verb>[a-z]{3,})( [^,;.“”\"]{6,70})(?=[.,;])")
_REASON = re.compile(
    r"\b(?P<link>because of|due to|owing to|thanks to|as a result of|in response to|following|because|so that"
    r"|in case)"
    r" (?P<why>[^,;.“”\"]{5,90})(?=[,.;])"
)
_NOUNS = re.compile(r"\b(?:the|an?|its|his|her|their) [a-z]{4,}(?: [a-z]{4,}| of [a-z]{4,})?(?= |[,.;])")
_LINKS = ("because of ", "due to ", "in response to ", "despite ", "as a result of ")
_APART = re.compile(
    r"\b((?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)) (later|earlier|before|after)\b"
)
# Needs the sentence before in the evidence.
BEFORE = frozenset({"sentences in another order"})
_TURNED = {"later": "earlier", "earlier": "later", "before": "after", "after": "before"}


def _infinitives(case: Case, text: str) -> list[re.Match[str]]:
    return [
        place
        for place in _INFINITIVE.finditer(text)
        if (read := case.lexicon.read(place["verb"])) and (read.part, read.form) == ("v", "")
    ]


def purpose(case: Case) -> Marked | None:
    """What it was done for, or what was to be done, from another sentence."""
    own = _infinitives(case, case.text)
    others = [one[0] for text in case.source.near for one in _infinitives(case, text)]
    if not own or not others:
        return None
    place = case.chance.choice(own)
    return case.claim.altered(place.start() + 1, place.end(), case.chance.choice(others)[1:])


def purpose_put_in(case: Case) -> Marked | None:
    others = [one[0] for text in case.source.near for one in _infinitives(case, text)]
    if not others or not case.text.endswith("."):
        return None
    end = len(case.text) - 1
    new = case.chance.choice(others)
    return case.claim.altered(end, end, new if new.startswith(" in order") else f" in order{new}")


def reason(case: Case) -> Marked | None:
    """Another cause, of the same kind."""
    own = list(_REASON.finditer(case.text))
    if not own:
        return None
    place = case.chance.choice(own)
    clause = place["link"] in ("because", "so that", "in case")
    pattern = _REASON if clause else _NOUNS
    found = [one["why"] if clause else one[0] for text in case.source.near for one in pattern.finditer(text)]
    if clause and not found:
        return None
    found = [one for one in found if one not in case.text]
    return case.claim.altered(*place.span("why"), case.chance.choice(found)) if found else None


def reason_put_in(case: Case) -> Marked | None:
    found = [one[0] for text in case.source.near for one in _NOUNS.finditer(text) if one[0] not in case.text]
    if not found or not case.text.endswith("."):
        return None
    added = case.chance.choice(_LINKS) + case.chance.choice(found)
    if case.chance.random() < 0.4:
        rest = lowered(case.claim)
        return Marked(added[0].upper() + added[1:], "x" * len(added)) + ", " + rest
    end = len(case.text) - 1
    return case.claim.altered(end, end, f" {added}")


def effect(case: Case) -> Marked | None:
    """Cause and effect, or earlier and later, in each other's place."""
    found = EFFECT.match(case.text)
    if not found:
        return None
    one, two = lowered(case.claim[slice(*found.span("one"))]).text, found["two"]
    return capital(case.claim.altered(*found.span("two"), one).altered(*found.span("one"), two))


def time_apart(case: Case) -> Marked | None:
    """Ten minutes earlier for ten minutes later."""
    if not (place := _APART.search(case.text)):
        return None
    return case.claim.altered(*place.span(2), _TURNED[place[2]])


def chain(case: Case) -> Marked | None:
    """What two sentences tell as first and second, or as cause and effect, the other way round."""
    if not (found := chained(case.source)):
        return None
    first, second = (text.rstrip(".") for text in (found.first, found.second))
    one, link, two = (first, " after ", second) if found.order else (first, " because ", second)
    if case.chance.random() < 0.3:
        one, link, two = (second, " before ", first) if found.order else (second, " although ", first)
    two = lowered(right(two)).text
    made = one + link + two + "."
    return capital(Marked(made, "." * len(one) + "x" * len(link) + "." * (len(two) + 1)))


WAYS: dict[str, Way] = {
    "purpose": purpose,
    "purpose put in": purpose_put_in,
    "reason": reason,
    "reason put in": reason_put_in,
    "cause and effect": effect,
    "time apart": time_apart,
    "sentences in another order": chain,
}
