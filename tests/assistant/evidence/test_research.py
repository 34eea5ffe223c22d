"""What is found counts for less where it is too old for what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.evidence.research import Findings, doubted_by_age
from tests.assistant.offered import BRIDGE

FOUND = Findings((), (BRIDGE,), None, confidence=0.9)  # the bridge reopened on 13 March 2025


@pytest.mark.parametrize("fresh_from", [None, date(2025, 3, 1)])
def test_what_is_new_enough_is_as_sure_as_before(fresh_from: date | None) -> None:
    assert doubted_by_age(FOUND, fresh_from).confidence == pytest.approx(0.9)


def test_what_is_somewhat_too_old_answers_and_is_less_sure() -> None:
    found = doubted_by_age(FOUND, date(2025, 4, 1))
    assert found.reason is None
    assert found.confidence is not None
    assert 0.4 < found.confidence < 0.9


def test_what_is_far_too_old_is_only_near() -> None:
    found = doubted_by_age(FOUND, date(2027, 4, 1))
    assert (found.reason is None, found.near) == (False, True)


def test_a_new_report_that_answers_less_makes_an_old_answer_no_newer() -> None:
    new = BRIDGE.article.model_copy(update={"id": "new", "published": datetime(2027, 3, 31, tzinfo=UTC)})
    evidence = (replace(BRIDGE, read=4.0), replace(BRIDGE, article=new, read=-6.0))
    assert doubted_by_age(replace(FOUND, evidence=evidence), date(2027, 4, 1)).near
