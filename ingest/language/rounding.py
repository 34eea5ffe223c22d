"""Whether a number said with a hedge may stand for another, and two hedges for one.

A hedge says on which side of the number the true one lies; how far it may lie from it is a matter of arithmetic.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

Side = Literal["about", "below", "above"]  # where the true number lies: near it, a little below, or above

_SAYS: dict[Side, str] = {
    "about": "about around roughly approximately some circa estimated rund etwa ungefähr",
    "below": "nearly almost just_under under below less_than fewer_than close_to up_to at_most knapp fast",
    "above": "more_than over above at_least no_fewer_than no_less_than in_excess_of exceeding exceeded mehr_als über",
}
_HEDGES: dict[str, Side] = {words.replace("_", " "): side for side, row in _SAYS.items() for words in row.split()}
_BEFORE = re.compile(
    rf"\b({'|'.join(sorted(_HEDGES, key=len, reverse=True))})(?: (?:the|an?|its|well|just|only))?\s*[$€£¥]?$",
    re.IGNORECASE,
)
_LOOK_BACK = 30
_NEAR = Decimal("0.1")  # of the true number, for a rounded one
_FAR = Decimal("0.5")  # of the number said, for a bound: "more than 8,000" is no way to tell of 13,000


def hedge(text: str, start: int, end: int) -> Side | None:
    """What the words before a number, or right after it, say of where the true one lies."""
    if found := _BEFORE.search(text[max(0, start - _LOOK_BACK) : start]):
        return _HEDGES[found[1].lower()]
    if text.startswith((" or more", " plus", "+"), end):
        return "above"
    return "about" if text.startswith((" or so", "-odd"), end) else None


def rounds(said: Decimal, side: Side, true: Decimal) -> bool:
    """Whether a number said with a hedge tells of the true one; a rounded number has fewer digits that count."""
    if not said or _digits(said) >= _digits(true):
        return False
    if side == "above":
        return said < true <= said * (1 + _FAR)
    near = abs(said - true) <= min(_NEAR * true, _step(said) if side == "below" else _step(said) / 2)
    return near and (side == "about" or true <= said)


def contradicts(said: Side | None, true: Side | None) -> bool:
    """Whether hedges of one and the same number say the opposite: more than eight, fewer than eight."""
    return {said, true} == {"above", "below"}


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _step(value: Decimal) -> Decimal:
    """The worth of its last digit that is no nought: 1000 for 9,000; five times as much where that is a five."""
    _, digits, exponent = value.normalize().as_tuple()
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    return 5 * step if digits[-1] == 5 and len(digits) > 1 else step
