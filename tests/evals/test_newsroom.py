"""Questions about the bundled newsroom, most of them for a detail, answered without a model.

`dateline eval tests/evals/newsroom.jsonl` says the same, and which question went wrong.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.build import open_archive
from assistant.evaluation.asked import Asked, ask_all
from assistant.evaluation.questions import read_questions
from assistant.service.local import LocalService
from assistant.settings import Settings
from tests.evals.floors import floor

WORDS = 60


@pytest.fixture(scope="module")
def asked(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    settings = Settings(data=shutil.copytree(demo, tmp_path_factory.mktemp("newsroom") / "archive"))
    with open_archive(settings) as archive:
        questions = read_questions(Path(__file__).with_name("newsroom.jsonl"))
        return list(ask_all(LocalService(settings, archive), questions, words=WORDS))


def test_the_answerable_are_answered_rightly(asked: list[Asked]) -> None:
    answerable = [one for one in asked if one.question.answerable]
    right = [one for one in answerable if one.right]
    print(f"{len(right)} of {len(answerable)} right")
    assert len(right) >= floor("newsroom.questions_right") * len(answerable)


def test_what_the_newsroom_does_not_hold_is_refused(asked: list[Asked]) -> None:
    others = [one for one in asked if not one.question.answerable]
    assert sum(one.refused for one in others) >= floor("newsroom.unanswerable_refused") * len(others)
