"""What follows from a sentence: a wider word, a rougher number, a share in words, a part of a list."""

from __future__ import annotations

import re
from random import Random

from assistant.reading.training.lexicon import WORD, Lexicon
from assistant.reading.training.marked import WRONG, Marked, capital
from assistant.reading.training.passages import Source
from assistant.reading.training.turns import Turn

_AMOUNT = re.compile(
    r"(?P<hedge>\b(?:about|around|nearly|over|more than|some|approximately|at least|almost|roughly|up to|exactly) )?"
    r"(?P<sign>[$£€]?)(?<![\d.,])(?P<value>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<scale> million| billion|"
    r" trillion|%| percent"
    r"| per cent)?(?![\d.,]\d|\w|-|,\d)"
)
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December) $")
_CLOSE = ("about", "around", "roughly", "approximately", "some", "close to")
_BELOW = ("nearly", "almost", "just under", "not quite", "close to", "a little less than")
_ABOVE = ("more than", "over", "just over", "well over", "upwards of", "at least", "a little over")
_PERCENT = re.compile(
    r"\b(?:(?:about|nearly|almost|over|roughly|around|more than) )?(\d{1,2}(?:\.\d+)?)(?:%| percent| per cent) of "
)
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
_COUNT = re.compile(
    r"(?<=[a-z,] )(?P<count>\d{1,3}(?:,\d{3})*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|fifty)"
    r" (?=(?:[a-z]+ )?[a-z]{3,}s\b)"
)
_FIXED = re.compile(
    r"\b(?:the|these|those|all|last|past|first|next|about|nearly|over|than|some|every|only|of|at least|up to|\w+ly) $"
)
_SPELT = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
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
_NAMES = re.compile(
    r"(?<=[a-z] )(?P<list>(?:[A-Z][\w’-]+(?: [A-Z][\w’-]+)*, )+[A-Z][\w’-]+(?: [A-Z][\w’-]+)*,? and"
    r" [A-Z][\w’-]+(?: [A-Z][\w’-]+)*)(?=[.,;]| (?:in|at|on|as)\b)"
)
_NO_LESS = re.compile(
    r"\b(?:no|not|never|only|all|every|each|between|both|respectively|total|together|most|least)\b|n[’']t\b|\d"
)


def amount(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """A number rounded, with a word that says so."""
    places = [
        place
        for place in _AMOUNT.finditer(claim.text)
        if WRONG not in claim.marks[slice(*place.span())] and not _MONTH.search(claim.text[: place.start()])
        and not (re.fullmatch(r"1\d{3}|20\d\d", place["value"]) and not place["sign"])
    ]  # fmt: skip
    chance.shuffle(places)
    for place in places:
        if new := _rounded(place, chance):
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
    hedges = _CLOSE if chance.random() < 0.4 else _BELOW if near > value else _ABOVE
    shown = f"{near:,.0f}" if near == int(near) else f"{near:g}"
    return f"{chance.choice(hedges)} {place['sign']}{shown}{place['scale'] or ''}"


def share(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """A percentage in words."""
    place = _PERCENT.search(claim.text)
    if not place or re.search(r"(?:\bto|\band|[-–]) ?$", claim.text[: place.start()]):
        return None
    value = float(place[1])
    words = next((words for least, most, words in _SHARES if least <= value <= most), None)
    if not words:
        return None
    made = claim.reworded(*place.span(), f"{chance.choice(words)} of ")
    return capital(made) if not place.start() else made


def count(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Several, dozens or hundreds for a number."""
    places = [place for place in _COUNT.finditer(claim.text) if not _FIXED.search(claim.text[: place.start()])]
    if not places:
        return None
    place = chance.choice(places)
    number = _SPELT.get(place["count"]) or int(place["count"].replace(",", ""))
    words = next((words for least, most, words in _LOOSE if least <= number <= most), None)
    return claim.reworded(*place.span("count"), chance.choice(words)) if words else None


def wider(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """A dog for a spaniel, where nothing is denied."""
    if _NO_LESS.search(claim.text):
        return None
    places = list(WORD.finditer(claim.text))
    chance.shuffle(places)
    for place in places:
        found = lexicon.common(lexicon.wordnet.wider(place[0]), 30) if lexicon.read(place[0]) else []
        before = claim.text[: place.start()]
        if found and not before.endswith("-"):
            new = chance.choice(found)
            claim = claim.reworded(*place.span(), new)
            if (article := re.search(r"\b([Aa])n? $", before)) and WRONG not in claim.marks[: place.start()]:
                right_one = article[1] + ("n " if new[0] in "aeiou" else " ")
                return claim.reworded(article.start(), place.start(), right_one)
            return claim
    return None


def year(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """The decade or the century for the year."""
    if not (place := _YEAR.search(claim.text)) or WRONG in claim.marks[slice(*place.span())]:
        return None
    value = int(place[1])
    century = value // 100 + 1
    ordinal = f"{century}{'st' if century == 21 else 'th'} century"
    part = "early " if value % 100 < 30 else "late " if value % 100 > 70 else ""
    said = chance.choice([f"n the {value // 10}0s", f"n the {part}{ordinal}", f"n the {ordinal}"])
    return claim.reworded(place.start() + 1, place.end(), said)


def change(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """That something went up or down, without how much."""
    found = _CHANGE.match(claim.text)
    if not found:
        return None
    who, verb = claim[slice(*found.span("who"))], claim[slice(*found.span("verb"))]
    up = found["verb"] in _UP
    words = (
        ("increased", "went up", "was higher than before", "rose")
        if up
        else ("decreased", "went down", "was lower than before", "fell")
    )
    new = chance.choice(words)
    return who + " " + verb.reworded(0, len(verb.text), new) + "."


def some_of(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Some, or not all, of the nine for four of the nine."""
    if not (place := _SOME_OF.search(claim.text)) or WRONG in claim.marks[slice(*place.span())]:
        return None
    some, every = (_SPELT.get(place[name]) or int(place[name]) for name in ("some", "all"))
    if not some < every:
        return None
    more = "more than half" if 2 * some > every else "less than half" if 2 * some < every else "half"
    new = f"{chance.choice(('some', 'not all', more))} of {place['of']} {place['all']} "
    made = claim.reworded(*place.span(), new)
    return capital(made) if not place.start() else made


def list_shortened(claim: Marked, source: Source, lexicon: Lexicon, chance: Random) -> Marked | None:
    """Two members of a longer list of names."""
    found = _NAMES.search(claim.text)
    if not found or _NO_LESS.search(claim.text) or WRONG in claim.marks[slice(*found.span())]:
        return None
    items = re.split(r",? and |, ", found["list"])
    kept = sorted(chance.sample(range(len(items)), 2))
    return claim.reworded(*found.span("list"), " and ".join(items[row] for row in kept))


TURNS: dict[str, tuple[Turn, float]] = {
    "amount rounded": (amount, 4),
    "share in words": (share, 5),
    "loose count": (count, 3),
    "wider word": (wider, 1.5),
    "wider year": (year, 1),
    "change": (change, 4),
    "some of": (some_of, 5),
    "list shortened": (list_shortened, 2),
}
