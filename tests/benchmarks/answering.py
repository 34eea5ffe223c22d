"""How long it takes to understand a question and find its evidence, beside a dense search, in one run.

    python -m tests.benchmarks.answering --archive DIR --questions QUESTIONS.jsonl [--count 100]

The dense search is what a quick recipe runs: the question embedded, the eight nearest passages of Chroma read. Each
question is asked of both, once as it is and once with its own `date` as the last day let through. The first ten
questions warm up what they use and are not counted.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

from assistant.answer import Assistant
from assistant.build import make_assistant, open_archive
from assistant.retrieve import Retriever
from assistant.settings import Settings
from assistant.types import AskRequest
from assistant.waiting import wait_for
from ingest.archive import Archive
from ingest.types import EVERYTHING, Filter

NEAREST, WARM_UP = 8, 10


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
        assistant = make_assistant(settings, archive)
        print(f"{archive.store.summary().articles:,} articles, {len(asked) - WARM_UP} questions")
        for name, dated in (("until its day", True), ("undated", False)):
            recipe, ours = [], []
            for one in asked:
                filters = Filter(until=date.fromisoformat(one["date"])) if dated else EVERYTHING
                recipe.append(_milliseconds(lambda q=one["question"]: dense(archive, q)))
                ours.append(
                    _evidence(assistant, AskRequest(question=one["question"], filters=filters, remember=False))
                )
            _say("dense search", recipe[WARM_UP:])
            _say(f"evidence, {name}", ours[WARM_UP:])
            ratio = statistics.median(ours[WARM_UP:]) / statistics.median(recipe[WARM_UP:])
            print(f"{'':24} {ratio:.1f} times the dense search")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def dense(archive: Archive, question: str) -> None:
    """The nearest passages, by their meaning alone."""
    vector = Retriever(archive).vector(question)
    archive.store.passages([key for key, _ in archive.find_meaning(vector, NEAREST, EVERYTHING)])


def _evidence(assistant: Assistant, request: AskRequest) -> float:
    """Milliseconds from the question to its evidence; composing and checking come after."""
    timings = wait_for(assistant.ask(request)).timings
    return timings["understand"] + timings["evidence"]


def _milliseconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def _say(name: str, taken: list[float]) -> None:
    cuts = statistics.quantiles(taken, n=20)
    print(f"{name:24} p50 {statistics.median(taken):.0f} ms, p95 {cuts[-1]:.0f} ms")


if __name__ == "__main__":
    main()
