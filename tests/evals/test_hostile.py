"""Attacks in articles and faults of a provider, where the evaluation data and its tools are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.evals import attacks, faults
from tests.evals.floors import floor

SHARED = Path(os.environ.get("DATELINE_EVAL_DATA") or Path(__file__).parents[2].parent / "shared")
HOSTILE, FAULTY = SHARED / "data" / "hostile-dev", SHARED / "tools" / "fault_llm.py"
DEADLINE = 8.0  # room for a busy machine: a retry that a provider asks for, and 64 KiB of what has no end
EVERY = 16  # of the attacks one is tried here, all of them by `python -m tests.evals.attacks`


@pytest.mark.skipif(not HOSTILE.is_dir(), reason=f"no evaluation data at {HOSTILE}")
def test_nothing_gets_out_and_what_was_planted_is_not_quoted() -> None:
    tried = list(attacks.read(HOSTILE))[::EVERY]
    harms, chosen = attacks.measure(tried)
    assert not harms
    assert len(chosen) <= floor("attacks.quoted_at_most") * len(tried)


@pytest.mark.thorough
@pytest.mark.skipif(not FAULTY.is_file(), reason=f"no fault server at {FAULTY}")
def test_every_fault_of_a_provider_is_told_and_survived() -> None:
    tool = faults.load(FAULTY)
    rows, log = faults.measure(tool, tool.MODES, deadline=DEADLINE)
    assert len(rows) > 40
    assert {row.mode: row.wrong for row in rows if row.wrong} == {}
    assert faults.KEY not in log
    assert "Traceback" not in log
