"""Citations of real articles, opened in the chat's reader: are the cited words on the screen and marked?

    python -m tests.evals.opening ARTICLES.jsonl.gz [--articles 60] [--citations 958] [--seed 11]

A citation is a sentence of one of the first articles of the file, drawn at random; each is opened as a person opens
it, at several widths of the terminal. It is right when what is marked is what was cited, all of it and nothing else.
Ends with 1 when one is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.types import Article, Citation
from ingest.language.sentences import sentences
from tests.tui.marked import cited, opened_wrong
from tests.tui.service import article

WIDTHS = (60, 74, 88, 120, 200)
HEIGHT = 40


def main() -> int:
    options = _options()
    found = _articles(options.file, options.articles)
    citations = _drawn(found, options.citations, random.Random(options.seed))
    wrong = 0
    for width in WIDTHS:
        missed = asyncio.run(opened_wrong(found, citations, (width, HEIGHT)))
        wrong += len(missed)
        print(f"width {width:3}: {len(citations) - len(missed)} of {len(citations)} open at the cited words")
        for text in missed[:3]:
            print(f"    {text[:100]!r}")
    return int(wrong > 0)


def _articles(file: Path, count: int) -> list[Article]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [_article(json.loads(line)) for line in islice(lines, count)]


def _article(record: dict[str, Any]) -> Article:
    return article(id=record["article_id"], title=record["title"], text=record["text"], outlet=record["source"])


def _drawn(articles: list[Article], count: int, chance: random.Random) -> list[Citation]:
    """Citations of sentences drawn without repetition, numbered through."""
    places = [(each, span) for each in articles for span in sentences(each.text)]
    drawn = chance.sample(places, min(count, len(places)))
    return [
        cited(each, [span])[0].model_copy(update={"number": number}) for number, (each, span) in enumerate(drawn, 1)
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--citations", type=int, default=958)
    parser.add_argument("--seed", type=int, default=11)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
