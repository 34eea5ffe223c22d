"""Somebody or something else of the evidence itself in place of who did it, who said it or what it was done to."""

from __future__ import annotations

import re

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.english import DAY, NAME
from assistant.reading.training.marked import Marked, capital
from assistant.reading.training.passages import names

_VERB = r"(?:is|was|were|are|has|had|have|will|would|said|says|[a-z]{3,}ed|began|made|won|took|became|led|wrote)"
_SUBJECT = re.compile(
    r"^(?!(?:It|This|That|There|He|She|They|We|I|In|On|At|As|Before|After|When|While|If|Since|Although|Though"
    r"|But|And|So"
    r"|For|By|With|From|Because|Despite|During|Of|Other|Each|What|Who|Where|How|Not)\b)"
    rf"((?:The |An? )?[\w’-]+(?: [\w’-]+){{0,3}}?)(?= {_VERB}\b)"
)
_THING = re.compile(
    r"(?<=[a-z] )the [a-z]{4,}(?: [a-z]{4,})?(?= (?:of|in|and|was|were|is|to|for|that|by|on|at)\b|[,.;])"
)
_SAYS = r"(?:said|says|told|added|argued|wrote|announced|explained|warned|claimed|noted|believed|stated|according to)"
_SPEAKER = re.compile(rf"\b(?:said|says|added|according to|by) (?P<after>{NAME})|(?P<before>{NAME})(?= {_SAYS}\b)")
_SAYING = re.compile(rf"\b{_SAYS}\b|[“”\"]")
_PASSIVE = re.compile(r"\b(?:was|were|been) [a-z]{3,}(?:ed|en)\b(?= (?:in|on|at|after|during|for|and|as)\b|[.,])")
_PRONOUN = re.compile(r"^(?:He|She|They|It) (?=[a-z])")
_TIME = re.compile(rf"{DAY}|Jan|Feb|Mar|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec")
# Need the sentences on both sides in the evidence.
BESIDE = frozenset(
    {"actor beside", "thing beside", "speaker beside", "speaker put in", "doer put in", "pronoun of another"}
)


def _actors(text: str) -> list[str]:
    first = _SUBJECT.match(text)
    found = [match[0] for match in names(text)]
    return [*([first[1]] if first else []), *found]


def _beside(case: Case) -> list[str]:
    """Those of the sentences next to it that the sentence does not name."""
    return [
        one
        for text in case.beside
        for one in _actors(text)
        if len(one) > 3 and not _TIME.match(one) and not any(word in case.text for word in _roots(one))
    ]


def _roots(text: str) -> list[str]:
    return [word.rstrip("s") for word in re.findall(r"\w{4,}", text)]


def _lower(one: str) -> str:
    return one[0].lower() + one[1:] if one.startswith(("The ", "A ", "An ")) else one


def actor(case: Case) -> Marked | None:
    """Somebody of a sentence beside it, where somebody of the sentence stands."""
    first = _SUBJECT.match(case.text)
    places = [match.span() for match in names(case.text)]
    places += [first.span(1)] * 2 if first else []
    others = _beside(case)
    if not places or not others:
        return None
    start, end = case.chance.choice(places)
    made = case.claim.altered(start, end, _lower(case.chance.choice(others)))
    return capital(made) if not start else made


def twice(case: Case) -> Marked | None:
    """One of the sentence in the place of another of it."""
    first = _SUBJECT.match(case.text)
    places = [*([first.span(1)] if first else []), *(match.span() for match in names(case.text))]
    pairs = [
        (one, two)
        for one in places
        for two in places
        if one != two and not set(_words(case.text[slice(*one)])) & set(_words(case.text[slice(*two)]))
    ]
    if not pairs:
        return None
    (start, end), other = case.chance.choice(pairs)
    made = case.claim.altered(start, end, _lower(case.text[slice(*other)]))
    return capital(made) if not start else made


def _words(text: str) -> list[str]:
    return re.findall(r"\w{3,}", text.lower())


def thing(case: Case) -> Marked | None:
    """A thing that a sentence beside it tells of."""
    places = list(_THING.finditer(case.text))
    first = [one for text in case.beside if (one := _SUBJECT.match(text)) and one[1].startswith("The ")]
    others = [_lower(one[1]) for one in first] + [one[0] for text in case.beside for one in _THING.finditer(text)]
    others = [one for one in others if not set(_words(one)[1:]) & set(_words(case.text))]
    if not places or not others:
        return None
    return case.claim.altered(*case.chance.choice(places).span(), case.chance.choice(others))


def speaker(case: Case) -> Marked | None:
    """Somebody else who says it."""
    places = list(_SPEAKER.finditer(case.text))
    others = _beside(case)
    if not places or not others:
        return None
    place = case.chance.choice(places)
    start, end = place.span("after" if place["after"] else "before")
    made = case.claim.altered(start, end, _lower(case.chance.choice(others)))
    return capital(made) if not start else made


def speaker_put_in(case: Case) -> Marked | None:
    """What nobody is said to say is given to somebody of a sentence beside it."""
    others = _beside(case)
    if _SAYING.search(case.text) or not others or not case.text.endswith("."):
        return None
    who = _lower(case.chance.choice(others))
    added = case.chance.choice((f", said {who}", f", {who} said", f", according to {who}"))
    end = len(case.text) - 1
    return case.claim.altered(end, end, added)


def doer_put_in(case: Case) -> Marked | None:
    places, others = list(_PASSIVE.finditer(case.text)), _beside(case)
    if not places or not others:
        return None
    end = case.chance.choice(places).end()
    return case.claim.altered(end, end, f" by {_lower(case.chance.choice(others))}")


def pronoun(case: Case) -> Marked | None:
    """A pronoun by the name of another than who the sentence before begins with."""
    found, before = _PRONOUN.match(case.text), case.source.before
    first = re.match(NAME, before)
    if not found or not first or first[0].split()[0] in ("The", "In", "It", "He", "She", "On", "At", "After"):
        return None
    others = [one[0] for one in names(before) if not set(_words(one[0])) & set(_words(first[0]))]
    return case.claim.altered(0, found.end() - 1, case.chance.choice(others)) if others else None


WAYS: dict[str, Way] = {
    "actor beside": actor,
    "actor twice": twice,
    "thing beside": thing,
    "speaker beside": speaker,
    "speaker put in": speaker_put_in,
    "doer put in": doer_put_in,
    "pronoun of another": pronoun,
}
