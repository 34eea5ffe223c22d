"""Evidence as a chat model gets it: dates are said as a reader sees them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.compose.material import evidence_line
from ingest.types import Precision
from tests.assistant.offered import BRIDGE


@pytest.mark.parametrize(
    ("precision", "date"),
    [("year", "2025"), ("month", "March 2025"), ("day", "13 March 2025"), ("minute", "13 March 2025, 09:00 UTC")],
)
def test_a_date_is_no_more_precise_than_it_is_known(precision: Precision, date: str) -> None:
    article = BRIDGE.article.model_copy(update={"published_precision": precision})
    assert json.loads(evidence_line(replace(BRIDGE, article=article)))["date"] == date


def test_an_undated_article_says_so() -> None:
    article = BRIDGE.article.model_copy(update={"published": None, "published_said": "last week"})
    assert json.loads(evidence_line(replace(BRIDGE, article=article)))["date"] == "undated (“last week”)"
