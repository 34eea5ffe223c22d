"""What stands below the text of an article and is not of it: who wrote and edited it, and the outlet's own lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.names import folded

_MOST, _LONGEST_START, _LONGEST_HEAD, _NAME_WITHIN = 5, 80, 40, 30
_CREDIT = re.compile(
    r"\(?(?:(?:additional |further )?(?:reporting|writing|editing)|written|reported|edited|compiled|produced)"
    r" (?:by|in) .{3,280}"
    r"|.{3,160} contributed (?:to this|reporting|from)\b.{0,80}"
    r"|\(?with (?:reporting|files|inputs?) (?:by|from) .{3,200}",
    re.IGNORECASE,
)
_STANDARDS = re.compile(r"our standards ?: ?.{5,80}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:。][\"”’'»)\]]{0,3}$")
_QUOTES = tuple("\"“„«‘'「")


def without_closing(text: str, authors: Sequence[str]) -> tuple[str, list[str]]:
    """The text without such lines among its last ones, and whom those name."""
    lines = text.split("\n\n")
    names = [name for author in authors if " " in (name := folded(author))]
    start = max(1, len(lines) - _MOST)
    gone = [place for place in range(start, len(lines)) if _is_closing(lines[place], names)]
    if gone and gone[0] > 1 and _is_head(lines[gone[0] - 1]):
        gone.insert(0, gone[0] - 1)
    kept = [line for place, line in enumerate(lines) if place not in gone]
    named = [lines[place].partition(" by ")[2] or lines[place] for place in gone]
    return "\n\n".join(kept), [line.rstrip(".) ") for line in named]


def _is_closing(line: str, names: list[str]) -> bool:
    if _CREDIT.fullmatch(line) or _STANDARDS.fullmatch(line):
        return True
    if not names or line.startswith(_QUOTES):
        return False
    start = f" {folded(line[:_LONGEST_START])} "
    places = [place for name in names if (place := start.find(f" {name} ")) >= 0]
    return bool(places) and (min(places) <= _NAME_WITHIN)


def _is_head(line: str) -> bool:
    """Whether a line heads what stood below it."""
    return len(line) <= _LONGEST_HEAD and not _SENTENCE_END.search(line) and "\n" not in line
