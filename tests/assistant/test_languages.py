"""Questions in a language that the embedding model does not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.compose.extractive import ExtractiveComposer
from assistant.conversations.memory import Memory
from assistant.question.asked import Asked
from assistant.question.question import Inquiry
from assistant.service.blocking import wait_for
from assistant.types import AskRequest
from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.types import EVERYTHING
from tests.fakes import HashEmbedder, an_article

WALL = "Die Hochwassermauer kostet 62 Millionen Kronen. Die Arbeiten dauern drei Jahre."


class EnglishEmbedder(HashEmbedder):
    languages = frozenset({"en"})


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", EnglishEmbedder()) as opened:
        wall = an_article(WALL, title="Velmont beschließt Mauer", url="https://bote.example/mauer")
        opened.add([an_article(), wall.model_copy(update={"language": "de"})])
        yield opened


def ask(archive: Archive, question: str) -> tuple[str, str]:
    assistant = Assistant(archive, Memory(archive.store.engine), writer=ExtractiveComposer())
    answer = wait_for(assistant.ask(AskRequest(question=question)))
    return answer.outcome, answer.receipt.reason if answer.receipt else answer.text


def test_words_alone_answer_it(archive: Archive) -> None:
    outcome, text = ask(archive, "Was kostet die Hochwassermauer?")
    assert outcome != "refused"
    assert "62 Millionen" in text


def test_a_refusal_says_that_only_words_were_compared(archive: Archive) -> None:
    outcome, reason = ask(archive, "Wer gewann die Wahl in Oberhallow?")
    assert outcome == "refused"
    assert "does not know German" in reason


def test_a_refusal_says_that_near_articles_could_not_be_read(archive: Archive) -> None:
    outcome, reason = ask(archive, "How much does the flood wall cost?")
    assert outcome == "refused"
    assert "nearest articles include some in German" in reason


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("How much does the flood wall cost?", "ask in German, set DATELINE_EMBEDDER to a multilingual model, or "),
        ("Wer gewann die Wahl in Oberhallow?", "ask in words that the articles use, set DATELINE_EMBEDDER"),
    ],
)
def test_a_refusal_says_what_to_do_about_the_language(archive: Archive, question: str, instead: str) -> None:
    assistant = Assistant(archive, Memory(archive.store.engine), writer=ExtractiveComposer())
    receipt = wait_for(assistant.ask(AskRequest(question=question))).receipt
    assert receipt is not None
    assert receipt.hint.startswith(instead)


def test_the_doctor_says_which_articles_are_found_by_words_alone(archive: Archive) -> None:
    [told] = [finding for finding in examine(archive) if finding.name == "languages"]
    assert told.ok
    assert told.detail.startswith("1 in German")


def test_what_the_title_names_is_not_what_is_asked(archive: Archive) -> None:
    [asked] = Asked.read(Inquiry("Was kostet die Mauer in Velmont?", EVERYTHING), archive.words)
    assert asked.beyond("Velmont beschließt Mauer", WALL) == pytest.approx(1)
    assert asked.beyond("Velmont beschließt Mauer", "Velmont feiert.") == 0
