"""What a way to alter a sentence is, and all of them by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from assistant.reading.training.case import Case
from assistant.reading.training.marked import Marked

Way = Callable[[Case], Marked | None]


def held_out(kind: str) -> bool:
    """Whether a kind of alteration is measured on and not trained on: a quarter of them."""
    return hashlib.sha256(kind.encode()).digest()[0] % 4 == 0


def families() -> list[Mapping[str, Way]]:
    """The ways to make a sentence untrue, by the name of their kind, in groups of which each is drawn as often."""
    from assistant.reading.training.altered import (
        actors,
        degrees,
        figures,
        parts,
        phrases,
        reasons,
        structure,
        tables,
        words,
    )

    return [one.WAYS for one in (words, phrases, figures, structure, tables, degrees, parts, actors, reasons)]


def altered(case: Case, chosen: Callable[[str], bool]) -> tuple[str, Marked] | None:
    """The kind and the claim: of a random family the first kind, in a random order, that the sentence allows."""
    groups = [[(kind, way) for kind, way in group.items() if chosen(kind)] for group in families()]
    case.chance.shuffle(groups)
    for group in groups:
        for kind, way in case.chance.sample(group, len(group)):
            made = way(case)
            if made and made.wrong and made.text != case.text:
                return kind, made
    return None


def altered_so(kind: str, case: Case) -> Marked | None:
    """The claim altered by this kind; None where the sentence does not allow it."""
    made = next(group[kind] for group in families() if kind in group)(case)
    return made if made and made.wrong and made.text != case.text else None
