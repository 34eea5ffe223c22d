"""Taking pages apart in worker processes, beside trafilatura called page by page in one process, in one run.

    python tests/benchmarks/extraction.py FOLDER

FOLDER holds `expected.json` with rows of file and url, and the gzipped pages; see tests/evals/pages.py.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

from ingest.errors import DatelineError
from ingest.extract.worker import Extractor, Pending
from ingest.types import Page


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    rows = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["rows"]
    pages = [
        Page(row["file"], gzip.decompress((folder / row["file"]).read_bytes()), "text/html", url=row["url"])
        for row in rows
    ]
    theirs, ours = trafilatura(pages), dateline(pages)
    print(f"trafilatura {len(pages) / theirs:6.1f} pages a second")
    print(f"dateline    {len(pages) / ours:6.1f} pages a second")
    print(f"ratio       {theirs / ours:6.2f}")


def trafilatura(pages: list[Page]) -> float:
    from trafilatura import bare_extraction

    began = time.perf_counter()
    for page in pages:
        bare_extraction(page.content, url=page.url, favor_precision=True, include_comments=False, with_metadata=True)
    return time.perf_counter() - began


def dateline(pages: list[Page]) -> float:
    """The start of the processes is part of it."""
    began = time.perf_counter()
    with Extractor() as extractor:
        for pending in [extractor.begin(page) for page in pages]:
            _done(pending)
    return time.perf_counter() - began


def _done(pending: Pending) -> None:
    try:
        pending()
    except DatelineError as exc:
        print(f"no article: {exc}")


if __name__ == "__main__":
    main()
