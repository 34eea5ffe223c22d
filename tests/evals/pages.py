"""Extraction on saved pages whose body, title, day and authors are known, beside trafilatura's precision mode.

    python -m tests.evals.pages FOLDER [--misses body|title|day|authors]

FOLDER holds `expected.json` with rows of file, url, title, published, author, body, and the gzipped pages. Ends with
1 when a figure is below its floor or below trafilatura's in the same run. The body is compared by shingles of four
words, precision and recall as means over the pages, as the article-extraction-benchmark of Scrapinghub does. Also
told: the share of pages whose stated time is kept to the second, and the pages that lose more than a third of their
body without being called partial.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import DatelineError
from ingest.extract.extract import extract
from ingest.language.text import squeeze
from ingest.types import Page
from tests.evals.floors import floor

Row = dict[str, Any]
_TIME = rb"(\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.+Z-]{0,20})"
_STATED = re.compile(
    rb'(?:"datePublished"\s*:\s*"|article:published_time"?\s+content=")' + _TIME + rb'"', re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """What an extractor makes of one page."""

    body: str = ""
    title: str = ""
    day: str = ""
    authors: frozenset[str] = frozenset()
    at: datetime | None = None
    partial: bool = False


def main() -> int:
    options = _options()
    rows = json.loads((options.folder / "expected.json").read_text(encoding="utf-8"))["rows"]
    pages = [gzip.decompress((options.folder / row["file"]).read_bytes()) for row in rows]
    scores = {}
    for name, extractor in (("trafilatura", _trafilatura), ("dateline", _dateline)):
        began = time.perf_counter()
        found = [extractor(page, row["url"]) for page, row in zip(pages, rows, strict=True)]
        seconds = time.perf_counter() - began
        scores[name] = scored(rows, found)
        figures = "  ".join(f"{part} {value:.3f}" for part, value in scores[name].items())
        print(f"{name:12} {figures}  {seconds / len(rows) * 1000:.0f} ms/page")
        if name == "dateline":
            print(_times_kept(pages, found))
            print(_lost(rows, found))
            _tell(options.misses, rows, found)
    ours, theirs = scores["dateline"], scores["trafilatura"]
    low = [part for part in ours if ours[part] < max(floor(f"pages.{part}"), theirs[part])]
    print("below the floor or below trafilatura: " + (", ".join(low) or "nothing"))
    return 1 if low else 0


def scored(rows: list[Row], found: list[Found]) -> dict[str, float]:
    """Body F1, and the shares of titles, days and sets of authors that are right."""
    pairs = list(zip(rows, found, strict=True))
    shares = [_shared(row["body"], one.body) for row, one in pairs]
    precision = _mean(share for share, _ in shares)
    recall = _mean(share for _, share in shares)
    return {
        "body": 2 * precision * recall / (precision + recall),
        **{part: _mean(check(row, one) for row, one in pairs if part != "day" or _is_sure(row))
           for part, check in _CHECKS.items()},
    }  # fmt: skip


def _title(row: Row, found: Found) -> bool:
    return squeeze(row["title"]) == found.title


def _day(row: Row, found: Found) -> bool:
    return bool(row["published"][:10] == found.day)


def _authors(row: Row, found: Found) -> bool:
    return _names(row["author"]) == found.authors


_CHECKS: dict[str, Callable[[Row, Found], bool]] = {"title": _title, "day": _day, "authors": _authors}


def _is_sure(row: Row) -> bool:
    return bool(row["published"]) and not row.get("published_suspect")


def _names(byline: str | Iterable[str]) -> frozenset[str]:
    parts = re.split(r",|;|\band\b|&", byline) if isinstance(byline, str) else byline
    return frozenset(squeeze(part).casefold() for part in parts if part.strip())


def _shared(gold: str, found: str) -> tuple[float, float]:
    """Precision and recall of four-word shingles; of nothing against nothing both are whole."""
    wanted, had = _shingles(gold), _shingles(found)
    both = sum((wanted & had).values())
    return (both / sum(had.values()) if had else float(not wanted)), (both / sum(wanted.values()) if wanted else 1.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(len(words) - 3, min(1, len(words)))))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def _dateline(page: bytes, url: str) -> Found:
    try:
        first, *more = extract(Page(source="page", content=page, media_type="text/html", url=url))
    except DatelineError:
        return Found()
    text = "\n\n".join(article.text for article in (first, *more))
    day = first.published.date().isoformat() if first.published else ""
    return Found(text, first.title, day, _names(first.authors), first.published, bool(first.partial))


def _trafilatura(page: bytes, url: str) -> Found:
    from trafilatura import bare_extraction

    found = bare_extraction(page, url=url, favor_precision=True, include_comments=False, with_metadata=True)
    if found is None:
        return Found()
    return Found(found.text or "", squeeze(found.title or ""), found.date or "", _names(found.author or ""))


def _times_kept(pages: list[bytes], found: list[Found]) -> str:
    """Of the pages whose JSON-LD or meta elements state a time of day, those kept as that very instant."""
    pairs = zip(pages, found, strict=True)
    stated = [({_instant(line) for line in _STATED.findall(page)} - {None}, one.at) for page, one in pairs]
    kept = [at in instants for instants, at in stated if instants]
    return f"{'':12} stated time kept to the second: {sum(kept)} of {len(kept)}"


def _lost(rows: list[Row], found: list[Found]) -> str:
    pairs = zip(rows, found, strict=True)
    lost = [row["id"] for row, one in pairs if not one.partial and _shared(row["body"], one.body)[1] < 2 / 3]
    called = sum(one.partial for one in found)
    return f"{'':12} lose more than a third of the body: {len(lost)} {lost}, called partial: {called}"


def _instant(line: bytes) -> datetime | None:
    try:
        at = datetime.fromisoformat(line.decode("ascii")).replace(microsecond=0)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _tell(part: str | None, rows: list[Row], found: list[Found]) -> None:
    for row, one in zip(rows, found, strict=True):
        if part == "body":
            shares = _shared(row["body"], one.body)
            if min(shares) < 0.8:
                print(f"{row['id']:>5} precision {shares[0]:.2f} recall {shares[1]:.2f} {row['url']}")
        elif part and not _CHECKS[part](row, one) and (part != "day" or _is_sure(row)):
            print(f"{row['id']:>5} {row[{'title': 'title', 'day': 'published', 'authors': 'author'}[part]]!r}")
            print(f"      {getattr(one, part)!r} {row['url'][:90]}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", choices=["body", *_CHECKS], help="list the pages that miss")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
