"""Numbers in words, as the rules of Unicode (RBNF) spell them in the languages that put spaces between words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from ingest.language.calendar import folded_word

_APOSTROPHES = str.maketrans("’ʼ", "''")
_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*")


@lru_cache(maxsize=16)
def numerals(language: str) -> dict[tuple[str, ...], str]:
    """The figures that words stand for, by the words in small letters: "21" for twenty-one, "3." for third.

    Empty for a language of which none are known.
    """
    found: dict[tuple[str, ...], str] = {}
    for row, mark in zip(_table().get(language, ()), ("", "."), strict=False):
        for number, said in enumerate(row, 1):
            found.setdefault(tuple(map(_compared, _WORD.findall(said))), f"{number}{mark}")
    return found


def numeral_at(words: Sequence[str], at: int, language: str) -> tuple[str, int]:
    """The figures that the words from there on stand for, and how many words these are; "" and 0 for none."""
    for count in range(_longest_from(language).get(_compared(words[at]), 0), 0, -1):
        if figures := numerals(language).get(tuple(map(_compared, words[at : at + count]))):
            return figures, count
    return "", 0


@lru_cache(maxsize=16)
def _longest_from(language: str) -> dict[str, int]:
    """How many words the numbers have at most that begin with a word."""
    found: dict[str, int] = {}
    for words in numerals(language):
        found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


@lru_cache(maxsize=8192)  # of a text most words are looked up several times
def _compared(word: str) -> str:
    return folded_word(word).translate(_APOSTROPHES)


@lru_cache(maxsize=1)
def _table() -> dict[str, list[list[str]]]:
    text = resources.files("ingest.language").joinpath("numerals.json").read_text("utf-8")
    table: dict[str, list[list[str]]] = json.loads(text)
    return table
