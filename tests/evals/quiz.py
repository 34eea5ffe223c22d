"""Retrieval and answers on quiz questions whose article is known.

    python -m tests.evals.quiz --archive DIR --articles ARTICLES.jsonl.gz --questions QUESTIONS.jsonl
        [--answers N] [--elsewhere DIR]

`--archive` holds the articles, ingested with `dateline --data DIR ingest ARTICLES.jsonl.gz`. A question has
`question`, `gold_article_ids` (ids in ARTICLES), `gold_independent`, `answer` (accepted strings) and
`answer_in_retrieved`. Each is asked undated, the archive as one heap and the moment of asking long after it, and on
its own `date`, with what came later out of reach. Ends with 1 when a figure is below its floor.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from assistant.build import make_assistant, open_archive
from assistant.evaluation.asked import ask_all
from assistant.evaluation.figures import figures
from assistant.evaluation.questions import EvalQuestion
from assistant.service.blocking import wait_for
from assistant.service.local import LocalService
from assistant.settings import Settings
from ingest.address import page_of
from ingest.archive.archive import Archive
from ingest.database.store import Store
from ingest.types import EVERYTHING, Filter
from tests.evals.floors import floor

DEPTHS = (1, 5, 10)
LONG_AFTER = datetime(2026, 11, 25, tzinfo=UTC)  # three years after the newest article


def main() -> int:
    options = _options()
    questions = [json.loads(line) for line in options.questions.read_text().splitlines()]
    settings = Settings(data=options.archive)
    with open_archive(settings) as archive:
        ids = _ids(archive.store, options.articles)
        at = Clock()
        assistant = make_assistant(settings, archive, clock=at)
        gold = [question for question in questions if question.get("gold_article_ids")]
        independent = [question for question in gold if question["gold_independent"]]
        measured = {}
        for name, of in (("all with a known article", gold), ("of these found without the web search", independent)):
            for mode, on_its_day in (("undated", False), ("on its day", True)):
                rank = partial(_rank, assistant, at, ids, on_its_day)
                # The last of them, the independent ones, have floors.
                measured[mode] = wait_for(_report(f"{name}, {mode}", rank, of))
        known = [question for question in questions if question["answer_in_retrieved"]][:: options.answers or 1]
        if options.answers:
            _answers(settings, archive, known, answerable=True)
    if options.elsewhere:
        settings = Settings(data=options.elsewhere)
        with open_archive(settings) as archive:
            _answers(settings, archive, known, answerable=False)
    floors = {"undated": floor("quiz.hit_at_10"), "on its day": floor("quiz.hit_at_10_on_its_day")}
    return 0 if all(measured[mode][10] >= least for mode, least in floors.items()) else 1


@dataclass
class Clock:
    """The moment of asking."""

    now: datetime = LONG_AFTER

    def __call__(self) -> datetime:
        return self.now


async def _report(
    name: str, rank: Callable[[dict[str, Any]], Awaitable[int]], questions: Sequence[dict[str, Any]]
) -> dict[int, float]:
    ranks = [await rank(question) for question in questions]
    hits = {depth: sum(0 < rank <= depth for rank in ranks) / len(ranks) for depth in DEPTHS}
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    figures = "  ".join(f"Hit@{depth} {share:.3f}" for depth, share in hits.items())
    print(f"{len(ranks)} questions, {name}: {figures}  MRR@10 {mrr:.3f}")
    return hits


async def _rank(
    assistant: Assistant, at: Clock, ids: dict[str, str], on_its_day: bool, question: dict[str, Any]
) -> int:
    """The place of the first right article, or of its copy, among ten, from 1; 0 where there is none."""
    right = {ids.get(gold) for gold in question["gold_article_ids"]}
    at.now, filters = LONG_AFTER, EVERYTHING
    if on_its_day:
        day = date.fromisoformat(question["date"])
        at.now, filters = datetime.combine(day, time(23, 59), UTC), Filter(until=day)
    found = await assistant.search(question["question"], filters, max(DEPTHS))
    carried = {one.rank: {one.article_id, *(copy.article_id for copy in one.copies)} for one in found.results}
    return next((rank for rank, same in carried.items() if same & right), 0)


def _answers(settings: Settings, archive: Archive, questions: Sequence[dict[str, Any]], *, answerable: bool) -> None:
    """What `dateline eval` says of the questions, each asked on its day; elsewhere all must be refused."""
    asking = [
        EvalQuestion(
            question=one["question"],
            date=date.fromisoformat(one["date"]) if answerable else None,
            answers=tuple(one["answer"]),
            answerable=answerable,
        )
        for one in questions
    ]
    measured = figures(list(ask_all(LocalService(settings, archive), asking, words=60)))
    for name, value in measured:
        if value is not None:
            print(f"{name:20} {value}")


def _ids(store: Store, articles: Path) -> dict[str, str]:
    """Our article ids by the ids in the file, through the address."""
    ours = {page_of(article.url): article.id for article in store.all_articles()}
    with gzip.open(articles, "rt") as lines:
        rows = map(json.loads, lines)
        return {row["article_id"]: ours.get(page_of(row["url"]), "") for row in rows}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument(
        "--answers", type=int, default=0, metavar="N", help="answer every Nth of those with an answer"
    )
    parser.add_argument("--elsewhere", type=Path, help="an archive without the articles: there all must be refused")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
