"""Words that say something else in each other's place, by rows: rose and fell, wife and sister, talks and treaty."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple


class Row(NamedTuple):
    """The sides of a row, in small letters mostly; the words of one side say about the same."""

    kind: str
    sides: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def exchanged() -> tuple[Row, ...]:
    """All rows of `exchanged.txt`, read once."""
    lines = resources.files("ingest.language").joinpath("exchanged.txt").read_text("utf-8").splitlines()
    return tuple(_row(line) for line in lines if line and not line.startswith("#"))


def _row(line: str) -> Row:
    kind, _, words = line.partition(": ")
    sides = words.split("|") if "|" in words else words.split(",")
    return Row(kind, tuple(tuple(word.strip() for word in side.split(",")) for side in sides))
