"""Two numbers, names or things of a passage that have changed places in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from assistant.checks.finding import FINE, Finding, partly
from assistant.checks.wording import overlap, stems
from ingest.language.text import CAPITALS

_CAPITALISED = rf"[{CAPITALS}][\w’'.-]*\w"
_ONE = r"[$€£]?\d[\d.,:]*\d|[$€£]?\d|[^\W\d_](?:[\w’'.-]*\w)?|%"
_TOKEN = re.compile(_ONE)
_NAMED = re.compile(rf"{_CAPITALISED}(?: (?:(?:of|de|van|von) )?{_CAPITALISED})*|{_ONE}")
_THE = re.compile(r"^The ")
_SCORE = re.compile(r"(?<![\d.,–-])(\d{1,3})[-–](\d{1,3})(?![\d–-]|[.,]\d)")
_LINK = re.compile(r",? (?:and|or|as well as) |, |; | & ")
_CLAUSE = re.compile(r"\b(?:while|but|whereas|who|which|that|was|were|is|are|has|had|[a-z]{3,}ed|from|to)\b")
_LONGEST_MEMBER = 4  # words of a member of a list
_PLACES = 4  # of a token that are looked at
_ARTICLES = frozenset("the a an".split())
_ALIKE = 0.7  # of the words of the sentence are in the passage
_MOST = 16  # tokens of a kind that are compared, each with each


@dataclass(frozen=True)
class _Place:
    """What stands around a token: the words next to it, and the nearest that are no mere function words."""

    beside: tuple[str, str]
    content: tuple[str, str]

    def likeness(self, other: _Place) -> int:
        mine, theirs = (*self.beside, *self.content), (*other.beside, *other.content)
        return sum(one == another for one, another in zip(mine, theirs, strict=True))


def check_exchanged(text: str, passage: str) -> Finding:
    """Two tokens, each of which stands in the sentence where the other one stands in the passage."""
    if overlap(text, passage) < _ALIKE:
        return FINE
    scores = [{match.groups() for match in _SCORE.finditer(of)} for of in (text, passage)]
    for one, other in scores[0] - scores[1]:
        if (other, one) in scores[1]:
            return partly(f"it says {one}-{other} where the cited passage says {other}-{one}")
    for whole_names in (True, False):
        mine, theirs = _tokens(text, whole_names=whole_names), _tokens(passage, whole_names=whole_names)
        for kind in (_is_number, _is_name, _is_word):
            once = [token for token in mine if kind(token) and mine.count(token) == theirs.count(token) == 1]
            for one, other in combinations(once[:_MOST], 2):
                turned = theirs.index(one) > theirs.index(other)
                if turned and not _listed(text, passage, one, other) and _changed_places(mine, theirs, one, other):
                    return partly(f"{one} and {other} stand the other way round in the cited passage")
    return FINE


def _listed(text: str, passage: str, one: str, other: str) -> bool:
    """Whether both are members of one list in either text, so that their order says nothing."""
    return not _is_number(one) and all(_of_one_list(of, one, other) for of in (text, passage))


def _of_one_list(text: str, one: str, other: str) -> bool:
    """Whether they stand in one list, wherever else they may stand, too."""
    places = {
        token: [match.span() for match in re.finditer(re.escape(token), text)][:_PLACES] for token in (one, other)
    }
    pairs = (sorted(pair) for pair in product(places[one], places[other]))
    return any(_are_listed(text[first[1] : second[0]]) for first, second in pairs)


def _are_listed(between: str) -> bool:
    parts = _LINK.split(between)
    return len(parts) > 1 and all(len(part.split()) <= _LONGEST_MEMBER and not _is_clause(part) for part in parts)


def _is_clause(part: str) -> bool:
    """Whether a part of a list tells something of its own: it has a number, or a word such as "while"."""
    return any(sign.isdigit() for sign in part) or _CLAUSE.search(part) is not None


def _changed_places(mine: Sequence[str], theirs: Sequence[str], one: str, other: str) -> bool:
    pair = {one, other}
    said_one, said_other = (_place(mine, token, pair) for token in (one, other))
    one_stands, other_stands = (_place(theirs, token, pair) for token in (one, other))
    return (
        said_one.likeness(other_stands) > said_one.likeness(one_stands) + 1
        and said_other.likeness(one_stands) > said_other.likeness(other_stands) + 1
    )


def _place(tokens: Sequence[str], token: str, pair: set[str]) -> _Place:
    at = tokens.index(token)
    before, after = [*_others(reversed(tokens[:at]), pair)], [*_others(tokens[at + 1 :], pair)]
    return _Place((_first(before), _first(after)), (_first(before, content=True), _first(after, content=True)))


def _others(tokens: Sequence[str] | Iterator[str], pair: set[str]) -> Iterator[str]:
    return (word for word in tokens if word not in pair)


def _first(words: Sequence[str], *, content: bool = False) -> str:
    """Stemmed, so that "opposed" and "opposes" are the same; empty at an end."""
    return next((_stem(word) for word in words if not content or stems(word)), "")


def _stem(word: str) -> str:
    return min(stems(word), default=word.casefold())


def _tokens(text: str, *, whole_names: bool) -> list[str]:
    """Numbers and words in order, without articles; of names of several words the whole, or each word."""
    found = (_THE.sub("", match[0]) for match in (_NAMED if whole_names else _TOKEN).finditer(text))
    return [token for token in found if token.casefold() not in _ARTICLES]


def _is_number(token: str) -> bool:
    return any(sign.isdigit() for sign in token)


def _is_name(token: str) -> bool:
    return token[0].isupper() and bool(stems(token))


def _is_word(token: str) -> bool:
    return token[0].islower() and bool(stems(token))
