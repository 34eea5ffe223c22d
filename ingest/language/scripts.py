"""Scripts that are written without spaces between words, or with few signs to a word."""

from __future__ import annotations

import regex

# Inside of a class of characters. Chinese, Japanese and Korean: a sign or two make a word.
SIGNS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}ー々"
# Scripts of Southeast Asia and Tibet: letters make words, which stand without spaces.
JOINED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
_UNSPACED = regex.compile(rf"[{SIGNS}{JOINED}]")


def begins_unspaced(text: str) -> bool:
    """Whether the first character of a text belongs to such a script."""
    return _UNSPACED.match(text) is not None


def has_unspaced(text: str) -> bool:
    """Whether a text has a character of such a script."""
    return _UNSPACED.search(text) is not None


def count_unspaced(text: str) -> int:
    """How many characters of a text belong to such a script."""
    return len(_UNSPACED.findall(text))
