"""Numbers, days and what is counted, altered."""

from __future__ import annotations

import re
from functools import partial

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.english import DAYS, MONTHS, NUMBERS
from assistant.reading.training.marked import Marked

_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d(?![\w])|(?<![\w.,])\d(?![\w.,]\d)")
_SPELT = [*NUMBERS, *"twenty thirty forty fifty sixty hundred".split()]
_WRITTEN = re.compile(rf"\b(?:{'|'.join(_SPELT)})\b")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_SCALE = re.compile(r"\b(hundred|thousand|million|billion|trillion)s?\b")
_SCALES = ["hundred", "thousand", "million", "billion", "trillion"]
_COUNTED = re.compile(
    rf"\b(?:\d[\d,.]*|{'|'.join(_SPELT)}|million|thousand|hundred|several|many|some) ([a-z]{{3,}}s)\b"
)
_MEASURES = [
    "seconds minutes hours days weeks months years decades centuries", "second minute hour day week month year"
    " decade century",
    "metres kilometres miles feet inches yards", "meters kilometers miles feet inches yards", "tons kilograms"
    " pounds grams ounces tonnes",
    "acres hectares", "gallons litres barrels liters", "daily weekly monthly yearly hourly annual quarterly",
    "dollars euros pounds yen francs rupees", "percent times", "% million",
]  # fmt: skip
_UNITS = {unit: [one for one in row.split() if one != unit] for row in _MEASURES for unit in row.split()}
_UNIT = re.compile(rf"(?<=[\w%] )(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})\b")
_BOUND = re.compile(r"\b(?:over|under|above|below|around|about|nearly|almost)(?= [$£€]?\d)")
_BOUNDS = {"over": ["under", "exactly"], "above": ["below"], "under": ["over", "exactly"], "below": ["above"]}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b|\b\d{{1,2}}(?:st|nd|rd|th)\b")


def digit(case: Case) -> Marked | None:
    """One digit of a number."""
    places = list(_NUMBER.finditer(case.text))
    if not places:
        return None
    place = case.chance.choice(places)
    digits = [at for at, sign in enumerate(place[0]) if sign.isdigit()]
    at = case.chance.choice(digits)
    new = str((int(place[0][at]) + case.chance.randint(1, 9)) % 10)
    if at == 0 and new == "0":
        return None
    return case.claim.altered(*place.span(), place[0][:at] + new + place[0][at + 1 :])


def spelt(case: Case) -> Marked | None:
    """Another number word."""
    if not (places := list(_WRITTEN.finditer(case.text))):
        return None
    place = case.chance.choice(places)
    return case.claim.altered(*place.span(), case.chance.choice([word for word in _SPELT if word != place[0]]))


def neighbour(case: Case) -> Marked | None:
    """A number of another sentence of the article."""
    places = list(_NUMBER.finditer(case.text))
    others = [one for text in case.source.near for one in _NUMBER.findall(text) if one not in case.text]
    if not places or not others:
        return None
    place = case.chance.choice(places)
    alike = [one for one in others if bool(_YEAR.fullmatch(one)) == bool(_YEAR.fullmatch(place[0]))]
    return case.claim.altered(*place.span(), case.chance.choice(alike)) if alike else None


def year(case: Case) -> Marked | None:
    if not (places := list(_YEAR.finditer(case.text))):
        return None
    place = case.chance.choice(places)
    new = int(place[0]) + case.chance.choice((-100, -10, -5, -2, -1, 1, 2, 3, 4, 10))
    return case.claim.altered(*place.span(), str(new))


def scale(case: Case) -> Marked | None:
    """Billions for millions."""
    if not (place := _SCALE.search(case.text)):
        return None
    new = case.chance.choice([one for one in _SCALES if one != place[1]])
    return case.claim.altered(*place.span(1), new)


def unit(case: Case) -> Marked | None:
    if not (places := list(_UNIT.finditer(case.text))):
        return None
    place = case.chance.choice(places)
    return case.claim.altered(*place.span(), case.chance.choice(_UNITS[place[0]]))


def counted(case: Case) -> Marked | None:
    """Other things than those that are counted: votes for years."""
    places = [place for place in _COUNTED.finditer(case.text) if place[1] not in _SCALES]
    if not places:
        return None
    place = case.chance.choice(places)
    near = [word for text in case.source.near for word in re.findall(r"\b[a-z]{3,}s\b", text)]
    found = [word for word in [*near, *case.lexicon.wordnet.cousins(place[1])] if case.lexicon.fits(place[1], word)]
    found = [word for word in case.lexicon.common(found) if word not in case.text]
    return case.claim.altered(*place.span(1), case.chance.choice(found)) if found else None


def exchanged(case: Case) -> Marked | None:
    """Two numbers that have changed places."""
    places = list(_NUMBER.finditer(case.text))
    pairs = [(one, two) for one in places for two in places if one.end() < two.start() and one[0] != two[0]]
    if not pairs:
        return None
    one, two = case.chance.choice(pairs)
    return case.claim.altered(*two.span(), one[0]).altered(*one.span(), two[0])


def _of(names: list[str], case: Case) -> Marked | None:
    places = [place for name in names if (place := re.search(rf"\b{name}\b", case.text))]
    if not places:
        return None
    place = case.chance.choice(places)
    return case.claim.altered(*place.span(), case.chance.choice([name for name in names if name != place[0]]))


def ordinal(case: Case) -> Marked | None:
    if not (places := list(_ORDINAL.finditer(case.text))):
        return None
    place = case.chance.choice(places)
    if place[0] in _ORDINALS:
        return case.claim.altered(*place.span(), case.chance.choice([one for one in _ORDINALS if one != place[0]]))
    number = int(place[0][:-2]) + case.chance.choice((-2, -1, 1, 2, 3))
    return case.claim.altered(*place.span(), f"{abs(number) or 7}{place[0][-2:]}")


def rank_dropped(case: Case) -> Marked | None:
    """The largest for the second largest."""
    place = re.search(rf"\b(?:{'|'.join(_ORDINALS[1:])})[ -](?=most |\w+est\b)", case.text)
    return case.claim.cut(*place.span()) if place else None


def bound(case: Case) -> Marked | None:
    """Under a number for over it."""
    if not (place := _BOUND.search(case.text)):
        return None
    return case.claim.altered(
        *place.span(), case.chance.choice(_BOUNDS.get(place[0], ["well over", "less than half of"]))
    )


def bare(case: Case) -> Marked | None:
    """A number where the text has no such number of things: three dams for dams."""
    places = list(
        re.finditer(
            r"(?<=[a-z] )(?=(?!was|is|has|his|its|this|thus|as)[a-z]{4,}s (?:and|of|in|were|are)\b)", case.text
        )
    )
    if not places:
        return None
    at = case.chance.choice(places).start()
    return case.claim.altered(at, at, case.chance.choice(_SPELT[:12]) + " ")


WAYS: dict[str, Way] = {
    "digit": digit,
    "number word": spelt,
    "number of a neighbour": neighbour,
    "year": year,
    "scale": scale,
    "unit": unit,
    "what is counted": counted,
    "numbers exchanged": exchanged,
    "month": partial(_of, MONTHS),
    "weekday": partial(_of, DAYS),
    "ordinal": ordinal,
    "rank dropped": rank_dropped,
    "number put in": bare,
    "over or under": bound,
}
