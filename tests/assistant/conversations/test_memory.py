"""Conversations that outlive a change of form and a database that does not write."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assistant.conversations.memory import Memory
from assistant.types import Answer, Filter
from ingest.database.store import open_engine


def an_answer(question: str) -> Answer:
    return Answer(
        question=question,
        standalone=question,
        text="So it is.",
        outcome="answered",
        statements=(),
        citations=(),
        filters=Filter(),
        as_of=None,
        independent_sources=0,
        receipt=None,
        conversation_id="talks",
        model="extractive",
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(tmp_path / "memory.sqlite3")
    yield made
    made.dispose()


def test_turns_come_back_oldest_first(engine: Engine) -> None:
    memory = Memory(engine)
    for question in ("One?", "Two?", "Three?"):
        memory.add(an_answer(question))
    assert [turn.question for turn in memory.turns("talks")] == ["One?", "Two?", "Three?"]
    assert [turn.question for turn in memory.turns("talks", last=2)] == ["Two?", "Three?"]


def test_an_answer_of_another_form_is_left_out_of_its_conversation(engine: Engine) -> None:
    memory = Memory(engine)
    memory.add(an_answer("One?"))
    with engine.begin() as sql:
        sql.execute(text("""UPDATE turns SET answer = '{"question": "One?", "mood": "good"}'"""))
    memory.add(an_answer("Two?"))
    assert [turn.question for turn in memory.turns("talks")] == ["Two?"]


def test_an_answer_that_cannot_be_kept_is_not_lost(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    memory = Memory(engine)
    with engine.begin() as sql:
        sql.execute(text("DROP TABLE turns"))
    with caplog.at_level(logging.ERROR, "dateline"):
        told = memory.add(an_answer("One?"))
    assert told.text == "So it is."
    assert "could not be saved" in told.notice
    assert "could not be kept" in caplog.text
