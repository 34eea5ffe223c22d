"""How an archive grows: what adding, opening and asking take at more and more passages, up to a million.

    python -m tests.benchmarks.growth ARCHIVE [--passages 10000,30000,100000,300000,1000000] [--questions 30]

ARCHIVE is a new folder, or one of an earlier run, which is continued. The articles are made up: words as frequent as
in a language (Zipf), names that only some articles have, subjects that attract each other's vectors. The vectors are
synthetic, so what embedding takes is not in these figures. Each line is measured in a process of its own that opens
the archive and asks: seconds from its start to the first answer, then the times of the others, and its memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np

from assistant.build import make_assistant
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import AskRequest
from ingest.archive.archive import Archive
from ingest.embedding.embedder import Embedder, Span, Vectors
from ingest.types import Article, sha

SUBJECTS, NEARNESS = 2000, 0.8
AT_ONCE = 200  # articles
SENTENCES = 70  # of an article: about ten passages
BEGIN = datetime(2016, 1, 1, tzinfo=UTC)


class Synthetic(Embedder):
    """A direction for the subject, which the title begins with, and one for the text."""

    dimension, fingerprint = 384, "synthetic/384"

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.array([NEARNESS * _direction(text.split(" ", 1)[0]) + _own(text) for text in texts], np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        whole = self.embed(texts)
        return whole, [np.repeat(one[None], len(spans), axis=0) for one, spans in zip(whole, parts, strict=True)]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [4 * text.count(" ") // 3 for text in texts]


@lru_cache(maxsize=SUBJECTS)
def _direction(word: str) -> Vectors:
    return _own(word)


def _own(text: str) -> Vectors:
    values = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(384, np.float32)
    return values / np.float32(np.linalg.norm(values))


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    random, letters = Random(1), "etaoinshrdlucmfwypvbgk"
    words = ["".join(random.choices(letters, k=random.randint(2, 9))) for _ in range(40_000)]
    weights = np.cumsum(1 / np.arange(3, len(words) + 3))
    return words, [float(weight) for weight in weights]


def article(number: int) -> Article:
    """The same for a number every time."""
    random, (words, weights) = Random(number), _vocabulary()
    subject = f"Subject{random.randrange(SUBJECTS)}"
    who, where = name_in(number)
    told = [" ".join(random.choices(words, cum_weights=weights, k=random.randint(12, 26))) for _ in range(SENTENCES)]
    told[random.randrange(SENTENCES)] = f"{who} opened the bridge at {where} on {1 + number % 28} March"
    text = "\n\n".join(f"{one[0].upper()}{one[1:]}." for one in told)
    title = f"{subject} {' '.join(random.choices(words, cum_weights=weights, k=6))}"
    url = f"https://outlet{number % 50}.example/{number}"
    published = BEGIN + timedelta(minutes=5 * number)
    outlet = f"Outlet {number % 50}"
    return Article(
        id=sha(url, length=16), title=title, text=text, outlet=outlet, url=url, published=published, language="en"
    )


def name_in(number: int) -> tuple[str, str]:
    random = Random(-number - 1)
    first, last, place = ("".join(random.choices("aeioulnrstmk", k=7)).capitalize() for _ in range(3))
    return f"{first} {last}", place


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--passages", default="10000,30000,100000,300000,1000000")
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--ask", action="store_true", help="only ask; the process of a line")
    options = parser.parse_args()
    if options.ask:
        _ask(options.archive, options.questions)
        return
    for wanted in map(int, options.passages.split(",")):
        added, seconds = _grow(options.archive, wanted)
        command = [sys.executable, "-m", "tests.benchmarks.growth", str(options.archive), "--ask"]
        asked = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        disk = sum(path.stat().st_size for path in options.archive.rglob("*") if path.is_file())
        rate = f"{added / max(seconds, 1e-9):5.0f} added a second"
        times = f"first answer {asked['first']:.1f} s, then p50 {asked['p50']:.3f} s, p95 {asked['p95']:.3f} s"
        sizes = f"memory {asked['memory']:,} MB, disk {disk // 1_000_000:,} MB"
        print(f"{wanted:9,} passages: {rate}, {times}, {sizes}", flush=True)


def _grow(folder: Path, wanted: int) -> tuple[int, float]:
    """How many passages were added until there were so many, and in what time."""
    with Archive.open(folder, Synthetic()) as archive:
        before, began = archive.store.count_passages(), perf_counter()
        number = archive.store.summary().articles
        while archive.store.count_passages() < wanted:
            archive.add([article(one) for one in range(number, number + AT_ONCE)])
            number += AT_ONCE
            print(f"\r{archive.store.count_passages():,} of {wanted:,} passages", end="", file=sys.stderr, flush=True)
        return archive.store.count_passages() - before, perf_counter() - began


def _ask(folder: Path, count: int) -> None:
    began, taken = perf_counter(), []
    with Archive.open(folder, Synthetic()) as archive:
        assistant = make_assistant(Settings(data=folder), archive)
        numbers = Random(7).sample(range(archive.store.summary().articles), count)
        for number in numbers:
            who, where = name_in(number)
            wait_for(
                assistant.ask(AskRequest(question=f"When did {who} open the bridge at {where}?", remember=False))
            )
            taken.append(perf_counter() - began)
            began = perf_counter()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    first, *others = taken
    p95 = statistics.quantiles(others, n=20)[-1]
    print(json.dumps({"first": first, "p50": statistics.median(others), "p95": p95, "memory": memory}))


if __name__ == "__main__":
    main()
