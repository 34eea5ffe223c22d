"""How long a whole answer without a chat model takes, with the reader and without, beside a dense search, in one run.

    python -m tests.benchmarks.answering --archive DIR --questions QUESTIONS.jsonl [--count 100]

The dense search is what a quick recipe runs: the question embedded, the eight nearest passages of Chroma read. Each
question is asked of all three in turn, once as it is and once with its own `date` as the last day let through. The
first ten questions warm up what they use and are not counted. Processor time counts both cores, and hardly depends on
what else the machine does.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from assistant.answer import Assistant
from assistant.build import make_assistant, open_archive
from assistant.search.retriever import Retriever
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import AskRequest
from ingest.archive.archive import Archive
from ingest.types import EVERYTHING, Filter

NEAREST, WARM_UP = 8, 10
Taken = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    asked = [json.loads(line) for line in options.questions.read_text().splitlines()]
    asked = [one for one in asked if one.get("answer_in_retrieved", True)]
    asked = asked[:: max(1, len(asked) // (options.count + WARM_UP))][: options.count + WARM_UP]
    settings = Settings(data=options.archive)
    with open_archive(settings) as archive:
        print(f"{archive.store.summary().articles:,} articles, {len(asked) - WARM_UP} questions")
        without = make_assistant(settings.model_copy(update={"reader": "none"}), archive)
        for one in asked[:WARM_UP]:
            _answer(without, one["question"], EVERYTHING)
        before = _memory()
        reading = make_assistant(settings, archive)
        for name, dated in (("until its day", True), ("undated", False)):
            print(name)
            _compare(archive, without, reading, asked, dated=dated)
        print(f"memory {before:.0f} MB without the reader, {_memory():.0f} MB with it")


def _compare(archive: Archive, without: Assistant, reading: Assistant, asked: list[Any], *, dated: bool) -> None:
    taken: dict[str, list[Taken]] = {"dense search": [], "without the reader": [], "with the reader": []}
    order = [("without the reader", without), ("with the reader", reading)]
    for one in asked:
        order.reverse()  # who comes second finds some of the work done
        question = one["question"]
        filters = Filter(until=date.fromisoformat(one["date"])) if dated else EVERYTHING
        taken["dense search"].append(_milliseconds(partial(dense, archive, question)))
        for name, assistant in order:
            taken[name].append(_milliseconds(partial(_answer, assistant, question, filters)))
    least = statistics.median(wall for wall, _ in taken["dense search"][WARM_UP:])
    for name, every in taken.items():
        walls, processor = zip(*every[WARM_UP:], strict=True)
        p50, p95 = statistics.median(walls), statistics.quantiles(walls, n=20)[-1]
        print(f"  {name:20} p50 {p50:.0f} ms, p95 {p95:.0f} ms, {p50 / least:.1f} times the dense search;", end=" ")
        print(f"processor {statistics.median(processor):.0f} ms")


def dense(archive: Archive, question: str) -> None:
    """The nearest passages, by their meaning alone."""
    vector = Retriever(archive).vector(question)
    archive.store.passages([key for key, _ in archive.find_meaning(vector, NEAREST, EVERYTHING)])


def _answer(assistant: Assistant, question: str, filters: Filter) -> None:
    wait_for(assistant.ask(AskRequest(question=question, filters=filters, remember=False)))


def _milliseconds(act: Callable[[], object]) -> Taken:
    """Of the clock, and of the processor."""
    wall, processor = perf_counter(), process_time()
    act()
    return (perf_counter() - wall) * 1000, (process_time() - processor) * 1000


def _memory() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
