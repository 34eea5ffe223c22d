"""Ingesting by words, ingesting the same again, and ingesting with one article changed: seconds and peak memory.

    python tests/benchmarks/ingest_again.py ARTICLES.jsonl[.gz] ARCHIVE [--folder]

ARCHIVE is a new folder. It keeps the archive, by words only, for instance for tests/evals/quiz.py.
With `--folder` every article is a file of its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from ingest.archive.archive import Archive
from ingest.embedding.embedder import load_embedder
from ingest.intake import ingest_sources
from ingest.settings import IngestSettings
from ingest.sources.seen import SETTLED_SECONDS
from ingest.types import Report


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / ("articles" if options.folder else "articles.jsonl")
        lines = _lines(options.articles)
        _write(source, lines, apart=options.folder)
        time.sleep(SETTLED_SECONDS + 0.1)
        with Archive.open(options.archive, load_embedder(IngestSettings())) as archive:
            first = _ingested("by words", archive, source)
            second = _ingested("again", archive, source)
            record = json.loads(lines[0])
            changed = json.dumps({**record, "text": f"{record['text']}\n\nA correction was added."})
            _write(source, [changed, *lines[1:]] if not options.folder else [changed], apart=options.folder)
            _ingested("one changed", archive, source)
    print(f"again is {first / second:.0f} times as fast")


def _ingested(name: str, archive: Archive, source: Path) -> float:
    cpu, began = _processor(), time.perf_counter()
    events = ingest_sources(archive, [source], by_words_only=True)
    [report] = [event for event in events if isinstance(event, Report)]
    seconds, cpu = time.perf_counter() - began, _processor() - cpu
    counts = ", ".join(f"{count} {status}" for status, count in report.counts.items() if count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {seconds:.2f} s, {cpu:.2f} s of the processor, peak {peak} MB; {counts}", flush=True)
    return cpu


def _processor() -> float:
    """Seconds of the processor, those of the processes that read pages included."""
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        return list(lines)


def _write(source: Path, lines: Iterable[str], *, apart: bool) -> None:
    if not apart:
        source.write_text("".join(f"{line.strip()}\n" for line in lines))
        return
    for number, line in enumerate(lines):
        path = source / f"{number // 1000}" / f"{number:06}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(line)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--folder", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
