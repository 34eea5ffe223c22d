"""Amounts as a text states them, and whether another text states the same: 1.2 million is 1,200,000, never 1.3."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from assistant.checks.finding import FINE, Finding, partly, unsupported, worst
from assistant.checks.rounding import Side, contradicts, hedge, rounds, worked_out
from assistant.checks.units import SCALES, SIGNS, SIZES, STRICT, UNITS, WORDS

_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_CLOCK = re.compile(
    rf"(?<![\w:.])(\d{{1,2}}|{'|'.join(_HOURS)})(?:[:.](\d{{2}}))?\s?([ap])\.?m\b\.?"
    r"|(?<![\w:.])(\d{1,2}):(\d{2})(?![\w:])|\b(noon|midday|midnight)\b",
    re.IGNORECASE,
)
_SIGN = r"(?P<sign>[$€£¥₹₽]|\b(?:USD|EUR|GBP|CHF|NOK|SEK|DKK|CZK|PLN|CNY|JPY|INR)\s)?\s?"
_DIGITS = r"(?P<digits>\d{1,15}(?:[.,'\u00a0\u202f]\d{1,15}){0,6})"
_SPELT = "|".join(sorted([*WORDS, "half a", "a", "an"], key=len, reverse=True))
_NO_LETTER = r"(?<![0-9A-Za-z_\u00c0-\u024f])"  # of Latin script: a Chinese character may stand before a number
_NUMBER = re.compile(rf"{_SIGN}{_NO_LETTER}(?:{_DIGITS}|(?P<spelt>\b(?:{_SPELT})\b))(?:st|nd|rd|th)?", re.IGNORECASE)
_NEGATIVE = re.compile(r"(?:(?:^|\(|(?<!\s)\s)[-−–]|\b(?:minus|negative) )$", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"[\w° ]{0,20}\bbelow (?:zero|freezing)\b")
_DOWN = re.compile(
    r"\b(?:minus|down|below|under|f[ae]ll\w{0,2}|dropp?\w{0,3}|los[st]\w{0,3}|declin\w{0,3}|shr[aiu]nk|contract\w{0,3}|"
    r"decreas\w{0,2}|lower\w{0,2}|deficits?|slump\w{0,2}|slip\w{0,3}|cut|reduc\w{0,4}|gesunken|gefallen|sank)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s\u00a0-]{0,3}([^\W\d_]+|%|°[CF]?|[$€£¥₹₽](?![\s\d]*\d))")
_JOINED = re.compile(r"\s{0,3}(?:[-–—]|to|and|or|bis|und)\s{0,3}")
_COUNT = rf"(?:\d{{1,3}}|one|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_SHARE = re.compile(
    rf"\b({_COUNT})(?:(?<=[Oo]ne) [a-z]{{3,20}})? (?:out of|in)(?: every)? ({_COUNT})\b"
    r"(?!\s*%|[.,:]\d|[ -](?:second|minute|hour|day|week|month|year|decade)s?\b)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(one|two|three|four|a|an)[ -](third|half|quarter|fifth|sixth|eighth|tenth)s?\b(?= (?:of|more|less|fewer)\b)",
    re.IGNORECASE,
)
_OF_WHOLE = dict(zip("half third quarter fifth sixth eighth tenth".split(), (2, 3, 4, 5, 6, 8, 10), strict=True))
_NEAR_SHARE = Decimal("1.5")  # percentage points within which one in three is 34 percent
_AND_MORE = re.compile(rf"[\s-]{{1,3}}(?:and\s)?({'|'.join(sorted(WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[,'\u00a0\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")

_YEARS = {"decade": 10, "century": 100}
Reading = tuple[Decimal, str | None]


@dataclass(frozen=True)
class Quantity:
    """An amount. `readings` are what it may mean, "5m" being five million or five metres; `said` is how it stands.

    What it is worth has no sign; `negative` is None where words such as "fell" leave that open. `hedge` is what the
    words before it say of where the true amount lies. `share` has the amounts of a percentage in words, such as the
    three and the twelve of "three out of 12".
    """

    said: str
    readings: tuple[Reading, ...]
    start: int
    end: int
    spelt: bool = False
    negative: bool | None = False
    hedge: Side | None = None
    share: tuple[Quantity, ...] | None = None

    @property
    def unit(self) -> str | None:
        return self.readings[0][1]


@lru_cache(maxsize=1024)  # of one answer the same passages are read for each of its sentences
def quantities(text: str) -> tuple[Quantity, ...]:
    """All amounts in reading order. In "5 to 7 percent" the first has the unit of the second, too."""
    times = list(_times(text))
    rest = _blank(text, times)
    shares = list(_shares(rest))
    rest = _blank(rest, shares)
    found = sorted([*times, *shares, *_amounts(rest)], key=lambda amount: amount.start)
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index : index + 2]
        if _JOINED.fullmatch(text[first.end : second.start]):
            found[index : index + 2] = _shared(first, second), _shared(second, first, scaled=False)
    return tuple(found)


def check_numbers(text: str, spans: str, around: str) -> Finding:
    """Every amount of `text` must stand in `spans`; one that stands only in `around` is half a proof."""
    stated, known, near = quantities(text), _each(spans), _each(around)
    units = {amount.unit for amount in stated if amount.unit}
    return worst(_supported(amount, known, near, units, stated) for amount in stated)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether both may tell of one number: the same, in another unit, or rounded with a word that says so."""
    return any(
        _equal(said, true) or _converted(said, true) or _rounds(said, true)
        for said, true in ((one, other), (other, one))
    )


