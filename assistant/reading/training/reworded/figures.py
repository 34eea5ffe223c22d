"""Numbers, dates, shares and changes, written otherwise or told more roughly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from assistant.reading.training.case import Case
from assistant.reading.training.english import DAY, MONTH, MONTHS, NUMBER, NUMBERS
from assistant.reading.training.marked import Marked, capital

_SPELT = {number: word for word, number in NUMBERS.items()}
_LONG = re.compile(r"(?<![\d,.$£€-])(?:\d{1,3}(?:,\d{3})+|\d{4,})(?![\d,.]\d|-|\w|%)")
_DATE = re.compile(rf"\b(\d{{1,2}}) ({MONTH})( \d{{4}})?\b")
_MONTH_DAY = re.compile(rf"\b({MONTH}) (\d{{1,2}})(?:, (\d{{4}}))?\b")
_AMOUNT = re.compile(
    r"(?P<hedge>\b(?:about|around|nearly|over|more than|some|approximately|at least|almost|roughly|up to|exactly"
    r"|close to|(?:no|not) more than|less than|fewer than|at most|under|below|above|(?:just|well) (?:over|under)) )?"
    r"(?P<sign>[$£€]?)(?<![\d.,])(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<scale> million| billion|"
    r" trillion|%| percent"
    r"| per cent)?(?![\d.,]\d|\w|-|,\d)"
)
_MONTH_BEFORE = re.compile(rf"{MONTH} $")
_CLOSE = ("about", "around", "roughly", "approximately", "some", "close to")
_BELOW = ("nearly", "almost", "just under", "not quite", "close to", "a little less than")
# Of a number that is itself a bound, by what it is and whether it is greater than the rounded one.
_BOUNDS = {
    **dict.fromkeys([("over", True), ("more than", True)], ("more than", "over", "upwards of")),
    ("at least", True): ("at least", "more than"),
    **dict.fromkeys([("nearly", False), ("almost", False)], ("less than", "not quite", "nearly")),
    ("up to", False): ("less than", "up to"),
}
_ABOVE = ("more than", "over", "just over", "upwards of", "at least", "a little over")
_PERCENT = re.compile(r"\b(?:(?:about|roughly|around) )?(\d{1,2}(?:\.\d+)?)(?:%| percent| per cent) of ")
# Before a percentage that is one end of a range, or a bound.
_NO_SHARE = re.compile(r"(?:\b(?:to|and|over|than|nearly|almost|under|least|most|close to)|[-–]) ?$|[.,]$")
_SHARES = (
    (49, 51.5, ("half", "about half", "one in two")),
    (32, 34.5, ("a third", "one in three", "about a third")),
    (24, 26, ("a quarter", "one in four", "about a quarter")),
    (65.5, 67.5, ("two thirds", "two in three", "about two thirds")),
    (74, 76, ("three quarters", "three in four", "about three quarters")),
    (19.5, 20.5, ("a fifth", "one in five")),
    (9.5, 10.5, ("a tenth", "one in ten")),
    (79.5, 80.5, ("four fifths", "four in five")),
    (88, 99.9, ("the vast majority", "almost all", "most")),
    (55, 88, ("more than half", "most", "a majority", "the majority")),
    (41, 49, ("less than half", "nearly half", "a minority")),
    (10, 41, ("less than half", "a minority", "some")),
    (0.1, 10, ("a small minority", "few", "a small share")),
)
_COUNTS = {**NUMBERS, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50}
_COUNT = re.compile(
    rf"(?<=[a-z,] )(?P<count>\d{{1,3}}(?:,\d{{3}})*|{'|'.join(_COUNTS)}) (?=(?:[a-z]+ )?[a-z]{{3,}}s\b)"
)
_FIXED = re.compile(
    r"\b(?:the|these|those|all|last|past|first|next|about|nearly|over|than|some|every|only|of|at least|up to|\w+ly) $"
)
_LOOSE = (
    (2, 2, ("a couple of",)),
    (3, 9, ("several", "a number of", "a few")),
    (10, 23, ("several", "a number of", "more than ten")),
    (24, 120, ("dozens of", "many", "scores of")),
    (200, 1200, ("hundreds of", "many")),
    (2000, 12000, ("thousands of", "many")),
    (20000, 120000, ("tens of thousands of", "thousands of", "many")),
    (200000, 999999, ("hundreds of thousands of",)),
)
_YEAR = re.compile(r"\b[Ii]n (1[0-9]\d\d|20[01]\d)\b(?! and| or|–|-)")
_CHANGE = re.compile(
    r"^(?P<who>(?:The |An? )?[^,;“”\"]{3,60}?) (?:(?:has|have|had) )?(?P<verb>rose|risen|increased|grew|grown|climbed"
    r"|jumped|fell|fallen|dropped|declined|decreased|shrank|sank)\b(?: [a-z]+ly)?"
    r" (?:by\b|from\b|to\b|[$£€]?\d)[^“”\"]*\.$"
)
_UP = frozenset("rose risen increased grew grown climbed jumped".split())
_SOME_OF = re.compile(
    r"\b(?P<some>\d{1,3}|two|three|four|five|six|seven|eight|nine) of (?P<of>the|its|his|her|their)"
    r" (?P<all>\d{1,3}|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
)


def number_rewritten(claim: Marked, case: Case) -> Marked | None:
    """Numerals in words and back; a percentage, or a number with commas, written otherwise."""
    if (found := re.search(rf"(?<=[a-z] ){NUMBER}(?= [a-z])", claim.text)) and case.chance.random() < 0.8:
        return claim.reworded(*found.span(), str(NUMBERS[found[0]]))
    if (found := re.search(r"(?<=[a-z] )(?:[2-9]|1[0-2])(?= [a-z])", claim.text)) and case.chance.random() < 0.8:
        return claim.reworded(*found.span(), _SPELT[int(found[0])])
    if found := re.search(r"(?<=\d)(?: percent| per cent|%)", claim.text):
        return claim.reworded(*found.span(), case.chance.choice([" percent", " per cent", "%"]))
    places = [place for place in _LONG.finditer(claim.text) if not re.fullmatch(r"1\d{3}|20\d\d", place[0])]
    if not places:
        return None
    place = case.chance.choice(places)
    return claim.reworded(*place.span(), place[0].replace(",", "") if "," in place[0] else f"{int(place[0]):,}")


def date_rewritten(claim: Marked, case: Case) -> Marked | None:
    if found := _DATE.search(claim.text):
        return claim.reworded(*found.span(), f"{found[2]} {found[1]}" + (f",{found[3]}" if found[3] else ""))
    if found := _MONTH_DAY.search(claim.text):
        return claim.reworded(*found.span(), f"{found[2]} {found[1]}" + (f" {found[3]}" if found[3] else ""))
    return None


def day_named(claim: Marked, case: Case) -> Marked | None:
    """The date of a weekday, or none: whether it is that day is checked by code, which knows when it was written."""
    found = re.search(rf"(?:on )?\b{DAY}\b", claim.text)
    if not found or claim.is_wrong(*found.span()):
        return None
    date = f"{case.chance.randint(1, 30)} {case.chance.choice(MONTHS)} 20{case.chance.randint(10, 26)}"
    return claim.reworded(*found.span(), case.chance.choice([f"{found[0]}, {date}", f"on {date}"]))


def amount(claim: Marked, case: Case) -> Marked | None:
    """A number rounded, with a word that says so."""
    places = [
        place
        for place in _AMOUNT.finditer(claim.text)
        if not claim.is_wrong(*place.span()) and not _MONTH_BEFORE.search(claim.text[: place.start()])
        and not (re.fullmatch(r"1\d{3}|20\d\d", place["value"]) and not place["sign"])
    ]  # fmt: skip
    case.chance.shuffle(places)
    for place in places:
        if new := _rounded(place, case.chance):
            return claim.reworded(*place.span(), new)
    return None


def _rounded(place: re.Match[str], chance: Random) -> str | None:
    said = place["value"].replace(",", "")
    value = float(said)
    digits = len(said.replace(".", "").strip("0"))
    if value < 3 or digits < 2:
        return None
    size = 10.0 ** (len(str(int(value))) - chance.choice((1, 1, 2)))
    near = round(value / size) * size
    if not near or near == value or abs(near - value) > 0.08 * value:
        return None
    hedges = _hedges(place["hedge"] or "", above=near < value, chance=chance)
    if not hedges:
        return None
    shown = f"{near:,.0f}" if near == int(near) else f"{near:g}"
    return f"{chance.choice(hedges)} {place['sign']}{shown}{place['scale'] or ''}"


def _hedges(said: str, *, above: bool, chance: Random) -> Sequence[str]:
    """What may be said of the rounded number; `above` is whether the number is greater, `said` its own hedge."""
    if said.strip() in ("", "exactly"):
        return _CLOSE if chance.random() < 0.4 else _ABOVE if above else _BELOW
    if said.strip() in _CLOSE:
        return _CLOSE
    return _BOUNDS.get((said.strip(), above), ())


def share(claim: Marked, case: Case) -> Marked | None:
    """A percentage in words."""
    place = _PERCENT.search(claim.text)
    if not place or _NO_SHARE.search(claim.text[: place.start()]):
        return None
    value = float(place[1])
    words = next((words for least, most, words in _SHARES if least <= value <= most), None)
    if not words:
        return None
    made = claim.reworded(*place.span(), f"{case.chance.choice(words)} of ")
    return capital(made) if not place.start() else made


def count(claim: Marked, case: Case) -> Marked | None:
    """Several, dozens or hundreds for a number."""
    places = [place for place in _COUNT.finditer(claim.text) if not _FIXED.search(claim.text[: place.start()])]
    if not places:
        return None
    place = case.chance.choice(places)
    number = _COUNTS.get(place["count"]) or int(place["count"].replace(",", ""))
    words = next((words for least, most, words in _LOOSE if least <= number <= most), None)
    return claim.reworded(*place.span("count"), case.chance.choice(words)) if words else None


def year(claim: Marked, case: Case) -> Marked | None:
    """The decade or the century for the year."""
    if not (place := _YEAR.search(claim.text)) or claim.is_wrong(*place.span()):
        return None
    value = int(place[1])
    century = value // 100 + 1
    ordinal = f"{century}{'st' if century == 21 else 'th'} century"
    part = "early " if value % 100 < 30 else "late " if value % 100 > 70 else ""
    said = case.chance.choice([f"n the {value // 10}0s", f"n the {part}{ordinal}", f"n the {ordinal}"])
    return claim.reworded(place.start() + 1, place.end(), said)


def change(claim: Marked, case: Case) -> Marked | None:
    """That something went up or down, without how much."""
    found = _CHANGE.match(claim.text)
    if not found:
        return None
    who, verb = claim.group(found, "who"), claim.group(found, "verb")
    up = found["verb"] in _UP
    words = (
        ("increased", "went up", "was higher than before", "rose")
        if up
        else ("decreased", "went down", "was lower than before", "fell")
    )
    new = case.chance.choice(words)
    return who + " " + verb.reworded(0, len(verb.text), new) + "."


def some_of(claim: Marked, case: Case) -> Marked | None:
    """Some, or not all, of the nine for four of the nine."""
    if not (place := _SOME_OF.search(claim.text)) or claim.is_wrong(*place.span()):
        return None
    some, every = (_COUNTS.get(place[name]) or int(place[name]) for name in ("some", "all"))
    if not some < every:
        return None
    more = "more than half" if 2 * some > every else "less than half" if 2 * some < every else "half"
    new = f"{case.chance.choice(('some', 'not all', more))} of {place['of']} {place['all']} "
    made = claim.reworded(*place.span(), new)
    return capital(made) if not place.start() else made
