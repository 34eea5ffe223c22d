"""Every regular expression against texts made to slow it down."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import assistant
import ingest
import tui

pytestmark = pytest.mark.slow

LENGTH = {
    "ingest": 20_000,
    "assistant": 1_000,
    "tui": 1_000,
}  # of a page, and of a sentence; a bound of 4,096 is no growth
LONGER = {**LENGTH, "ingest": 50_000}
NOISE = 0.05  # seconds below which a ratio says nothing; four times the text takes a quadratic one 16 times as long
UNITS = [
    *" a\n[<(\"1-=,.*#|\\'“",
    *(
        "a@",
        "http://",
        ". ",
        "\t ",
        "_ ",
        "# ",
        "<a ",
        "<!--",
        "A, ",
        "(AP ",
        "©AP ",
        "[a](",
        " | ",
        "a's",
        "1-",
        ".)",
    ),
    *("Support a", "Welcome to ", "Read a ", "Get the app "),
    *(
        "said ",
        "“a ",
        "the A b ",
        "Ab of ",
        "Mr. ",
        "ignore a ",
        "AI a ",
        "20 ",
        "and ",
        "www.a.",
        "a.",
        "//a",
        "<a",
        "to A ",
    ),
]


def patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    if isinstance(value, list | tuple):
        for item in value:
            yield from patterns(item)


@pytest.fixture(scope="module")
def every_pattern() -> dict[str, set[re.Pattern[Any]]]:
    """By package; one that is imported from another counts with its own."""
    found: dict[str, set[re.Pattern[Any]]] = {}
    for package in (ingest, assistant, tui):
        names = [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
        modules = [
            importlib.import_module(name) for name in names if not name.endswith(("__main__", "migrations.env"))
        ]
        here = {one for module in modules for value in vars(module).values() for one in patterns(value)}
        found[package.__name__] = here.difference(*found.values())
    return found


def test_patterns_of_whole_packages_are_looked_at(every_pattern: dict[str, set[re.Pattern[Any]]]) -> None:
    from assistant.safety.gate import _ADDRESS, _MARKUP
    from ingest.language.english import _WORD
    from ingest.language.sentences import _BREAK, _LAST_WORD

    assert every_pattern["ingest"] >= {_BREAK, _LAST_WORD, _WORD}
    assert every_pattern["assistant"] >= {_ADDRESS, _MARKUP}


@pytest.mark.parametrize(("end", "lengths"), [("!", LENGTH), pytest.param("", LONGER, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_takes_more_than_its_share_of_a_longer_text(
    every_pattern: dict[str, set[re.Pattern[Any]]], unit: str, end: str, lengths: dict[str, int]
) -> None:
    slow = {}
    for package, found in every_pattern.items():
        short, long = (unit * (length // len(unit)) + end for length in (lengths[package] // 4, lengths[package]))
        for pattern in found:
            if seconds(pattern, long) > NOISE and (ratio := growth(pattern, short, long)) > 10:
                slow[pattern.pattern] = ratio
    assert not slow


def growth(pattern: re.Pattern[Any], short: str, long: str) -> float:
    """How many times as long the longer text takes, by the best of three: a busy machine is slow now and then."""
    least = [min(seconds(pattern, text) for _ in range(3)) for text in (long, short)]
    return least[0] / max(least[1], NOISE / 10)


def seconds(pattern: re.Pattern[Any], text: str) -> float:
    hostile: Any = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.process_time()
    pattern.search(hostile)
    pattern.fullmatch(hostile)
    return time.process_time() - start
