"""Copies, follow-ups and template siblings, on pairs of real articles that were labelled by reading them.

    python -m tests.evals.stories ARTICLES.jsonl.gz… [--all]

The labels are in story_pairs.json, as ids only: the pairs that the rules were set with sight of, and pairs that were
drawn and labelled after that. `--all` ingests every article of the files in place of those of the pairs, and says
what that costs. Nothing is embedded. Ends with 1 when a figure is below its floor, or siblings were merged.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ingest.database.store import Store, open_engine
from ingest.database.tables import likenesses
from ingest.stories.stories import Stories
from ingest.types import Article
from tests.evals.floors import floor

PAIRS = Path(__file__).with_name("story_pairs.json")
BATCH = 30  # articles, as many as the archive shows together


def main() -> int:
    options = _options()
    pairs: dict[str, list[tuple[str, str, str]]] = json.loads(PAIRS.read_text())
    wanted = {one for some in pairs.values() for pair in some for one in pair[:2]}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(open_engine(Path(folder) / "archive.sqlite3"))
        stories = Stories(store.engine)
        batches = list(_batches(_articles(options.articles, None if options.all else wanted)))
        costs = [_taken_in(store, stories, batch) for batch in batches]
        _tell("all", batches, costs)
        _tell("the last quarter", batches[-(len(batches) // 4 or 1) :], costs[-(len(batches) // 4 or 1) :])
        held = {article.id for batch in batches for article in batch}
        found = _found(store)
        there = {name: [pair for pair in some if held.issuperset(pair[:2])] for name, some in pairs.items()}
        sound = [_report(name, some, found) for name, some in there.items()]
        store.close()
    return 0 if all(sound) else 1


def _tell(which: str, batches: Sequence[Sequence[Article]], costs: Sequence[tuple[float, float]]) -> None:
    size = sum(map(len, batches))
    wall, processor = (1000 * sum(column) / size for column in zip(*costs, strict=True))
    print(f"{which}: {size} articles, {wall:.2f} ms each by the clock, {processor:.2f} ms of the processor")


def _taken_in(store: Store, stories: Stories, batch: Sequence[Article]) -> tuple[float, float]:
    """Seconds that finding the copies of these articles took, by the clock and of the processor."""
    store.stage([(article, ()) for article in batch])
    store.publish(batch)
    began, processor = time.perf_counter(), time.process_time()
    stories.place(batch)
    return time.perf_counter() - began, time.process_time() - processor


def _report(name: str, pairs: Sequence[tuple[str, str, str]], found: Mapping[frozenset[str], str]) -> bool:
    """Print what became of the pairs of one set; whether it is above the floors."""
    told = [(label, found.get(frozenset((one, other)), "")) for one, other, label in pairs]
    right = sum(label == "same" and kind == "copy" for label, kind in told)
    precision = right / max(1, sum(kind == "copy" for _, kind in told))
    recall = right / max(1, sum(label == "same" for label, _ in told))
    siblings = [kind for label, kind in told if label == "sibling"]
    followed = [kind for label, kind in told if label == "follow-up"]
    print(
        f"{name}: {len(told)} pairs, same: precision {precision:.3f}, recall {recall:.3f}; "
        f"siblings merged {siblings.count('copy')} of {len(siblings)}; "
        f"follow-ups in one story {followed.count('story')} of {len(followed)}, merged {followed.count('copy')}"
    )
    sound = precision >= floor("stories.precision") and recall >= floor("stories.recall")
    return sound and "copy" not in siblings


def _found(store: Store) -> dict[frozenset[str], str]:
    with store.engine.connect() as sql:
        return {frozenset((row.first, row.second)): row.kind for row in sql.execute(select(likenesses))}


def _articles(paths: Sequence[Path], wanted: set[str] | None) -> Iterator[Article]:
    for path in paths:
        with gzip.open(path, "rt") as lines:
            rows = map(json.loads, lines)
            yield from (_article(row) for row in rows if wanted is None or row["article_id"] in wanted)


def _article(row: Mapping[str, Any]) -> Article:
    """The article under the id of the file, with the day it gives."""
    day = row.get("published_at")
    return Article(
        id=row["article_id"],
        title=row.get("title") or "",
        text=row["text"],
        outlet=row.get("source") or "",
        url=row.get("url"),
        published=datetime.fromisoformat(f"{day[:10]}T00:00+00:00") if day else None,
        published_precision="day" if day else None,
    )


def _batches(articles: Iterator[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--all", action="store_true", help="ingest every article, not only those of the pairs")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
