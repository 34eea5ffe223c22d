"""Titles as they are compared: pages print the same one with other dashes, quotation marks and capitals."""

from __future__ import annotations

import re
import unicodedata

from ingest.text import squeeze

_SAME = str.maketrans({"–": "-", "—": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"'})
_LONGEST = 1000
_TAIL = re.compile(r" [|\-–—·•:»/]{1,3} ")


def folded(title: str) -> str:
    """The title with one kind of dash and quotation mark, one space between words, no capitals."""
    return unicodedata.normalize("NFKC", squeeze(title).translate(_SAME)).casefold()


def below(title: str, text: str) -> str:
    """The text below its own headline, where its first line is that; the text itself where nothing else is in it."""
    line, _, rest = text.lstrip()[:_LONGEST].partition("\n")
    if not title or not rest.strip() or folded(line) != folded(title):
        return text
    return text.lstrip()[len(line) :].lstrip()


def without_site(title: str, *names: str) -> str:
    """The title without the name of the outlet at its end, as in "Bridge reopens - City Paper"."""
    known = {_letters(name) for name in names} - {""}
    stripped = False
    while len(parts := _TAIL.split(title)) > 1:
        section = stripped and " " not in parts[-1] and "|" in title
        if not (section or _is_site(parts[-1], known)):
            break
        stripped = True
        title = title[: title.rfind(parts[-1])].rstrip(" |-–—·•:»/")
    return title


def _is_site(tail: str, known: set[str]) -> bool:
    letters = _letters(tail)
    alike = (letters in name or name in letters or _is_inside(name, letters) for name in known)
    return 1 < len(letters) <= 60 and any(alike)


def _is_inside(name: str, letters: str) -> bool:
    """Whether the letters of an address such as thecrimson.com occur in a name in their order."""
    rest = iter(letters)
    return len(name) > 4 and all(letter in rest for letter in name)


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
