"""The words that newspapers print around the names of writers, in many languages."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from ingest.language.scripts import has_unspaced

Kind = Literal[
    "by", "label", "and", "a", "newsroom", "organisation", "job", "other", "credit", "is", "writes", "lead"
]
LONGEST = 4  # words of the longest phrase
_INSIDE = 6  # letters from which on a word is also found inside another one


@lru_cache(maxsize=64)
def words(kind: Kind, language: str = "") -> frozenset[str]:
    """The words and phrases of a kind, in small letters: of one language, or of all."""
    listed = _table()[kind]
    return frozenset(word for tag, said in listed.items() if language in ("", tag) for word in said)


def phrase_at(tokens: list[str], start: int, kind: Kind) -> int:
    """How many of the tokens from `start` on are a phrase of that kind, 0 where they are none."""
    known = words(kind)
    plain = [token.casefold().strip(".:：") for token in tokens[start : start + LONGEST]]
    return next((count for count in range(len(plain), 0, -1) if " ".join(plain[:count]) in known), 0)


def has(text: str, kind: Kind) -> bool:
    """Whether a word or phrase of that kind occurs in a text; long ones also inside its words."""
    low = text.casefold()
    tokens = low.replace(".", " ").replace("-", " ").split()
    return any(word in low for word in _long(kind)) or any(phrase_at(tokens, at, kind) for at in range(len(tokens)))


@lru_cache(maxsize=8)
def _long(kind: Kind) -> tuple[str, ...]:
    """The words that are found inside others: those of many letters, and those of scripts without spaces."""
    return tuple(word for word in words(kind) if len(word) >= _INSIDE or _is_dense(word))


def _is_dense(word: str) -> bool:
    """Whether it is written in a script of few signs to a word: Chinese, Japanese, Korean, Thai."""
    return has_unspaced(word) and len(word) > 1


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("ingest.extract.byline").joinpath("credits.toml").read_text(encoding="utf-8"))
