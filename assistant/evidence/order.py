"""Evidence in the order of its dates: the newest first, that of a day, or the latest that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from assistant.evidence.evidence import Evidence

ANSWERING = 0.05  # share of the odds from which the sentence of another article answers, too
OUTDATED = timedelta(days=365)  # by which the best answer has to be older than another to go behind it
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def newest_first(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each article, if nearly as good as the best of all, latest first; then the others."""
    told = sorted(_best_of_each(ranked), key=_published, reverse=True)
    return _first(told, ranked)


def day_first(ranked: Sequence[Evidence], day: date) -> list[Evidence]:
    """The best sentence of each article of that day, if nearly as good as the best of all; then the others."""
    dated = [(one, one.article.published) for one in _best_of_each(ranked)]
    return _first([one for one, published in dated if published and published.date() == day], ranked)


def latest_answer_first(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, led by the latest that answers, too, where the best is older than `up_to_date` allows."""
    first, fresh_from = ranked[0], up_to_date(ranked)
    if first.leads or first.article.published is None or fresh_from is None:
        return list(ranked)
    told = _answering(ranked)
    outdated = first in told and first.article.published.date() < fresh_from
    return _first([max(told, key=_published)], ranked) if outdated else list(ranked)


def up_to_date(ranked: Sequence[Evidence]) -> date | None:
    """The day from which reports are not a year older than the latest that answers; None where none does."""
    latest = max(map(_published, _answering(ranked)), default=None)
    return (latest - OUTDATED).date() if latest else None


def _answering(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Of each article with a date the best sentence, if the reader finds an answer there likelier than none."""
    return [one for one in _best_of_each(ranked) if (one.read or 0.0) > 0 and one.article.published]


def _published(one: Evidence) -> datetime:
    return one.article.published or _LONG_AGO


def _best_of_each(ranked: Sequence[Evidence]) -> list[Evidence]:
    best = {one.article.id: one for one in reversed(ranked) if one.score >= ANSWERING * ranked[0].score}
    return sorted(best.values(), key=ranked.index)


def _first(told: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    return [*(replace(one, score=ranked[0].score) for one in told), *(one for one in ranked if one not in told)]
