"""Words in quotation marks, and whether a text holds them word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "‚": "‘’", "'": "'", "‹": "›"}
_SINGLE = frozenset("‘'")
_ALIKE = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′`´'"), "'"),
    **dict.fromkeys(map(ord, '“”„‟«»‹›"'), ""),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("["): "(",
    ord("]"): ")",
}
_EDGES = " .,;:!?…'-"
_LONGEST = 2000
_WORD = re.compile(r"\w[\w’'-]*")


def quoted(text: str) -> list[str]:
    """What stands between quotation marks of any kind; an apostrophe is none."""
    pieces = (text[start:end] for start, end in _pieces(text))
    return [piece for piece in pieces if any(sign.isalnum() for sign in piece)]


def is_title(words: str) -> bool:
    """Whether words in quotation marks are written as the title of a work: a name, which nobody says."""
    found = _WORD.findall(words)
    small = all(word[0].isupper() or word[0].isdigit() or len(word) < 5 for word in found)
    return 1 < len(found) <= 10 and small and found[0][0].isupper() and words[-1] not in ",.!?"


def unquoted(text: str) -> str:
    """The text with blanks in place of what is quoted, and of all of it where it opens with a quotation cut off."""
    for start, end in _pieces(text):
        text = text[:start] + " " * (end - start) + text[end:]
    opened = text[:1] in _PAIRS and text[:1] not in _SINGLE and _closing(text, 0) < 0 and text[1:2].strip()
    return " " * len(text) if opened else text


def plain(text: str) -> str:
    """One form for what is printed in many: quotation marks, dashes, ellipses, white space, Unicode forms."""
    same = unicodedata.normalize("NFKC", text).translate(_ALIKE).replace("...", "…")
    return re.sub(r" ?- ?", "-", " ".join(same.split())).replace(" …", "…").replace("… ", "…")


def bare(text: str) -> str:
    """The text with what is quoted in it, and without the quotation marks."""
    for start, end in reversed(list(_pieces(text))):
        text = text[: start - 1] + text[start:end] + text[end + 1 :]
    return text


def find(words: str, text: str) -> int:
    """Where `plain(text)` holds the words as one run, between whole words and without regard to case; or -1."""
    needle = plain(words).strip(_EDGES).casefold()
    match = re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", plain(text).casefold()) if needle else None
    return match.start() if match else -1


def holds(text: str, words: str) -> bool:
    return not plain(words).strip(_EDGES) or find(words, text) >= 0


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each quotation's words start and end, in order."""
    position = 0
    while position < len(text):
        end = _closing(text, position)
        if end > 0:
            yield position + 1, end
        position = end + 1 if end > 0 else position + 1


def _closing(text: str, start: int) -> int:
    """Where the quotation that opens at `start` closes; -1 if none opens there."""
    closers = _PAIRS.get(text[start])
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if (
        closers is None
        or not after.strip()
        or (text[start] in _SINGLE and (before.isalnum() or _decade(text, start)))
    ):
        return -1
    for index in range(start + 2, min(len(text), start + _LONGEST)):
        follows = text[index + 1 : index + 2]
        if text[index] in closers and not (
            text[start] in _SINGLE and (follows.isalnum() or text[index - 1].isspace())
        ):
            return index
    return -1


def _decade(text: str, start: int) -> bool:
    """The mark of an omission, as in '90s."""
    return text[start + 1 : start + 3].isdigit()
