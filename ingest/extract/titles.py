"""Titles as they are compared: pages print the same one with other dashes, quotation marks and capitals."""

from __future__ import annotations

import unicodedata

from ingest.text import squeeze

_SAME = str.maketrans({"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
_LONGEST = 1000


def folded(title: str) -> str:
    """The title with one kind of dash and quotation mark, one space between words, no capitals."""
    return unicodedata.normalize("NFKC", squeeze(title).translate(_SAME)).casefold()


def below(title: str, text: str) -> str:
    """The text below its own headline, where its first line is that; the text itself where nothing else is in it."""
    line, _, rest = text.lstrip()[:_LONGEST].partition("\n")
    if not title or not rest.strip() or folded(line) != folded(title):
        return text
    return text.lstrip()[len(line) :].lstrip()
