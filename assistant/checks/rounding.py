"""Whether a number may stand for another that a passage has: rounded with a word that says so, or worked out of two.

A hedge says on which side of the number the true one lies; how far it may lie from it is a matter of arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

Side = Literal["about", "below", "above"]  # where the true number lies: near it, a little below, or above

_SAYS: dict[Side, str] = {
    "about": (
        "about around roughly approximately some circa estimated in_the_region_of in_the_order_of something_like"
        " rund etwa ungefähr"
    ),
    "below": (
        "nearly almost just_under under below less_than fewer_than not_quite close_to short_of shy_of"
        " approaching up_to"
        " no_more_than at_most knapp fast"
    ),
    "above": (
        "more_than over above at_least upwards_of no_fewer_than no_less_than in_excess_of exceeding exceeded exceeds"
        " topped beyond mehr_als über"
    ),
}
_HEDGES: dict[str, Side] = {words.replace("_", " "): side for side, row in _SAYS.items() for words in row.split()}
_BEFORE = re.compile(
    rf"\b({'|'.join(sorted(_HEDGES, key=len, reverse=True))})(?: (?:the|an?|its|well|just|only))?\s*[$€£¥]?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:\s(?:or so|or thereabouts)|-odd)\b|(?P<above>\s(?:or more|plus)\b|\+)")
_LOOK_BACK = 30
_NEAR = Decimal("0.1")  # of the true number, for a rounded one
_FAR = Decimal("0.5")  # of the number said, for a bound: "more than 8,000" is no way to tell of 13,000


def hedge(text: str, start: int, end: int) -> Side | None:
    """What the words before a number, or right after it, say of where the true one lies."""
    if found := _BEFORE.search(text[max(0, start - _LOOK_BACK) : start]):
        return _HEDGES[found[1].lower()]
    after = _AFTER.match(text, end)
    return ("above" if after["above"] else "about") if after else None


def rounds(said: Decimal, side: Side, true: Decimal) -> bool:
    """Whether a number said with a hedge tells of the true one; a rounded number has fewer digits that count."""
    if _digits(said) >= _digits(true):
        return False
    if side == "above":
        return said < true <= said * (1 + _FAR)
    near = abs(said - true) <= min(_NEAR * true, _step(said) if side == "below" else _step(said) / 2)
    return near and (side == "about" or true <= said) and said != 0


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def contradicts(said: Side | None, true: Side | None) -> bool:
    """Whether hedges of one and the same number say the opposite: more than eight, fewer than eight."""
    return {said, true} == {"above", "below"}


def worked_out(values: Sequence[Decimal], *, most: int = 8) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """Each sum and difference of two of the numbers, with the two."""
    some = list(dict.fromkeys(values))[:most]
    for place, one in enumerate(some):
        for other in some[place + 1 :]:
            yield one + other, one, other
            yield abs(one - other), one, other


def _step(value: Decimal) -> Decimal:
    """The worth of its last digit that is no nought: 1000 for 9,000; five times as much where that is a five."""
    _, digits, exponent = value.normalize().as_tuple()
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    return 5 * step if digits[-1] == 5 and len(digits) > 1 else step
