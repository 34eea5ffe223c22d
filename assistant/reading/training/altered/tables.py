"""Words that are exchanged for another of their own row: quantities, times, places, relations."""

from __future__ import annotations

import re
from functools import partial

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.marked import Marked, capital
from ingest.language.exchanged import exchanged


def _tables() -> dict[str, dict[str, list[str]]]:
    """For each kind the words of a row, each with those of the other sides of it; without sides, with all others."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind, sides in exchanged():
        for side in sides:
            for word in side:
                others = [other for them in sides if them is not side for other in them]
                found.setdefault(kind, {}).setdefault(word, []).extend(others)
    return found


_TABLES = _tables()
_PATTERNS = {
    kind: re.compile(rf"\b(?:{'|'.join(sorted(table, key=len, reverse=True))})\b", re.IGNORECASE)
    for kind, table in _TABLES.items()
}


def _exchanged(kind: str, case: Case) -> Marked | None:
    """In small letters, or at the beginning of the sentence."""
    table = _TABLES[kind]
    places = [
        place
        for place in _PATTERNS[kind].finditer(case.text)
        if place[0] in table or (not place.start() and place[0].lower() in table)
    ]
    if not places:
        return None
    place = case.chance.choice(places)
    new = case.chance.choice(table.get(place[0]) or table[place[0].lower()])
    made = case.claim.altered(*place.span(), new)
    return made if place.start() else capital(made)


WAYS: dict[str, Way] = {kind: partial(_exchanged, kind) for kind in _TABLES}
