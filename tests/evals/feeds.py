"""Entries and times of real saved feeds, against an independent reading of their XML.

    python -m tests.evals.feeds FOLDER [--list]

FOLDER holds RSS, Atom and RDF files. Every `<item>` or `<entry>` must give one article, and its time must be, to the
second, what the standard library reads from the raw `pubDate`, `dc:date` or `published`; where an entry has only
`updated`, the article's time of update. Ends with 1 when a figure is below its floor.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from ingest.errors import DatelineError
from ingest.extract.extract import extract
from ingest.sources.files import pages
from ingest.types import Article, Page
from tests.evals.floors import floor

_ITEM = re.compile(r"<(item|entry)[\s>].*?</\1>", re.DOTALL)
_PROSE = re.compile(r"<(description|content:encoded|summary|content)[\s>].*?</\1>|<media:.*?>", re.DOTALL)
_PUBLISHED = re.compile(
    r"<(pubDate|dc:date|published)[^>]*>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</\1>", re.DOTALL
)
_UPDATED = re.compile(r"<(updated)>\s*(.*?)\s*</\1>", re.DOTALL)


@dataclass(frozen=True)
class Measured:
    name: str
    entries: int
    taken: int
    dated: int
    right: int


def main() -> int:
    options = _options()
    files = sorted(path for path in options.folder.iterdir() if path.suffix in (".xml", ".rss", ".atom", ".rdf"))
    found = [_measured(path) for path in files]
    for one in found if options.list else []:
        print(f"{one.name}: {one.taken} of {one.entries} entries, {one.right} of {one.dated} times")
    entries, taken = sum(one.entries for one in found), sum(one.taken for one in found)
    dated, right = sum(one.dated for one in found), sum(one.right for one in found)
    print(f"feeds {len(found)}, entries taken {taken} of {entries}, times right to the second {right} of {dated}")
    figures = {"feeds.entries_taken": taken / max(entries, 1), "feeds.times_right": right / max(dated, 1)}
    low = [name for name, value in figures.items() if value < floor(name)]
    for name in low:
        print(f"{name} is {figures[name]:.4f}, below its floor {floor(name)}")
    return 1 if low else 0


def _measured(path: Path) -> Measured:
    raw = [match[0] for match in _ITEM.finditer(path.read_text("utf-8", "replace"))]
    articles = list(_articles(path))
    articles += [None] * (len(raw) - len(articles))
    wanted = [_time(item) for item in raw]
    right = sum(_is_right(article, at) for article, at in zip(articles, wanted, strict=False))
    taken = sum(article is not None for article in articles)
    return Measured(path.name, len(raw), taken, sum(at is not None for _, at in wanted), right)


def _articles(path: Path) -> Iterator[Article | None]:
    """The article of each entry in order, None where there is none."""
    for page in pages(path):
        if isinstance(page, Page) or page.item:
            try:
                yield extract(page)[0] if isinstance(page, Page) else None
            except DatelineError:
                yield None


def _time(item: str) -> tuple[str, datetime | None]:
    head = _PROSE.sub("", item)
    published, updated = _PUBLISHED.search(head), _UPDATED.search(head)
    if published:
        return "published", _moment(published[2])
    return "updated", _moment(updated[2]) if updated else None


def _moment(words: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(words) if words[:4].isdigit() else parsedate_to_datetime(words)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).replace(microsecond=0)


def _is_right(article: Article | None, wanted: tuple[str, datetime | None]) -> bool:
    field, at = wanted
    return article is not None and at is not None and bool(getattr(article, field) == at)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="each feed by itself")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
