"""How long the running service takes to answer, beside its plain search, in one run.

    python tests/benchmarks/ask_latency.py QUESTIONS.jsonl [--url http://127.0.0.1:8765] [--count 200]

Questions are asked one after the other, each first with GET /search and then with POST /ask.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import httpx


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8765")
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    questions = [json.loads(line)["question"] for line in options.questions.read_text().splitlines()]
    with httpx.Client(base_url=options.url, timeout=60) as http:
        seconds: dict[str, list[float]] = {"search": [], "ask": []}
        for question in questions[: options.count]:
            seconds["search"].append(_timed(http, "GET", "/search", params={"q": question}))
            seconds["ask"].append(_timed(http, "POST", "/ask", json={"question": question}))
    for name, taken in seconds.items():
        cuts = statistics.quantiles(taken, n=20)
        print(f"{name:7} p50 {statistics.median(taken) * 1000:.0f} ms, p95 {cuts[-1] * 1000:.0f} ms")
    print(
        f"ratio   {statistics.median(seconds['ask']) / statistics.median(seconds['search']):.1f} times plain search"
    )


def _timed(http: httpx.Client, method: str, path: str, **given: Any) -> float:
    began = time.perf_counter()
    http.request(method, path, **given).raise_for_status()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
