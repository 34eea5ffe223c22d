"""Conversations in the archive: old ones are found after an upgrade, and citations say what has become of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.conversations.kept import Conversations
from assistant.conversations.memory import Memory
from assistant.types import Answer, Change, Citation, Filter
from ingest.archive.archive import Archive
from ingest.archive.shelf import LooseShelf
from ingest.types import Article
from tests.fakes import HashEmbedder
from tests.ingest.database.test_schema import AS_BEFORE

TEXT = "The strike ended on Friday. Crews accepted a raise of 6 percent. Boats sail again."
RAISE = "Crews accepted a raise of 6 percent."


def an_article(text: str = TEXT) -> Article:
    return Article(id="ferry", title="Ferry strike ends", text=text, outlet="Harbour Post")


def an_answer(question: str, *cited: str, talk: str = "talk") -> Answer:
    article = an_article()
    spans = [(article.text.index(text), text) for text in cited]
    citations = tuple(
        Citation(
            number=number, article_id=article.id, version=article.digest, start=at, end=at + len(text), text=text,
            outlet=article.outlet, title=article.title,
        )
        for number, (at, text) in enumerate(spans, 1)
    )  # fmt: skip
    return Answer(
        question=question, standalone=question, text=" ".join(cited) or "Nobody knows.", outcome="answered",
        statements=(), citations=citations, filters=Filter(), as_of=None, independent_sources=1, receipt=None,
        conversation_id=talk, model="extractive",
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, HashEmbedder()) as opened:
        opened.add([an_article()])
        Memory(opened.store.engine).add(an_answer("How did it end?", RAISE, "Boats sail again."))
        yield opened


def changes(archive: Archive) -> tuple[Change, ...]:
    [turn] = Conversations(archive.store.engine).open("talk").turns
    return turn.changes


def test_citations_stay_as_they_are_after_the_indexes_are_rebuilt(archive: Archive) -> None:
    archive.rebuild(lambda _done: None)
    assert changes(archive) == ()


def test_a_correction_is_told_and_words_that_still_stand_are_found_again(archive: Archive) -> None:
    corrected = an_article("The long strike ended on Friday. Crews accepted a raise of 4 percent. Boats sail again.")
    archive.add([corrected])
    raised, boats = changes(archive)
    assert (raised.became, raised.version) == ("corrected", corrected.digest)
    assert (boats.became, boats.number) == ("moved", 2)
    assert boats.start is not None
    assert corrected.text[boats.start : boats.end] == "Boats sail again."


def test_citations_of_a_removed_article_are_gone_and_the_answer_stays(archive: Archive) -> None:
    archive.remove("ferry")
    assert changes(archive) == (Change(number=1, became="gone"), Change(number=2, became="gone"))
    [turn] = Conversations(archive.store.engine).open("talk").turns
    assert turn.answer.citations[0].text == RAISE


def test_an_article_that_came_back_with_another_text_does_not_pass_for_a_correction(archive: Archive) -> None:
    archive.remove("ferry")
    archive.add([an_article("Quite another report.")])
    assert {one.became for one in changes(archive)} == {"gone"}


def test_conversations_of_an_archive_from_before_are_listed_and_searched(archive: Archive, tmp_path: Path) -> None:
    Memory(archive.store.engine).add(an_answer("And the Mülldeponie?", talk="other"))
    Memory(archive.store.engine).add(an_answer("Why?"))
    archive.close()
    with closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as sql:
        sql.executescript(AS_BEFORE.replace("DROP TABLE turns;", ""))
        sql.execute("INSERT INTO turns VALUES ('broken', 1, 'no JSON', 5)")
        sql.commit()
    with LooseShelf.to_read(tmp_path) as shelf:
        kept = Conversations(shelf.store.engine)
        found = {one.id: (one.title, one.turns) for one in kept.list().conversations}
        assert found == {"talk": ("How did it end?", 2), "other": ("And the Mülldeponie?", 1), "broken": ("", 1)}
        assert [one.id for one in kept.list(text="mulldeponie").conversations] == ["other"]


def test_a_turn_of_another_form_is_shown_with_what_can_be_told(archive: Archive) -> None:
    with archive.store.engine.begin() as sql:
        sql.exec_driver_sql("""UPDATE turns SET answer = '{"question": "One?", "text": "So.", "mood": "good"}'""")
    [turn] = Conversations(archive.store.engine).open("talk").turns
    assert (turn.question, turn.answer.text) == ("One?", "So.")
    assert "earlier version" in turn.answer.notice
