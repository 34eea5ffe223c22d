"""Words in quotation marks, and whether a text holds them word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "‚": "‘’", "'": "'", "‹": "›"}
_OPENER = re.compile(f"[{''.join(_PAIRS)}]")
_SINGLE = frozenset("‘'")
_MARKS = '“”„‟«»‹›"'
_GLUED = re.compile(rf"(?<=\w)[{_MARKS}]+(?=\w)")  # a word ends here, as at a blank
_ALIKE = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′`´'"), "'"),
    **dict.fromkeys(map(ord, _MARKS), ""),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("["): "(",
    ord("]"): ")",
}
_EDGES = " .,;:!?…'-"
_LONGEST = 2000
_WORD = re.compile(r"\w[\w’'-]*")


@lru_cache(maxsize=1024)  # every check of a sentence asks anew
def quoted(text: str) -> tuple[str, ...]:
    """What stands between quotation marks of any kind; an apostrophe is none."""
    pieces = (text[start:end] for start, end in _pieces(text))
    return tuple(piece for piece in pieces if any(sign.isalnum() for sign in piece))


def is_title(words: str) -> bool:
    """Whether words in quotation marks are written as the title of a work: a name, which nobody says."""
    found = _WORD.findall(words)
    small = all(word[0].isupper() or word[0].isdigit() or len(word) < 5 for word in found)
    return 1 < len(found) <= 10 and small and found[0][0].isupper() and words[-1] not in ",.!?"


@lru_cache(maxsize=1024)
def unquoted(text: str) -> str:
    """The text with blanks in place of what is quoted, and of all of it where it opens with a quotation cut off."""
    for start, end in _pieces(text):
        text = text[:start] + " " * (end - start) + text[end:]
    opened = text[:1] in _PAIRS and text[:1] not in _SINGLE and _closing(text, 0) < 0 and text[1:2].strip()
    return " " * len(text) if opened else text


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """One form for what is printed in many: quotation marks, dashes, ellipses, white space, Unicode forms."""
    same = _GLUED.sub(" ", unicodedata.normalize("NFKC", text)).translate(_ALIKE).replace("...", "…")
    return re.sub(r" ?- ?", "-", " ".join(same.split())).replace(" …", "…").replace("… ", "…")


def bare(text: str, words: Collection[str]) -> str:
    """The text without the quotation marks around these words."""
    for start, end in reversed(list(_pieces(text))):
        if text[start:end] in words:
            text = text[: start - 1] + text[start:end] + text[end + 1 :]
    return text


def find(words: str, text: str) -> int:
    """Where `plain(text)` holds the words as one run, between whole words and without regard to case; or -1."""
    return next(places(plain(words).strip(_EDGES).casefold(), plain(text).casefold()), -1)


def places(needle: str, text: str) -> Iterator[int]:
    """Where the needle, if there is any, stands in a text between whole words."""
    start = text.find(needle) if needle else -1
    while start >= 0:
        end = start + len(needle)
        if not (_in_a_word(text[start - 1 : start], needle[0]) or _in_a_word(needle[-1], text[end : end + 1])):
            yield start
        start = text.find(needle, start + 1)


def holds(text: str, words: str) -> bool:
    return not plain(words).strip(_EDGES) or find(words, text) >= 0


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each quotation's words start and end, in order."""
    position = 0
    while opening := _OPENER.search(text, position):
        start = opening.start()
        end = _closing(text, start)
        if end > 0:
            yield start + 1, end
        position = max(start, end) + 1


def _closing(text: str, start: int) -> int:
    """Where the quotation that opens at `start` closes; -1 if none opens there."""
    closers = _PAIRS.get(text[start])
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if (
        closers is None
        or not after.strip()
        or (text[start] == '"' and before.isascii() and _is_letter(before))  # as in 6" and 9"
        or (text[start] in _SINGLE and (before.isalnum() or _decade(text, start)))
    ):
        return -1
    for match in re.compile(f"[{closers}]").finditer(text, start + 2, start + _LONGEST):
        index = match.start()
        follows = text[index + 1 : index + 2]
        if not (text[start] in _SINGLE and (follows.isalnum() or text[index - 1].isspace())):
            return index
    return -1


def _in_a_word(before: str, after: str) -> bool:
    """Whether nothing parts two signs that follow one another."""
    return _is_letter(before) and _is_letter(after)


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _decade(text: str, start: int) -> bool:
    """The mark of an omission, as in '90s."""
    return text[start + 1 : start + 3].isdigit()