def _each(text: str) -> tuple[Quantity, ...]:
    """All amounts of a text, those of its shares as well."""
    return tuple(amount for one in quantities(text) for amount in (one, *(one.share or ())))


def _supported(
    stated: Quantity,
    known: Sequence[Quantity],
    near: Sequence[Quantity],
    units: set[str],
    others: Sequence[Quantity],
) -> Finding:
    finding = _among(stated, known, units)
    if finding.support == "unsupported" and stated.share and len(stated.share) > 1:
        of_each = worst(_among(amount, known, units) for amount in stated.share)
        finding = min(finding, of_each, key=lambda one: one.rank)
    if finding.support == "unsupported" and _follows(stated, known, others):
        return FINE
    if finding.support != "supported" and _among(stated, near, units) is FINE:
        return partly(f"{stated.said} stands beside the cited passage, not in it")
    if finding.support == "unsupported" and stated.spelt and stated.readings[0] == (Decimal(2), None):
        return partly(f"the cited passage does not count {stated.said}")
    return finding


def _among(stated: Quantity, known: Sequence[Quantity], units: set[str]) -> Finding:
    available = {amount.unit for amount in known if amount.unit}
    findings = [
        worst((_same_unit(stated.said, mine[1], theirs[1], units, available), *_same_side(stated, amount)))
        for amount in known
        for mine in stated.readings
        for theirs in amount.readings
        if mine[0] == theirs[0]
    ]
    nowhere = unsupported(f"{stated.said} is not in the cited passage")
    return min(findings, key=lambda finding: finding.rank, default=nowhere)


