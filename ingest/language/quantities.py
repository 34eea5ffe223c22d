"""Amounts as a text states them, and whether two are one: 1.2 million is 1,200,000, never 1.3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ingest.language.rounding import Side, hedge, rounds
from ingest.language.units import SCALES, SIGNS, SIZES, STRICT, UNITS, WORDS

_CLOCK = re.compile(
    r"(?<![\w:.])(\d{1,2})(?:(?:[:.](\d{2}))?\s?([ap])\.?m\b\.?|:(\d{2})(?![\w:]))|\b(noon|midday|midnight)\b",
    re.IGNORECASE,
)
_SPELT = "|".join(sorted([*WORDS, "half a", "a", "an"], key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<sign>[$€£¥₹₽]|\b(?:USD|EUR|GBP|CHF|NOK|SEK|DKK|CZK|PLN|CNY|JPY|INR)\s)?\s?"
    r"(?<![0-9A-Za-z_\u00c0-\u024f])"  # no letter of Latin script: a Chinese character may stand before a number
    rf"(?:(?P<digits>\d{{1,15}}(?:[.,'\u00a0\u202f]\d{{1,15}}){{0,6}})|(?P<spelt>\b(?:{_SPELT})\b))(?:st|nd|rd|th)?",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?:(?:^|\(|(?<!\s)\s)[-−–]|\b(?:minus|negative) )[$€£]?$", re.IGNORECASE)
_NEXT = re.compile(r"[\s\u00a0-]{0,3}([^\W\d_]+|%|°[CF]?|[$€£¥₹₽](?![\s\d]*\d))")
_JOINED = re.compile(r"\s{0,3}(?:[-–—]|to|and|or|bis|und)\s{0,3}")
_AND_MORE = re.compile(rf"[\s-]{{1,3}}(?:and\s)?({'|'.join(sorted(WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[,'\u00a0\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
Reading = tuple[Decimal, str | None]


@dataclass(frozen=True)
class Quantity:
    """An amount. `readings` are what it may mean, "5m" being five million or five metres; `said` is how it stands.

    What it is worth has no sign. `hedge` is what the words beside it say of where the true amount lies.
    """

    said: str
    readings: tuple[Reading, ...]
    start: int
    end: int
    negative: bool = False
    hedge: Side | None = None


@lru_cache(maxsize=1024)  # of one answer the same passages are read for each of its sentences
def quantities(text: str) -> tuple[Quantity, ...]:
    """All amounts in reading order. In "5 to 7 percent" the first has the unit of the second, too."""
    times = list(_times(text))
    rest = text
    for one in times:
        rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
    found = sorted([*times, *_amounts(rest)], key=lambda amount: amount.start)
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index : index + 2]
        if _JOINED.fullmatch(text[first.end : second.start]):
            found[index : index + 2] = _shared(first, second), _shared(second, first, scaled=False)
    return tuple(found)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether both may tell of one number: the same, in another unit, or rounded with a word that says so."""
    return any(_equal(said, true) or rounds_to(said, true) for said, true in ((one, other), (other, one)))


def _equal(one: Quantity, other: Quantity) -> bool:
    return any(in_unit(theirs, unit) == value for value, unit in one.readings for theirs in other.readings)


def rounds_to(said: Quantity, true: Quantity) -> bool:
    """Whether an amount that is told with a hedge may stand for the true one."""
    return said.hedge is not None and any(
        rounds(value, said.hedge, same)
        for value, unit in said.readings
        for reading in true.readings
        if (same := in_unit(reading, unit)) is not None
    )


def in_unit(reading: Reading, unit: str | None) -> Decimal | None:
    """How many of a unit it is; None where the unit measures something else."""
    value, own = reading
    if own == unit or (unit is None and own not in STRICT):
        return value
    if own in SIZES and unit in SIZES and SIZES[own][0] == SIZES[unit][0]:
        return value * SIZES[own][1] / SIZES[unit][1]
    return None


def _times(text: str) -> Iterator[Quantity]:
    for match in _CLOCK.finditer(text):
        hour, minute = int(match[1] or 12), int(match[2] or match[4] or 0)
        half = (match[3] or {"midnight": "a"}.get((match[5] or "").lower()) or ("p" if match[5] else "")).lower()
        if hour < 25 and minute < 60:
            either = not half and not match[0].startswith("0") and hour <= 12
            hours = (hour % 12 + 12 * (half == "p"),) if half else (hour, hour % 12 + 12) if either else (hour,)
            readings = tuple((Decimal(value * 60 + minute), "clock") for value in hours)
            yield Quantity(match[0].strip(), readings, *match.span())


