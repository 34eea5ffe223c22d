"""Whether the amounts of a statement stand in what it cites."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.checks.finding import FINE, Finding, best, partly, unsupported, worst
from ingest.language.quantities import Quantity, Reading, in_unit, quantities, rounds_to
from ingest.language.rounding import contradicts
from ingest.language.units import STRICT


def check_numbers(text: str, spans: str, around: str) -> Finding:
    """Every amount of `text` must stand in `spans`; one that stands only in `around` is half a proof."""
    stated, known, near = quantities(text), quantities(spans), quantities(around)
    return worst(_supported(amount, known, near) for amount in stated)


def _supported(stated: Quantity, known: Sequence[Quantity], near: Sequence[Quantity]) -> Finding:
    finding = _among(stated, known)
    if finding.support == "unsupported" and any(
        rounds_to(stated, one) for one in known if not _are_bounds(stated, one)
    ):
        return FINE
    if finding is not FINE and _among(stated, near) is FINE:
        return partly(f"{stated.said} stands beside the cited passage, not in it")
    return finding


def _among(stated: Quantity, known: Sequence[Quantity]) -> Finding:
    available = {unit for amount in known for _, unit in amount.readings}
    findings = [
        _same(stated, amount, mine, theirs, available)
        for amount in known
        for mine in stated.readings
        for theirs in amount.readings
        if mine[0] == theirs[0] or in_unit(theirs, mine[1]) == mine[0]
    ]
    return best(findings) if findings else unsupported(f"{stated.said} is not in the cited passage")


def _same(stated: Quantity, known: Quantity, mine: Reading, theirs: Reading, available: set[str | None]) -> Finding:
    """How well an amount fits another of the same worth: unit, sign and the side on which the true one lies."""
    unit, other = mine[1], theirs[1]
    if stated.negative != known.negative:
        return unsupported(f"{stated.said} has the other sign in the cited passage")
    if unit and other and in_unit(theirs, unit) != mine[0]:
        return unsupported(f"{stated.said} has another unit in the cited passage: {other}")
    if unit not in (None, "year") and other is None and (unit in STRICT or unit not in available):
        missing = f"{stated.said} has no such unit in the cited passage"
        return unsupported(missing) if unit in STRICT and unit not in available else partly(missing)
    if unit is None and other in STRICT:
        return partly(f"{stated.said} is without the unit of the cited passage, {other}")
    if contradicts(stated.hedge, known.hedge):
        return partly(f"{stated.said} is {known.hedge} that in the cited passage")
    return FINE


def _are_bounds(one: Quantity, other: Quantity) -> bool:
    """Whether both are bounds on the same side: "over 60" is another bound than "over 65"."""
    return one.hedge == other.hedge != "about"
