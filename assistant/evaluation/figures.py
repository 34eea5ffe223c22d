"""Figures over questions that were asked, each a share of 1 unless its name ends in _ms; None where none applies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluation.asked import Asked
from ingest.types import Frozen


class Figures(Frozen):
    """What came of a file of questions.

    questions            how many were asked
    hit_at_1 …           questions with a right article among the first 1, 5, 10 of the ranked list
    mrr_at_10            mean of 1 / rank of the first right article, 0 beyond the tenth (Voorhees 1999)
    answer_contained     questions with accepted words whose answer holds one of them in its first words
    citation_precision   citations of a right article, of all citations in answers to questions that name right ones
    answered             answerable questions that were not refused
    refusal_precision    refused questions that had to be refused, of all refused
    refusal_recall       refused questions, of all that had to be refused
    search_p50_ms …      median and 95th percentile of the time of a search and of an answer, as their caller sees it
    """

    questions: int
    hit_at_1: float | None
    hit_at_5: float | None
    hit_at_10: float | None
    mrr_at_10: float | None
    answer_contained: float | None
    citation_precision: float | None
    answered: float | None
    refusal_precision: float | None
    refusal_recall: float | None
    search_p50_ms: float
    search_p95_ms: float
    ask_p50_ms: float
    ask_p95_ms: float


@dataclass(frozen=True)
class Point:
    """What answering with at least this confidence would give."""

    confidence: float
    precision: float
    recall: float


def figures(asked: Sequence[Asked]) -> Figures:
    """The figures of at least one question."""
    ranks = [one.rank for one in asked if one.rank is not None]
    refused = [one for one in asked if one.refused]
    search, ask = (np.percentile(times, (50, 95)).round(1) for times in _times(asked))
    return Figures(
        questions=len(asked),
        hit_at_1=_share(0 < rank <= 1 for rank in ranks),
        hit_at_5=_share(0 < rank <= 5 for rank in ranks),
        hit_at_10=_share(0 < rank <= 10 for rank in ranks),
        mrr_at_10=_mean(1 / rank if rank else 0.0 for rank in ranks),
        answer_contained=_share(one.contains for one in asked if one.contains is not None),
        citation_precision=_share(right for one in asked for right in one.cited or ()),
        answered=_share(not one.refused for one in asked if one.question.answerable),
        refusal_precision=_share(not one.question.answerable for one in refused),
        refusal_recall=_share(one.refused for one in asked if not one.question.answerable),
        search_p50_ms=search[0],
        search_p95_ms=search[1],
        ask_p50_ms=ask[0],
        ask_p95_ms=ask[1],
    )


def curve(asked: Iterable[Asked]) -> list[Point]:
    """Precision and recall of the right answers, from the surest answer on down to all of them.

    recall counts right answers of all that were right, at any confidence. Refused questions have no part: their
    evidence was too little for any sentence.
    """
    sure = sorted(
        (
            (one.answer.confidence, one.right)
            for one in asked
            if one.answer.confidence is not None and not one.refused
        ),
        reverse=True,
    )
    whole = sum(right for _, right in sure)
    points: list[Point] = []
    found = 0
    for count, (confidence, right) in enumerate(sure, 1):
        found += right
        if whole and (count == len(sure) or sure[count][0] < confidence):
            points.append(Point(confidence, found / count, found / whole))
    return points


def _times(asked: Sequence[Asked]) -> tuple[list[float], list[float]]:
    return [one.search_ms for one in asked], [one.ask_ms for one in asked]


def _share(held: Iterable[bool]) -> float | None:
    return _mean(map(float, held))


def _mean(values: Iterable[float]) -> float | None:
    every = list(values)
    return round(sum(every) / len(every), 4) if every else None