def _amounts(text: str) -> Iterator[Quantity]:
    done = 0
    for match in _NUMBER.finditer(text):
        if match.start() < done:
            continue
        readings, done = _read(match, text)
        if readings:
            start = match.start(next(name for name in ("sign", "digits", "spelt") if match[name]))
            said = " ".join(text[match.start() : done].split())
            negative = _NEGATIVE.search(text[max(0, start - 12) : start]) is not None
            yield Quantity(said, readings, match.start(), done, negative, hedge(text, start, done))


def _read(match: re.Match[str], text: str) -> tuple[tuple[Reading, ...], int]:
    """What a number may mean with the words after it, and where these end."""
    scale, unit, end = _following(text, match.end())
    sign, spelt = (match["sign"] or "").strip(), (match["spelt"] or "").lower()
    unit = SIGNS.get(sign) or UNITS.get(sign.lower()) or unit
    values = _spelt(spelt, unit, scale) if spelt else _values(match["digits"], scaled=scale is not None)
    more = _AND_MORE.match(text, end) if spelt and scale and unit is None else None
    if more:  # two hundred and fifty
        further, unit, end = _following(text, more.end())
        values = [(value * (scale or 1) + WORDS[more[1].lower()]) for value in values]
        scale = further
    readings: list[Reading] = [(value * (scale or 1), unit) for value in values]
    if not sign and scale == SCALES["m"] and text[match.end() : end].strip().lower() == "m":
        readings += [(value, "metre") for value in values]
    return tuple(readings), end


def _values(digits: str, *, scaled: bool) -> list[Decimal]:
    """A comma before three digits parts thousands, otherwise decimals; a point may do either elsewhere in Europe.

    Not before a scale: 1.586 billion is never 1586 billion.
    """
    if _GROUPED.fullmatch(digits):
        comma_parts = digits.count(".") < 2
        return [Decimal(re.sub(r"[,'\u00a0\u202f]" if comma_parts else r"\.", "", digits).replace(",", "."))]
    parts = re.split(r"[.,'\u00a0\u202f]", digits)
    if len(parts) > 2:  # a version, an address: never equal to an amount
        return [Decimal("".join(parts)) + Decimal("0.0000001")]
    plain = Decimal(".".join(parts))
    grouped = not scaled and len(parts) == 2 and len(parts[1]) == 3 and parts[0] != "0"
    return [plain, Decimal("".join(parts))] if grouped else [plain]


def _spelt(word: str, unit: str | None, scale: Decimal | None) -> list[Decimal]:
    """The value of a number word; "a" is an amount only before a scale or many years, "one" before any unit."""
    if word == "half a":
        return [Decimal("0.5")] if scale or unit else []
    if word in {"a", "an", "one"}:
        return [Decimal(1)] if scale or unit in {"decade", "century"} or (word == "one" and unit) else []
    return [Decimal(WORDS[word])]


def _following(text: str, position: int) -> tuple[Decimal | None, str | None, int]:
    """The scale and the unit after a number, and where they end."""
    scale: Decimal | None = None
    end = position
    for _ in range(3):
        if (match := _NEXT.match(text, end)) is None:
            break
        word, pair = match[1].lower(), _NEXT.match(text, match.end())
        if pair and (both := f"{word} {pair[1].lower()}") in UNITS:
            return scale, UNITS[both], pair.end()
        if word in UNITS and not (word in SCALES and scale is None):
            return scale, UNITS[word], match.end()
        if word in SIGNS:
            return scale, SIGNS[word], match.end()
        if word not in SCALES or (len(word) == 1 and match[0] != match[1]) or (scale or 0) >= SCALES[word]:
            break
        scale, end = SCALES[word] * (scale or 1), match.end()
    return scale, None, end


def _shared(one: Quantity, other: Quantity, *, scaled: bool = True) -> Quantity:
    """`one` as it reads when the unit of `other`, and its scale, are meant for both."""
    (own, mine), (value, theirs) = one.readings[0], other.readings[0]
    scales = [scale for scale in (10**3, 10**6, 10**9, 10**12) if scaled and value >= scale > own]
    return replace(one, readings=(*one.readings, *((own * scale, mine or theirs) for scale in (1, *scales))))
