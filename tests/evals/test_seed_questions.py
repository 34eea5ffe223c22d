"""The questions about the saved aggregator page, answered without a model."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.build import make_assistant, open_archive
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import Answer, AskRequest
from ingest.intake import ingest_sources
from tests.evals.floors import floor
from tests.shown import printed_words

FOLDER = Path(os.environ.get("DATELINE_EVAL_DATA") or Path(__file__).parents[2].parent / "shared") / "seed"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no evaluation data at {FOLDER}")


@dataclass(frozen=True)
class Asked:
    question: dict[str, Any]
    answer: Answer
    titles: dict[str, str]

    @property
    def cites_right(self) -> bool:
        right = {self.titles[name] for name in self.question["cite"]}
        return bool(right & {citation.title for citation in self.answer.citations})

    @property
    def holds_all(self) -> bool:
        return all(part.lower() in self.answer.text.lower() for part in self.question["must_include"])


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:

    truth = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
    titles = {article["id"]: article["title"] for article in truth["articles"]}
    settings = Settings(data=tmp_path_factory.mktemp("seed"))
    with open_archive(settings) as archive:
        for _ in ingest_sources(archive, [FOLDER / "aggregator-page.txt"]):
            pass
        assistant = make_assistant(settings, archive)
        return [
            Asked(question, wait_for(assistant.ask(AskRequest(question=question["question"]))), titles)
            for question in truth["questions"]
        ]


def test_the_answerable_are_answered_rightly(asked: list[Asked]) -> None:
    answerable = [one for one in asked if one.question["answerable"]]
    right = [one for one in answerable if one.answer.outcome != "refused" and one.cites_right and one.holds_all]
    print(f"{len(right)} of {len(answerable)} right")
    assert len(right) >= floor("seed.questions_right")


def test_the_unanswerable_are_refused(asked: list[Asked]) -> None:
    refused = [one for one in asked if not one.question["answerable"] and one.answer.outcome == "refused"]
    assert len(refused) >= floor("seed.unanswerable_refused")


def test_nothing_is_asserted_that_must_not_be(asked: list[Asked]) -> None:
    for one in asked:
        assert not [part for part in one.question["must_not_include"] if part.lower() in one.answer.text.lower()]


def test_every_sentence_is_a_slice_of_what_it_cites(asked: list[Asked]) -> None:
    for one in asked:
        cited = {citation.number: citation for citation in one.answer.citations}
        for statement in one.answer.statements:
            assert statement.citations
            if not statement.text.startswith("“"):
                texts = [" ".join(cited[number].text.split()) for number in statement.citations]
                assert all(any(piece in text for text in texts) for piece in printed_words(statement))