def _follows(stated: Quantity, known: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
    """Whether it is another amount rounded, or the sum or the difference of two, of which one is stated, too."""
    if any(
        _converted(stated, amount) or (_rounds(stated, amount) and not _are_bounds(stated, amount))
        for amount in known
    ):
        return True
    value, unit = stated.readings[0]
    told = {reading for amount in others if amount is not stated for reading in amount.readings}
    alike = [amount.readings[0][0] for amount in known if amount.unit == unit != "clock"]
    return unit is not None and any(
        value == made and ((one, unit) in told or (other, unit) in told) and len(alike) > 1
        for made, one, other in worked_out(alike)
    )


def _equal(one: Quantity, other: Quantity) -> bool:
    return any(_in_unit(theirs, unit) == value for value, unit in one.readings for theirs in other.readings)


def _rounds(said: Quantity, true: Quantity) -> bool:
    return said.hedge is not None and any(
        rounds(value, said.hedge, same)
        for value, unit in said.readings
        for reading in true.readings
        if (same := _in_unit(reading, unit)) is not None
    )


def _are_bounds(one: Quantity, other: Quantity) -> bool:
    """Whether both are bounds on the same side: "over 60" is another bound than "over 65"."""
    return one.hedge == other.hedge != "about"


def _converted(stated: Quantity, known: Quantity) -> bool:
    """Whether it is the very amount in another unit, or a share in words for a percentage that is nearly it."""
    (value, unit), (other, theirs) = stated.readings[0], known.readings[0]
    if unit != theirs and unit in SIZES and _in_unit((other, theirs), unit) == value:
        return True
    return stated.share is not None and theirs == "percent" and abs(value - other) <= _NEAR_SHARE


def _in_unit(reading: Reading, unit: str | None) -> Decimal | None:
    """How many of a unit it is; None where the unit measures something else."""
    value, own = reading
    if own == unit or (unit is None and own not in STRICT):
        return value
    if own in SIZES and unit in SIZES and SIZES[own][0] == SIZES[unit][0]:
        return value * SIZES[own][1] / SIZES[unit][1]
    return None


def _same_unit(said: str, mine: str | None, theirs: str | None, units: set[str], available: set[str]) -> Finding:
    if mine == theirs:
        return FINE
    if mine is None:
        stated = theirs not in STRICT or theirs in units
        return FINE if stated else partly(f"{said} is without the unit of the cited passage, {theirs}")
    if theirs is not None:
        return unsupported(f"{said} has another unit in the cited passage: {theirs}")
    if mine == "year" or (mine in available and mine not in STRICT):
        return FINE
    missing = f"{said} has no such unit in the cited passage"
    return unsupported(missing) if mine in STRICT and mine not in available else partly(missing)


def _same_side(stated: Quantity, known: Quantity) -> Iterator[Finding]:
    yield _same_sign(stated, known)
    if contradicts(stated.hedge, known.hedge):
        yield partly(f"{stated.said} is {known.hedge} that in the cited passage")


def _same_sign(stated: Quantity, known: Quantity) -> Finding:
    if stated.negative is None or known.negative is None or stated.negative == known.negative:
        return FINE
    return unsupported(f"{stated.said} has the other sign in the cited passage")


def _times(text: str) -> Iterator[Quantity]:
    for match in _CLOCK.finditer(text):
        hour, minute = _hour((match[1] or match[4] or match[6]).lower()), int(match[2] or match[5] or 0)
        if hour < 25 and minute < 60:
            readings = tuple((Decimal(value * 60 + minute), "clock") for value in _hours(hour, match[3], match[0]))
            yield Quantity(match[0].strip(), readings, match.start(), match.end())


def _shares(text: str) -> Iterator[Quantity]:
    """One in three, and two thirds of them, as percentages."""
    for match in _SHARE.finditer(text):
        part, whole = (_counted(word.lower()) for word in match.groups())
        if 0 < part < whole:
            yield _share(text, match, 100 * part / whole)
    for match in _PARTS.finditer(text):
        yield _share(text, match, 100 * _counted(match[1].lower()) / _OF_WHOLE[match[2].lower()])


def _share(text: str, match: re.Match[str], percent: Decimal) -> Quantity:
    start, end = match.span()
    amounts = tuple(amount for amount in _amounts(text) if amount.start < end and start < amount.end)
    return Quantity(
        match[0],
        ((percent, "percent"),),
        start,
        end,
        spelt=True,
        hedge=hedge(text, start, end),
        share=amounts,
    )


def _counted(word: str) -> Decimal:
    return Decimal(word) if word.isdigit() else Decimal(WORDS.get(word, 1))


def _hour(said: str) -> int:
    if said in ("noon", "midday", "midnight"):
        return 0 if said == "midnight" else 12
    return _HOURS.index(said) + 1 if said in _HOURS else int(said)


def _hours(hour: int, half: str | None, said: str) -> tuple[int, ...]:
    if half:
        return (hour % 12 + 12 * (half.lower() == "p"),)
    return (hour,) if not said[0].isdigit() or said.startswith("0") or hour > 12 else (hour, hour % 12 + 12)


def _amounts(text: str) -> Iterator[Quantity]:
    done = 0
    for match in _NUMBER.finditer(text):
        if match.start() < done:
            continue
        scale, unit, end = _following(text, match.end())
        sign = (match["sign"] or "").strip()
        unit = SIGNS.get(sign) or UNITS.get(sign.lower()) or unit
        spelt = (match["spelt"] or "").lower()
        values = (
            _spelt(spelt, scaled=scale is not None, unit=unit)
            if spelt
            else _values(match["digits"], scaled=scale is not None)
        )
        readings: list[Reading] = [(value * (scale or 1), unit) for value in values]
        if spelt and scale and unit is None and (more := _AND_MORE.match(text, end)):
            further, unit, end = _following(text, more.end())
            added = WORDS[more[1].lower()]
            readings = [((value + added) * (further or 1), unit) for value, _ in readings]
        if not sign and scale == SCALES["m"] and text[match.end() : end].strip().lower() == "m":
            readings += [(value, "metre") for value in values]
        readings += [(value * _YEARS[unit], "year") for value in values if unit in _YEARS]
        done = end
        if readings:
            said = " ".join(text[match.start() : end].split())
            start = match.start(_first(match))
            yield Quantity(
                said,
                tuple(readings),
                match.start(),
                end,
                spelt=bool(spelt),
                negative=_negative(text, start, match.end()),
                hedge=hedge(text, start, end),
            )


def _first(match: re.Match[str]) -> str:
    return next(name for name in ("sign", "digits", "spelt") if match[name])


def _negative(text: str, start: int, end: int) -> bool | None:
    if _NEGATIVE.search(text[max(0, start - 12) : start]) or _BELOW_ZERO.match(text, end):
        return True
    if text[:start].endswith((" to ", " at ", " from ")):
        return False
    return None if _DOWN.search(text[max(0, start - 60) : end + 30]) else False


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


def _spelt(word: str, *, scaled: bool, unit: str | None) -> list[Decimal]:
    """The value of a number word; "a" is an amount only before a scale or many years, "one" before any unit."""
    if word == "half a":
        return [Decimal("0.5")] if scaled or unit else []
    if word in {"a", "an", "one"}:
        return [Decimal(1)] if scaled or unit in _YEARS or (word == "one" and unit) else []
    return [Decimal(WORDS[word])] if word in WORDS else []


def _following(text: str, position: int) -> tuple[Decimal | None, str | None, int]:
    """The scale and the unit after a number, and where they end."""
    scale: Decimal | None = None
    end = position
    for _ in range(3):
        match = _NEXT.match(text, end)
        if match is None:
            break
        word = match[1].lower()
        pair = _NEXT.match(text, match.end())
        both = f"{word} {pair[1].lower()}" if pair else ""
        if pair and both in UNITS:
            return scale, UNITS[both], pair.end()
        if (
            word in SCALES
            and (scale is None or scale < SCALES[word])
            and not (len(word) == 1 and match[0] != match[1])
        ):
            scale, end = SCALES[word] * (scale or 1), match.end()
        elif word in UNITS or word in SIGNS:
            return scale, UNITS.get(word) or SIGNS[word], match.end()
        else:
            break
    return scale, None, end


def _shared(one: Quantity, other: Quantity, *, scaled: bool = True) -> Quantity:
    """`one` as it reads when the unit of `other`, and its scale, are meant for both."""
    (own, mine), (value, theirs) = one.readings[0], other.readings[0]
    scales = [scale for scale in (10**3, 10**6, 10**9, 10**12) if scaled and value >= scale > own]
    return replace(one, readings=(*one.readings, *((own * scale, mine or theirs) for scale in (1, *scales))))


def _blank(text: str, amounts: Iterable[Quantity]) -> str:
    for one in amounts:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text
