"""Ingesting articles, beside the model alone: passages and tokens a second, and peak memory.

    python tests/benchmarks/ingest_model.py ARTICLES.jsonl[.gz] [--sample 300] [--rounds 1]

Each runs in a process of its own, in turns. The model alone reads full batches of the longest texts and nothing else,
the most that its backend does. The figures by processor time hold on a busy machine too. `make bench` compares with
other programs.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    options = _options()
    if options.one:
        articles = [json.loads(line) for line in options.articles.read_text().splitlines()]
        print(json.dumps(RUNS[options.one](options.articles, articles)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.jsonl"
        sample.write_text("".join(_sample(options.articles, options.sample)))
        for _ in range(options.rounds):
            found = {name: _run(name, sample) for name in RUNS}
            for name, figures in found.items():
                print(f"{name:9}", figures)
            share = found["dateline"]["tokens_a_cpu_second"] / found["model"]["tokens_a_cpu_second"]
            print(f"tokens a second of the processor: {share:.0%} of the model alone")


def dateline(path: Path, articles: list[dict[str, Any]]) -> dict[str, float]:
    from ingest.archive.archive import Archive
    from ingest.embedding.chunk import embedded_text
    from ingest.embedding.embedder import load_embedder
    from ingest.intake import ingest_sources
    from ingest.settings import IngestSettings
    from ingest.types import Report

    began = time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder), load_embedder(IngestSettings())) as archive,
    ):
        [report] = [event for event in ingest_sources(archive, [path]) if isinstance(event, Report)]
        figures = _figures(len(articles), report.passages_embedded, time.perf_counter() - began)
        texts = (
            embedded_text(one.title, cut.text)
            for some in archive.store.everything()
            for one, cuts in some
            for cut in cuts
        )
        return _with_tokens(figures, sum(archive.embedder.count_tokens(list(texts))))


def model(_path: Path, _articles: list[dict[str, Any]]) -> dict[str, float]:
    """Full batches of the length at which the model stops reading."""
    from tokenizers import Encoding, Tokenizer

    from ingest.embedding.batches import BATCH, Requests
    from ingest.embedding.minilm import compile_model, model_folder

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    longest: list[Encoding] = [tokenizer.encode("news " * 300)] * 40 * BATCH
    requests = Requests(compile_model(model_folder(), threads=os.cpu_count() or 1))
    list(requests.through(longest[:BATCH]))
    cpu, began = time.process_time(), time.perf_counter()
    list(requests.through(longest))
    figures = _figures(0, len(longest), time.perf_counter() - began, time.process_time() - cpu)
    return _with_tokens(figures, 256 * len(longest))


def _figures(articles: int, passages: int, seconds: float, cpu: float | None = None) -> dict[str, float]:
    cpu = time.process_time() if cpu is None else cpu
    return {
        "articles": articles,
        "passages": passages,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "passages_a_cpu_second": round(passages / cpu, 1),
        "articles_a_second": round(articles / seconds, 2),
        "passages_a_second": round(passages / seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _with_tokens(figures: dict[str, float], tokens: int) -> dict[str, float]:
    return {**figures, "tokens_a_cpu_second": round(tokens / figures["cpu_seconds"])}


def _sample(path: Path, count: int) -> list[str]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        return list(itertools.islice(lines, count))


def _run(name: str, sample: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, str(sample), "--one", name], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--one", choices=[*RUNS], help=argparse.SUPPRESS)
    return parser.parse_args()


RUNS = {"dateline": dateline, "model": model}

if __name__ == "__main__":
    main()
