"""Evidence in the order of its dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.evidence.evidence import Evidence
from assistant.evidence.order import day_first, latest_answer_first
from tests.assistant.offered import BRIDGE


def dated(key: str, year: int, day: int = 13, *, read: float = 0.0, score: float = 1.0) -> Evidence:
    article = BRIDGE.article.model_copy(update={"id": key, "published": datetime(year, 3, day, 12, tzinfo=UTC)})
    return replace(BRIDGE, key=key, article=article, read=read, score=score)


@pytest.mark.parametrize(
    ("others", "first"),
    [
        ([dated("new", 2026, read=2.0, score=0.4)], "new"),
        ([dated("new", 2026, read=-3.0, score=0.4)], "old"),
        ([dated("new", 2026, read=2.0, score=0.01)], "old"),
        ([dated("later", 2024, read=2.0, score=0.4)], "old"),
    ],
)
def test_an_answer_that_is_years_newer_goes_before_a_better_one(others: list[Evidence], first: str) -> None:
    ranked = [dated("old", 2024, read=5.0, score=1.0), *others]
    assert latest_answer_first(ranked)[0].key == first


def test_what_was_printed_on_the_day_asked_about_goes_first() -> None:
    ranked = [dated("the morning after", 2026, 14), dated("on the day", 2026, 13), dated("before", 2026, 12)]
    told = [one.key for one in day_first(ranked, date(2026, 3, 13))]
    assert told == ["on the day", "the morning after", "before"]
