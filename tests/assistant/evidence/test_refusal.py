"""When a question is refused although the archive holds sentences with its words. All texts are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.evidence.evidence import Evidence
from assistant.evidence.refusal import UNANSWERED, confidence_in, reason_to_refuse, receipt
from assistant.question.asked import Asked
from assistant.question.question import Inquiry
from ingest.archive.archive import Archive
from ingest.types import EVERYTHING
from tests.assistant.offered import evidence_for
from tests.fakes import HashEmbedder, an_article, trained_reader

LOCK = (
    "The lock at Veltrin closed on Monday for repairs. Keeper Mira Stoll was taken to hospital with a broken arm. "
    "Nobody drowned. Stoll has kept the lock for nine years. "
    "Engineer Paulo Reis said the gate had slipped. “It went like a drawer,” he said.\n"
    "Thieves stole two pumps from the keeper’s house. The repair costs 40,000 crowns and takes until 3 June.\n"
    "Inga Holm, 54, speaks for the boatmen of Sarnia."
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), HashEmbedder()) as opened:
        opened.add([an_article(LOCK, title="Lock at Veltrin closes", outlet="Gazette")])
        yield opened


def find(archive: Archive, question: str) -> list[Evidence]:
    return evidence_for(archive, question, trained_reader())


def reason(archive: Archive, question: str) -> str | None:
    [asked], evidence = Asked.read(Inquiry(question, EVERYTHING), archive.words), find(archive, question)
    articles = [one.article for one in evidence]
    return reason_to_refuse(asked, articles, confidence_in(asked, evidence), enough=1e-9)


def test_what_would_help_depends_on_whether_there_are_articles_on_it(archive: Archive) -> None:
    hints = [receipt(archive, "Who built it?", reason, EVERYTHING, []).hint for reason in (UNANSWERED, "not there")]
    assert hints == ["ask in words that the articles use, or ingest more about it", "ingest articles about it"]


def test_a_sentence_that_was_not_read_does_not_make_the_answer_unlikely(archive: Archive) -> None:
    [asked] = Asked.read(Inquiry("How many pumps were stolen?", EVERYTHING), archive.words)
    first, *_ = find(archive, "How many pumps were stolen?")
    hardly = replace(first, read=-1.5)
    assert confidence_in(asked, [hardly, replace(first, read=None, coverage=0.0)]) == pytest.approx(
        confidence_in(asked, [hardly, replace(first, read=-9.0)])
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How old is Inga Holm?", "Inga Holm, 54,"),
        ("What did Paulo Reis say about the gate?", "slipped"),
        ("What did Veltrin’s engineer say about the gate?", "slipped"),
        ("How many pumps were stolen?", "two pumps"),
        ("What was the theft at the house?", "stole two pumps"),
        ("Did anyone drown?", "Nobody drowned."),
        ("For whom does the Sarnian Inga Holm speak?", "boatmen"),
    ],
)
def test_what_is_told_is_answered(archive: Archive, question: str, answer: str) -> None:
    assert reason(archive, question) is None
    assert answer in find(archive, question)[0].span.text


def test_a_name_that_nobody_mentions_is_said(archive: Archive) -> None:
    told = reason(archive, "What did Mira Stoll tell UNESCO about the lock?")
    assert told == "no article in the archive mentions UNESCO"


def test_a_body_is_mentioned_where_it_is_named_at_length(archive: Archive) -> None:
    [asked] = Asked.read(Inquiry("Who left the RPG?", EVERYTHING), archive.words)
    held = an_article("Inga Holm left the River Pilots Guild.")
    assert asked.missing_names(held) == asked.unknown_names([held]) == []
    assert asked.missing_names(an_article("Inga Holm left the pilots.")) == ["RPG"]


@pytest.mark.parametrize("country", ["US", "U.S.", "USA", "United States"])
def test_a_country_is_mentioned_however_it_is_written(archive: Archive, country: str) -> None:
    [asked] = Asked.read(Inquiry(f"Who closed the lock in the {country}?", EVERYTHING), archive.words)
    for text in ("The U.S. Coast Guard closed it.", "US officials closed it.", "An American engineer closed it."):
        assert asked.missing_names(an_article(text)) == []
    assert asked.missing_names(an_article("A Canadian engineer told us that he closed it."))


def test_both_parts_of_a_question_lead(archive: Archive) -> None:
    first, second, *_ = find(archive, "Who said the gate had slipped, and what does the repair cost?")
    assert "Paulo Reis" in first.span.text
    assert "40,000 crowns" in second.span.text


def test_what_is_asked_for_leads_although_another_sentence_has_more_words(archive: Archive) -> None:
    best = find(archive, "Until when is the lock at Veltrin closed for repair?")[0]
    assert "Monday" in best.span.text or "3 June" in best.span.text
