"""What is found counts for less where it is too old for what is asked."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.research import Findings, aged
from tests.assistant.offered import BRIDGE

FOUND = Findings([], [BRIDGE], None, confidence=0.9)  # the bridge reopened on 13 March 2025


@pytest.mark.parametrize("fresh_from", [None, date(2025, 3, 1)])
def test_what_is_new_enough_is_as_sure_as_before(fresh_from: date | None) -> None:
    assert aged(FOUND, fresh_from).confidence == pytest.approx(0.9)


def test_what_is_somewhat_too_old_answers_and_is_less_sure() -> None:
    found = aged(FOUND, date(2025, 4, 1))
    assert found.reason is None
    assert found.confidence is not None
    assert 0.4 < found.confidence < 0.9


def test_what_is_far_too_old_is_only_near() -> None:
    found = aged(FOUND, date(2027, 4, 1))
    assert (found.reason is None, found.near) == (False, True)
