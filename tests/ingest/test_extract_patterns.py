"""Every regular expression of the package against texts made to slow it down."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import ingest

LENGTH = 50_000
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
]


def patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    if isinstance(value, list | tuple):
        for item in value:
            yield from patterns(item)


@pytest.fixture(scope="module")
def every_pattern() -> set[re.Pattern[Any]]:
    modules = [importlib.import_module(module.name) for module in pkgutil.walk_packages(ingest.__path__, "ingest.")]
    return {found for module in modules for value in vars(module).values() for found in patterns(value)}


def test_patterns_of_the_whole_package_are_looked_at(every_pattern: set[re.Pattern[Any]]) -> None:
    from ingest.sentences import _BREAK, _LAST_WORD
    from ingest.words import _WORD

    assert every_pattern >= {_BREAK, _LAST_WORD, _WORD}


@pytest.mark.parametrize("end", ["", "!"])
@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_takes_more_than_its_share_of_a_longer_text(
    every_pattern: set[re.Pattern[Any]], unit: str, end: str
) -> None:
    short, long = (unit * (length // len(unit)) + end for length in (LENGTH // 4, LENGTH))
    slow = {}
    for pattern in every_pattern:
        spent = seconds(pattern, long)
        if spent > NOISE and (ratio := spent / max(seconds(pattern, short), NOISE / 10)) > 10:
            slow[pattern.pattern] = ratio
    assert not slow


def seconds(pattern: re.Pattern[Any], text: str) -> float:
    hostile: Any = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.process_time()
    pattern.search(hostile)
    pattern.fullmatch(hostile)
    return time.process_time() - start
