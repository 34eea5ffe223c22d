"""The steps of a comparison, as one system does them in a process of its own; needs nothing but Python.

    python -m tests.benchmarks.compared.systems.NAME STEP ORDER.json

An order has the keys `articles` (a file of JSON lines), `folder`, `model`, `questions` (text and url) and `clients`.
What a step found out is printed as JSON in the last line.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Protocol

NEAREST = 8  # passages that are found for a question
WARM_UP = 3  # questions that are not counted


class System(Protocol):
    """A store of articles in a folder, open."""

    def ingest(self, articles: Path) -> int:
        """Take in the articles of a file of JSON lines; returns how many passages were embedded for that."""
        ...

    def find(self, question: str) -> Sequence[str]:
        """The addresses of the articles of the passages nearest to a question, best first."""
        ...

    def close(self) -> None: ...


Opened = Callable[[Path, str], System]


def main(opened: Opened) -> None:
    step, order = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    system = opened(Path(order["folder"]), order["model"])
    asked = [one["text"] for one in order["questions"]]
    if step == "ingest":
        found: dict[str, Any] = {"passages": system.ingest(Path(order["articles"]))}
    elif step == "cold":
        found = {"found": len(system.find(asked[0]))}
    else:
        found = _asked(system.find, order)
    system.close()
    print(json.dumps(found))


def _asked(find: Callable[[str], Sequence[str]], order: dict[str, Any]) -> dict[str, float]:
    """One question after the other, then several clients at once."""
    questions = [one["text"] for one in order["questions"]]
    for question in questions[:WARM_UP]:
        find(question)
    milliseconds, hits, processor = [], 0, process_time()
    for one in order["questions"]:
        began = perf_counter()
        found = find(one["text"])
        milliseconds.append((perf_counter() - began) * 1000)
        hits += one["url"] in found[:5]
    processor = process_time() - processor
    began = perf_counter()
    with ThreadPoolExecutor(order["clients"]) as clients:
        list(clients.map(find, questions))
    return {
        "p50_ms": statistics.median(milliseconds),
        "cpu_ms": processor * 1000 / len(questions),
        "p95_ms": statistics.quantiles(milliseconds, n=20)[-1],
        "questions_a_second": len(questions) / (perf_counter() - began),
        "found": hits / len(questions),
    }
