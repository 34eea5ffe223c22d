"""Words that are exchanged for another of their own row: quantities, times, places, relations."""

from __future__ import annotations

import re
from functools import partial

from assistant.reading.training.altered.kinds import Case, Way
from assistant.reading.training.lists import rows
from assistant.reading.training.marked import Marked


def _tables() -> dict[str, dict[str, list[str]]]:
    """For each kind the words of a row, each with the others."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows("exchanged.txt"):
        kind, _, words = row.partition(": ")
        for word in words.split(", "):
            others = [other for other in words.split(", ") if other != word]
            found.setdefault(kind, {}).setdefault(word, []).extend(others)
    return found


_TABLES = _tables()
_PATTERNS = {
    kind: re.compile(rf"\b(?:{'|'.join(sorted(table, key=len, reverse=True))})\b") for kind, table in _TABLES.items()
}


def _exchanged(kind: str, case: Case) -> Marked | None:
    if not (places := list(_PATTERNS[kind].finditer(case.text))):
        return None
    place = case.chance.choice(places)
    return case.claim.altered(*place.span(), case.chance.choice(_TABLES[kind][place[0]]))


WAYS: dict[str, Way] = {kind: partial(_exchanged, kind) for kind in _TABLES}
