"""Questions whose answer is known, their figures and their report."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.evaluation.asked import Asked, ask_all
from assistant.evaluation.figures import curve, figures
from assistant.evaluation.questions import EvalQuestion, read_questions
from assistant.evaluation.report import outcome, write_report
from assistant.service.local import LocalService
from assistant.settings import Settings
from ingest.archive.archive import Archive
from ingest.errors import SettingsError
from tests.fakes import HashEmbedder, an_article

CRACK = "Engineers found a crack of 41 metres in the Aldermoss dam near Brackwater."
STRIKE = "The ferry strike in Port Ellery ended after eleven days, said the mediator Imke Dahl."


@pytest.fixture
def service(tmp_path: Path) -> Iterator[LocalService]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        crack = an_article(CRACK, title="Crack in Aldermoss dam", url="https://post.example/crack")
        strike = an_article(STRIKE, title="Ferry strike in Port Ellery over", url="https://tide.example/strike")
        archive.add(
            [
                crack.model_copy(
                    update={"published": datetime(2026, 10, 1, tzinfo=UTC), "published_precision": "day"}
                ),
                strike.model_copy(
                    update={"published": datetime(2026, 11, 1, tzinfo=UTC), "published_precision": "day"}
                ),
            ]
        )
        yield LocalService(Settings(data=tmp_path / "archive"), archive)


def asked(service: LocalService, *questions: EvalQuestion, words: int = 60) -> list[Asked]:
    return list(ask_all(service, questions, words=words))


RIGHT = EvalQuestion(
    question="How long is the crack in the Aldermoss dam?",
    articles=("https://post.example/crack",),
    answers=("41 M",),
)
WRONG = EvalQuestion(
    question="When did the ferry strike in Port Ellery end?",
    articles=("https://post.example/crack",),
    answers=("May",),
)
UNKNOWN = EvalQuestion(question="Who won the chess world cup in Reykjavik?", answerable=False)


def test_what_came_of_each_question(service: LocalService) -> None:
    right, wrong, unknown = asked(service, RIGHT, WRONG, UNKNOWN)
    assert (right.rank, right.contains, right.cited, right.right) == (1, True, (True,), True)
    assert (wrong.contains, set(wrong.cited or ()), wrong.right) == (False, {False}, False)
    assert (unknown.refused, unknown.rank, unknown.contains, unknown.cited) == (True, None, None, None)
    assert list(map(outcome, (right, wrong, unknown))) == ["right", "wrong", "refused, correctly"]


def test_the_figures_count_what_applies(service: LocalService) -> None:
    measured = figures(asked(service, RIGHT, WRONG, UNKNOWN))
    assert (measured.questions, measured.hit_at_1, measured.hit_at_5) == (3, 0.5, 1.0)
    assert measured.mrr_at_10 == 0.75
    assert (measured.answer_contained, measured.citation_precision) == (0.5, 0.5)
    assert (measured.answered, measured.refusal_precision, measured.refusal_recall) == (1.0, 1.0, 1.0)
    assert 0 < measured.ask_p50_ms <= measured.ask_p95_ms


def test_a_figure_that_no_question_gives_is_none(service: LocalService) -> None:
    measured = figures(asked(service, UNKNOWN))
    assert measured.hit_at_1 is measured.answer_contained is measured.citation_precision is measured.answered is None


def test_only_the_first_words_of_an_answer_count(service: LocalService) -> None:
    [short] = asked(service, RIGHT, words=3)
    assert short.contains is False


def test_on_its_day_nothing_later_is_found(service: LocalService) -> None:
    question = EvalQuestion(question="Who ended the ferry strike?", articles=("https://tide.example/strike",))
    [then] = asked(service, question.model_copy(update={"date": date(2026, 10, 15)}))
    [now] = asked(service, question.model_copy(update={"date": date(2026, 11, 15)}))
    assert (then.rank, now.rank) == (0, 1)


def test_asking_for_figures_leaves_no_conversation(service: LocalService) -> None:
    [one] = asked(service, RIGHT)
    assert service.assistant.memory.turns(one.answer.conversation_id) == []


def test_the_curve_goes_from_the_surest_answer_to_all(service: LocalService) -> None:
    points = curve(asked(service, RIGHT, WRONG, UNKNOWN))
    assert [point.confidence for point in points] == sorted((point.confidence for point in points), reverse=True)
    assert points[-1].recall == 1.0
    assert all(0 <= point.precision <= 1 for point in points)


def test_the_report_is_one_file_that_fetches_nothing(service: LocalService, tmp_path: Path) -> None:
    spiked = RIGHT.model_copy(
        update={"question": "How long is <script>alert(1)</script> the crack in the Aldermoss dam?"}
    )
    done = asked(service, spiked, RIGHT, UNKNOWN)
    write_report(tmp_path / "report.html", "quiz", figures(done), curve(done), done)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "hit_at_1" in page
    assert "refused, correctly" in page
    assert "<script" not in page
    assert not [link for link in ("src=", "url(http", "@import") if link in page]
    assert list(tmp_path.glob(".report*")) == []


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_of_questions_is_read_with_its_defaults(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("q.jsonl.gz" if packed else "q.jsonl")
    with gzip.open(path, "wt") if packed else path.open("w") as lines:
        lines.write('{"question": "Who won?"}\n\n{"question": "When?", "date": "2026-11-01", "answers": ["May"]}\n')
    first, second = read_questions(path)
    assert first == EvalQuestion(question="Who won?")
    assert (second.as_asked.until, second.answers) == (date(2026, 11, 1), ("May",))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "holds no questions"),
        (b'{"question": "Who?"}\n{"question": ""}\n', "line 2: question"),
        (b'{"question": "Who?", "awnsers": []}', "line 1: awnsers"),
        (b"[1]", "line 1"),
        (b"\xff\xfe", "cannot be read"),
        (b'{"question": "Who?", "date": "soon"}', "line 1: date"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=told):
        read_questions(path)


def test_a_packed_file_that_is_not_packed_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl.gz"
    path.write_bytes(json.dumps({"question": "Who?"}).encode())
    with pytest.raises(SettingsError, match="cannot be read"):
        read_questions(path)
