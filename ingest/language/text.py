"""Cleaning of text that came from outside: no control characters, no invisible tricks, nothing lost that reads."""

from __future__ import annotations

import re
import unicodedata

# Bidirectional overrides, invisible characters and tags, after Unicode TR36 and TR39. U+200C and U+200D stay:
# Persian, Indic scripts and emoji need them.
_REMOVED = [
    0x0000, 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F,
    *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0x3164, 0xFEFF, 0xFFA0,
    *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0),
]  # fmt: skip
_CONTROL_PICTURE = {code: chr(0x2400 + code) for code in range(1, 0x20) if chr(code) not in "\t\n"}
_REPLACED = dict.fromkeys([0x7F, *range(0x80, 0x85), *range(0x86, 0xA0), *range(0xD800, 0xE000)], "\ufffd")
_LINE_ENDS = dict.fromkeys([0x85, 0x2028, 0x2029], "\n")
_TABLE: dict[int, str | None] = {**dict.fromkeys(_REMOVED), **_CONTROL_PICTURE, **_REPLACED, **_LINE_ENDS}
# One range for the tags beyond the basic plane: a set that mixes both is searched forty times slower.
_SUSPECT = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_TABLE) if code < 0x10000) + "]")
_TAGS = re.compile("[\U000e0000-\U000e01ef]")


# Every capital letter that `str.isupper` knows, of any script: the inside of a class of letters.
CAPITALS = "".join(filter(str.isupper, map(chr, range(0x2D00))))
# A pattern for a word with a capital, as the words of a name have.
NAME_WORD = rf"[{CAPITALS}][\w’'.-]*\w"
# A pattern for words with capitals that follow one another, as the words of a name do: "Bank of Marenth".
CAPITALISED = rf"{NAME_WORD}(?: (?:(?:of|de|van|von) )?{NAME_WORD})*"


def clean(text: str) -> str:
    """Text that is safe to store, to encode as UTF-8 and to show in a terminal.

    Works character by character, so where a stream is cut does not matter (but for a CR LF pair), and twice
    gives the same as once.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_TABLE) if _SUSPECT.search(text) or _TAGS.search(text) else text


def squeeze(text: str) -> str:
    """`clean` on one line: every run of white space becomes one space."""
    return " ".join(clean(text).split())


def within(text: str, most: int) -> str:
    """As much of a text, from its beginning, as `most` bytes of UTF-8 hold."""
    return text.encode()[:most].decode(errors="ignore")


def letters(name: str) -> str:
    """The letters and digits of a name without case, by which spellings are compared: "quaytimes" of "Quay-Times"."""
    low = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in low if unicodedata.category(sign)[0] in "LMN")
