"""The last guard before the screen: text that cannot steer a terminal or hide what it says."""

from __future__ import annotations

import unicodedata

# Newline and tab lay text out; U+200C and U+200D shape Persian, Indic scripts and emoji.
_KEPT = frozenset("\n\t\u200c\u200d")
_LINE_ENDS = str.maketrans({"\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def plain(text: str) -> str:
    """`text` without control, bidirectional and invisible format characters.

    The service cleans what it stores; this holds even when the service is another, or has a fault. Works on
    single characters, so an unfinished escape sequence loses its escape and nothing else.
    """
    if text.isprintable():
        return text
    lined = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    return "".join(char for char in lined if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))


def one_line(text: str) -> str:
    """`plain` on one line, every run of white space a single space."""
    return " ".join(plain(text).split())
