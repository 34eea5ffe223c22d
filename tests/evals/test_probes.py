"""The checks on altered, untouched and rephrased sentences of the bundled newsroom."""

from __future__ import annotations

import pytest

from assistant.build import load_checker, load_reader
from assistant.checks.verify import Verdict
from assistant.settings import Settings
from tests.evals.floors import floor
from tests.evals.probes import Probe, figures, judge, newsroom, probes


@pytest.fixture(scope="module")
def results() -> list[tuple[Probe, Verdict]]:
    return judge(probes(newsroom()), load_checker(load_reader(Settings())))


def test_what_was_altered_is_caught_and_what_was_not_passes(results: list[tuple[Probe, Verdict]]) -> None:
    caught, untouched, rephrased = figures(results)
    print(f"{caught:.3f} of the altered caught, {untouched:.3f} and {rephrased:.3f} of the others marked")
    assert caught >= floor("probes.caught")
    assert untouched <= floor("probes.untouched_marked_at_most")
    assert rephrased <= floor("probes.rephrased_marked_at_most")


def test_there_are_hundreds_of_them_of_every_kind(results: list[tuple[Probe, Verdict]]) -> None:
    altered = [probe for probe, _ in results if not probe.sound]
    untouched = [probe for probe, _ in results if probe.kind == "untouched"]
    assert len(altered) == len(untouched) >= 200
    assert all(probe.as_foreseen(verdict) for probe, verdict in results if probe.kind == "key unknown")


def test_what_is_shown_of_a_caught_sentence_says_why(results: list[tuple[Probe, Verdict]]) -> None:
    assert all(verdict.reason for probe, verdict in results if verdict.support != "supported")
