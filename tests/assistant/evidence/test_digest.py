"""Digests over a small archive: which reports, in which order, and with what of each."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.cli.answer_text import answer_lines
from assistant.compose.draft import Composer, Draft
from assistant.compose.extractive import ExtractiveComposer
from assistant.conversations.memory import Memory
from assistant.errors import ProviderError
from assistant.evidence.evidence import Evidence
from assistant.types import Answer, AskRequest, Turn
from ingest.archive.archive import Archive
from ingest.types import Article
from tests.fakes import HashEmbedder, an_article

NOW = datetime(2026, 11, 6, 12, tzinfo=UTC)


def _on(day: int, title: str, text: str, outlet: str = "Harbour Post") -> Article:
    return an_article(text, title=title, outlet=outlet, published=datetime(2026, 10, day, 8, tzinfo=UTC))


OPENS = "Quarry dispute at Velmont begins"
SPREADS = "Velmont quarry dispute spreads to the railway"
ENDS = "Velmont quarry dispute ends after nine days"
ARTICLES = [
    _on(3, OPENS, "About 120 drivers at the Velmont quarry stopped work on Saturday in a dispute about pay.\n\n"
        "They want 9 percent more, their union said in the quarry yard."),
    _on(7, SPREADS, "The quarry dispute at Velmont reached the railway on Wednesday, when 14 trains stood still.\n\n"
        "About 120 drivers at the Velmont quarry stopped work on Saturday in a dispute about pay."),
    _on(12, ENDS, "The quarry dispute at Velmont ended on Monday with a rise of 6 percent for all drivers.",
        "Evening Tide"),
    _on(20, "Choir wins a prize", "The choir of Ostby won a prize of 3,000 crowns at a festival on Tuesday."),
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive"), HashEmbedder()) as opened:
        opened.add(ARTICLES)
        yield opened


async def ask(archive: Archive, question: str, *, writer: Composer | None = None, **request: object) -> Answer:
    composer = writer or ExtractiveComposer()
    assistant = Assistant(archive, Memory(archive.store.engine), writer=composer, clock=lambda: NOW)
    return await assistant.ask(AskRequest.model_validate({"question": question, **request}))


def titles(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.title for citation in answer.citations))


async def test_the_latest_of_a_story_goes_first_and_says_how_old_it_is(archive: Archive) -> None:
    answer = await ask(archive, "latest on the velmont quarry dispute")
    assert titles(answer) == [ENDS, SPREADS, OPENS]
    assert answer.text.startswith(
        "3 reports, newest first; the newest is from 12 October 2026, 25 days old.\n"
        f"12 October 2026 · Evening Tide · {ENDS}: The quarry dispute at Velmont ended on Monday"
    )
    assert {statement.form for statement in answer.statements} == {"report"}


async def test_a_timeline_goes_from_the_first_report_to_the_last(archive: Archive) -> None:
    assert titles(await ask(archive, "timeline of the velmont quarry dispute")) == [OPENS, SPREADS, ENDS]


async def test_what_an_earlier_report_has_said_is_not_what_is_new(archive: Archive) -> None:
    answer = await ask(archive, "summarise the velmont quarry dispute")
    [told] = [one.text for one in answer.statements if answer.citations[one.citations[0] - 1].title == SPREADS]
    assert "14 trains" in told


@pytest.mark.parametrize("question", ["headlines of 7 October", "what happened on 7 october 2026"])
async def test_the_news_of_a_day_is_that_of_the_day_alone(archive: Archive, question: str) -> None:
    answer = await ask(archive, question)
    assert titles(answer) == [SPREADS]
    assert answer.text.startswith("1 report;")


async def test_every_line_is_a_slice_of_the_report_it_cites(archive: Archive) -> None:
    answer = await ask(archive, "headlines")
    assert titles(answer)[0] == "Choir wins a prize"
    for citation in answer.citations:
        article = archive.store.article(citation.article_id, citation.version)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.text


async def test_what_is_left_out_is_said(archive: Archive) -> None:
    answer = await ask(archive, "velmont quarry dispute", top_k=2)
    assert answer.digest is not None
    assert (answer.digest.told, answer.digest.found) == (2, 3)
    assert answer.text.startswith("2 of 3 reports")


async def test_more_is_what_was_not_told_before(archive: Archive) -> None:
    first = await ask(archive, "velmont quarry dispute", top_k=2)
    more = await ask(archive, "and what else?", top_k=1, conversation_id=first.conversation_id)
    assert len(titles(first)) == 2
    assert not set(titles(more)) & set(titles(first))


async def test_more_headlines_are_those_after_the_newest(archive: Archive) -> None:
    first = await ask(archive, "headlines", top_k=2)
    more = await ask(archive, "more headlines", top_k=2, conversation_id=first.conversation_id)
    assert (titles(first), titles(more)) == (["Choir wins a prize", ENDS], [SPREADS, OPENS])


@pytest.mark.parametrize("before", ["latest on the velmont quarry dispute", "timeline of the velmont quarry dispute"])
async def test_more_is_on_the_subject_of_the_digest_before(archive: Archive, before: str) -> None:
    first = await ask(archive, before, top_k=1)
    more = await ask(archive, "Tell me more", top_k=3, conversation_id=first.conversation_id)
    assert len({*titles(first), *titles(more)}) == 3


async def test_headlines_are_those_of_all_news_whatever_was_asked_before(archive: Archive) -> None:
    first = await ask(archive, "velmont quarry dispute", top_k=1)
    headlines = await ask(archive, "headlines", top_k=1, conversation_id=first.conversation_id)
    more = await ask(archive, "tell me more", top_k=2, conversation_id=first.conversation_id)
    assert titles(headlines) == ["Choir wins a prize"]
    assert {*titles(first), *titles(more)} == {OPENS, SPREADS, ENDS}


async def test_what_is_only_mentioned_is_told_as_such(archive: Archive) -> None:
    answer = await ask(archive, "tell me about Ostby")
    assert answer.digest is not None
    assert answer.digest.mentioned == "Ostby"
    assert answer.text.startswith("1 report that mentions Ostby; from ")
    assert titles(answer) == ["Choir wins a prize"]
    more = await ask(archive, "tell me more", conversation_id=answer.conversation_id)
    assert more.receipt is not None
    assert more.receipt.reason == "the archive has nothing further on this"


async def test_only_what_is_mentioned_is_said_to_be(archive: Archive) -> None:
    by_name = await ask(archive, "tell me about the drivers of Ostby")
    assert by_name.digest is not None
    assert by_name.digest.mentioned == "Ostby"
    for question in ("tell me about choirboys", "the prizefighter", "tell me about the mayor and police of Ostby"):
        assert (await ask(archive, question)).digest is None


@pytest.mark.parametrize("question", ["catch me up on the lighthouse auction", "latest on the earthquake in Velmont"])
async def test_nothing_on_the_subject_is_a_refusal(archive: Archive, question: str) -> None:
    answer = await ask(archive, question)
    assert (answer.outcome, answer.digest) == ("refused", None)
    assert answer.receipt is not None


async def test_thanks_are_no_question_and_are_not_remembered(archive: Archive) -> None:
    first = await ask(archive, "velmont quarry dispute")
    thanks = await ask(archive, "thanks", conversation_id=first.conversation_id)
    assert (thanks.outcome, thanks.text[:15]) == ("answered", "You’re welcome.")
    more = await ask(archive, "tell me more", conversation_id=first.conversation_id)
    assert "quarry" in more.standalone


async def test_reports_without_spaces_between_words_are_told(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as opened:
        text = "维尔蒙特采石场的罢工于周一结束，所有司机加薪百分之六。铁路随后恢复运行。"
        opened.add([an_article(text, title="采石场罢工结束", published=NOW)])
        answer = await ask(opened, "headlines")
    assert "加薪百分之六" in answer.text


class Failing:
    """A chat model that is down."""

    name = "some-model"
    strict = False

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        raise ProviderError("the provider is down", "ask again")
        yield


async def test_a_model_that_fails_leaves_the_digest(archive: Archive) -> None:
    answer = await ask(archive, "timeline of the velmont quarry dispute", writer=Failing())
    assert titles(answer) == [OPENS, SPREADS, ENDS]
    assert "did not answer" in answer.notice


async def test_the_command_line_heads_each_line_with_its_report(archive: Archive) -> None:
    answer = await ask(archive, "timeline of the velmont quarry dispute")
    lines = [line.text for line in answer_lines(answer)]
    at = lines.index(f"3 October 2026 · Harbour Post · {OPENS}")
    assert lines[at + 1].endswith("[1]")
