"""Two numbers, names or things of a passage that have changed places in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.checks.finding import FINE, Finding, partly
from ingest.language.stems import overlap, stems
from ingest.language.text import CAPITALISED

_TOKEN = re.compile(rf"{CAPITALISED}|[$€£]?\d(?:[\d.,:]*\d)?%?|[^\W\d_](?:[\w’'.-]*\w)?")
_SCORE = re.compile(r"(?<![\d.,–-])(\d{1,3})[-–](\d{1,3})(?![\d–-]|[.,]\d)")
_LINK = re.compile(r",? (?:and|or|as well as) |, |; | & ")
_POSSESSIVE = re.compile(r"[’']s?$")
_LONGEST_MEMBER = 4  # words of a member of a list
_EMPTY = frozenset("the a an".split())
_ALIKE = 0.7  # of the words of the sentence are in the passage
_MOST = 16  # tokens of a kind that are compared, each with each


def check_exchanged(text: str, passage: str) -> Finding:
    """Two tokens, each of which stands in the sentence where the other one stands in the passage."""
    if overlap(text, passage) < _ALIKE:
        return FINE
    scores = [{match.groups() for match in _SCORE.finditer(of)} for of in (text, passage)]
    for one, other in scores[0] - scores[1]:
        if (other, one) in scores[1]:
            return partly(f"it says {one}-{other} where the cited passage says {other}-{one}")
    mine, theirs = _tokens(text), _tokens(passage)
    once = [one for one in mine if (stems(one) or _is_number(one)) and mine.count(one) == theirs.count(one) == 1]
    for kind in (_is_number, _is_name, str.islower):
        for one, other in combinations([token for token in once if kind(token)][:_MOST], 2):
            listed = not _is_number(one) and all(_are_listed(of, one, other) for of in (text, passage))
            if theirs.index(one) > theirs.index(other) and not listed and _changed_places(mine, theirs, one, other):
                return partly(f"{one} and {other} stand the other way round in the cited passage")
    return FINE


def _changed_places(mine: Sequence[str], theirs: Sequence[str], one: str, other: str) -> bool:
    """Whether each has the neighbours in the sentence that the other has in the passage."""
    said = [_place(mine, token, (one, other)) for token in (one, other)]
    stands = [_place(theirs, token, (one, other)) for token in (one, other)]
    pairs = zip(said, stands, reversed(stands), strict=True)
    return all(_alike(place, exchanged) > _alike(place, own) + 1 for place, own, exchanged in pairs)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=True))


def _place(tokens: Sequence[str], token: str, pair: tuple[str, str]) -> list[str]:
    """What stands before and after a token: the next word, and the next that says something, cut to their stems."""
    at = tokens.index(token)
    sides = tokens[:at][::-1], tokens[at + 1 :]
    words = [[word for word in side if word not in pair] for side in sides]
    telling = [[word for word in side if stems(word)] for side in words]
    return [min(stems(side[0]), default=side[0].casefold()) if side else "" for side in (*words, *telling)]


def _are_listed(text: str, one: str, other: str) -> bool:
    """Whether both are members of one list, so that their order says nothing."""
    start, end = sorted((text.rfind(one), text.rfind(other)))
    parts = _LINK.split(text[start:end])
    return len(parts) > 1 and all(len(part.split()) <= _LONGEST_MEMBER for part in parts)


def _tokens(text: str) -> list[str]:
    found = (_POSSESSIVE.sub("", match[0].removeprefix("The ")) for match in _TOKEN.finditer(text))
    return [token for token in found if token.casefold() not in _EMPTY]


def _is_number(token: str) -> bool:
    return any(sign.isdigit() for sign in token)


def _is_name(token: str) -> bool:
    return token[0].isupper() and not _is_number(token)
