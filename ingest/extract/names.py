"""Bylines: "By Jane Roe and John Doe" is two names."""

from __future__ import annotations

import re

from ingest.text import squeeze

_BY = re.compile(r"(?:(?:written|reported|posted|story|text|analysis) )?by[: ]+", re.IGNORECASE)
_BETWEEN = re.compile(r" ?(?:[;|•]|,? and |,? & |, ) ?")
_TITLES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "md", "phd", "ph.d."})
_LONGEST, _MOST = 80, 20


def authors(*bylines: str, outlet: str = "") -> tuple[str, ...]:
    """The names in bylines, each once, in their order; addresses and the outlet's own name are left out."""
    names: dict[str, str] = {}
    for byline in bylines:
        for name in _split(_BY.sub("", squeeze(byline), count=1)):
            key = name.casefold()
            if _is_name(name) and key != outlet.casefold():
                names.setdefault(key, name)
    return tuple(names.values())[:_MOST]


def _split(line: str) -> list[str]:
    pieces = [piece.strip(" .,") for piece in _BETWEEN.split(line[: _LONGEST * _MOST])]
    if len(pieces) == 2 and ", " in line and all(piece and " " not in piece for piece in pieces):
        return [line]
    merged: list[str] = []
    for piece in pieces:
        if merged and piece.casefold() in _TITLES:
            merged[-1] = f"{merged[-1]}, {piece}"
        else:
            merged.append(piece)
    return merged


def _is_name(name: str) -> bool:
    return 1 < len(name) <= _LONGEST and "://" not in name and "@" not in name and any(map(str.isalpha, name))
