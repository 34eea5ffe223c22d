"""Questions in 54 languages, each about an article in its own, answered without a model.

The articles and questions are invented. `dateline eval tests/evals/languages/questions.jsonl` says which
question went wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.build import open_archive
from assistant.evaluation.asked import Asked, ask_all
from assistant.evaluation.questions import read_questions
from assistant.service.local import LocalService
from assistant.settings import Settings
from ingest.intake import ingest_sources
from tests.evals.floors import floor

FOLDER = Path(__file__).with_name("languages")
WORDS = 60


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    settings = Settings(data=tmp_path_factory.mktemp("languages"))
    with open_archive(settings) as archive:
        for _ in ingest_sources(archive, [FOLDER / "news.jsonl"]):
            pass
        return list(ask_all(LocalService(settings, archive), read_questions(FOLDER / "questions.jsonl"), words=WORDS))


def test_the_answerable_are_answered_rightly(asked: list[Asked]) -> None:
    answerable = [one for one in asked if one.question.answerable]
    right = [one for one in answerable if one.right]
    print(f"{len(right)} of {len(answerable)} right")
    assert len(right) >= floor("languages.questions_right") * len(answerable)


def test_what_no_article_tells_is_refused(asked: list[Asked]) -> None:
    others = [one for one in asked if not one.question.answerable]
    print(f"{sum(one.refused for one in others)} of {len(others)} refused")
    assert sum(one.refused for one in others) >= floor("languages.unanswerable_refused") * len(others)


def test_no_question_word_is_taken_for_a_name(asked: list[Asked]) -> None:
    reasons = [one.answer.receipt.reason for one in asked if one.answer.receipt]
    assert not [reason for reason in reasons if "mentions" in reason]
