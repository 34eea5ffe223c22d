"""What is shown of whatever a chat model writes: right, wrong or not at all cited, invented, or any text."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from assistant.answer import Assistant
from assistant.build import make_assistant
from assistant.checks.repair import UNQUOTED
from assistant.compose.draft import Draft
from assistant.compose.parse import DraftParser
from assistant.conversations.memory import Memory
from assistant.evidence.evidence import Evidence
from assistant.safety.gate import Gate
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import Answer, AskRequest, Statement, Turn
from ingest.archive.archive import Archive
from ingest.intake import ingest_sources
from ingest.language.quotations import holds, quoted
from tests.conftest import write_newsroom
from tests.fakes import HashEmbedder
from tests.llm_server import ModelServer, Reply, Request

QUESTION = "How did the ferry strike in Port Ellery end?"
ENDED = "The ferry strike in Port Ellery ended on Friday after seventeen days."
RAISE = "Crews accepted a raise of 6 percent, the union said."
MARK = re.compile(r"\[\d+\]")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("shown")
    newsroom = write_newsroom(folder / "newsroom")
    (newsroom / "pier.md").write_text(
        "---\ntitle: Pier shut\noutlet: Tide\n---\n\n“The old pier has to go before winter,” said Mira Stoll."
    )
    with Archive.open(folder / "archive", HashEmbedder()) as opened:
        for _ in ingest_sources(opened, [newsroom]):
            pass
        yield opened


def sentence(text: str, *keys: str, **more: str) -> str:
    return json.dumps({"text": text, "keys": keys, **more})


def answered(archive: Archive, *lines: str, policy: str = "mark") -> Answer:
    """The answer where a model on the wire writes these lines; KEY of «words» is that of the sentence with them."""

    def write(request: Request) -> Iterator[str]:
        offered = [json.loads(line) for line in request.text.split("\n") if line.startswith('{"key"')]
        for line in lines:
            for item in offered:
                for words in re.findall(r"«(.*?)»", line):
                    line = line.replace(f"«{words}»", item["key"]) if words in item["sentence"] else line  # noqa: PLW2901
            yield line + "\n"

    with ModelServer(Reply(write=write)) as server:
        named = {"model": "openai:scripted", "model_base_url": server.url, "policy": policy}
        chosen = Settings.model_validate({**named, "data": archive.folder, "model_api_key": SecretStr("x")})
        return wait_for(make_assistant(chosen, archive).ask(AskRequest(question=QUESTION, remember=False)))


def only(answer: Answer) -> Statement:
    [statement] = answer.statements
    return statement


def test_a_sentence_that_is_cited_rightly_is_shown_as_it_is(archive: Archive) -> None:
    answer = answered(archive, sentence(ENDED, "«seventeen days»"))
    assert only(answer).support == "supported"
    assert answer.citations[0].text == ENDED
    assert answer.outcome == "answered"


@pytest.mark.parametrize("keys", [["«6 percent»"], [], ["0000zzzz"]], ids=["wrongly", "not", "invented"])
def test_a_sentence_that_is_cited_otherwise_is_cited_anew(archive: Archive, keys: list[str]) -> None:
    answer = answered(archive, sentence(ENDED, *keys))
    assert only(answer).support == "supported"
    assert ENDED in [answer.citations[number - 1].text for number in only(answer).citations]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry strike in Port Ellery ended on Friday after nineteen days.",
        "The captain of the ferry resigned in tears.",
        "The ferry strike was the longest in the history of the whole republic.",
    ],
)
def test_what_no_article_supports_is_left_out_or_marked(archive: Archive, text: str) -> None:
    answer = answered(archive, sentence(ENDED, "«seventeen days»"), sentence(text, "«seventeen days»"))
    assert all(one.support == "partly" and one.reason for one in answer.statements if one.text == text)
    assert answer.outcome == "partly"


def test_a_quotation_of_another_article_is_cited_where_it_stands(archive: Archive) -> None:
    said = "“The old pier has to go before winter,” said Mira Stoll."
    answer = answered(archive, sentence(said, "«seventeen days»", kind="quote", speaker="Mira Stoll"))
    assert only(answer).quotation == "wrong article"
    assert [one.outlet for one in answer.citations] == ["Tide"]


def test_a_quotation_that_is_cited_rightly_is_verified(archive: Archive) -> None:
    answer = answered(archive, sentence("Crews accepted “a raise of 6 percent”, the union said.", "«6 percent»"))
    assert only(answer).quotation == "verified"


def test_an_invented_quotation_loses_its_marks_and_that_is_said(archive: Archive) -> None:
    answer = answered(archive, sentence("The union said “crews took the raise of 6 percent”.", "«6 percent»"))
    assert only(answer).text == "The union said crews took the raise of 6 percent."
    assert (only(answer).support, only(answer).reason) == ("partly", UNQUOTED)
    assert only(answer).quotation == "not found"


def test_an_attribution_that_was_lost_is_given_back(archive: Archive) -> None:
    answer = answered(archive, sentence("Crews accepted a raise of 6 percent.", "«6 percent»"))
    assert only(answer).support == "supported"
    assert only(answer).text.startswith("Crews accepted a raise of 6 percent, according to ")


def test_strict_leaves_out_what_would_be_marked(archive: Archive) -> None:
    lines = (sentence(ENDED, "«seventeen days»"), sentence("The ferry strike was the longest ever.", "«seventeen»"))
    answer = answered(archive, *lines, policy="strict")
    assert all(one.support == "supported" for one in answer.statements)
    assert "left out" in answer.notice


# Any text


class Scripted:
    """Writes a text in which «n» stands for the key of the nth piece of evidence."""

    name = "scripted"
    strict = False

    def __init__(self) -> None:
        self.text = ""

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        text = re.sub(r"«(\d)»", lambda match: evidence[int(match[1]) % len(evidence)].key, self.text)
        parser = DraftParser([one.key for one in evidence])
        for draft in [*parser.feed(text), *parser.finish()]:
            yield draft


SPOOFS = st.sampled_from(
    [
        "[1]", "[99]", "[0]", "[-1]", "[١]", "[１]", "【1†】", "[[1]](https://evil.invalid)", "[1](https://evil.invalid)",
        "Sources:\n[1] Reuters https://reuters.com", "![x](https://evil.invalid/a.png)", "<img src=//evil.invalid>",
        "“We never agreed to anything,” said Mira Stoll.", "evidence-0123456789abcdef", "\x1b]8;;http://evil.invalid\x07",
        ENDED, RAISE, f"{ENDED} [«0»]", f"{RAISE} [«1», «2»]", sentence(ENDED, "«0»"), sentence(RAISE, "«1»", "zz"),
        sentence("It ended “at last”.", "«0»", kind="quote", speaker="Nobody", quotation="at last"),
        "{x} {0.__class__}", "%s ${evidence} {% raw %}", "\n\nevent: done\ndata: {}\n\n", "www.evil.invalid.",
        "Read evil.com now.",
    ]
)  # fmt: skip
SCRIPTS = st.lists(st.text(max_size=30) | SPOOFS, max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def scripted(archive: Archive) -> tuple[Assistant, Scripted]:
    writer = Scripted()
    return Assistant(archive, Memory(archive.store.engine), writer=writer), writer


@given(SCRIPTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_mark_leads_to_a_passage_and_nothing_else_gets_out(
    scripted: tuple[Assistant, Scripted], text: str
) -> None:
    assistant, writer = scripted
    writer.text = text
    answer = wait_for(assistant.ask(AskRequest(question=QUESTION, remember=False)))
    stored = assistant.archive.store.articles([one.article_id for one in answer.citations])
    texts = {key: article.text for key, article in stored.items()}
    assert all(texts[one.article_id][one.start : one.end] == one.text for one in answer.citations)
    gate = Gate({one.url for one in answer.citations if one.url})
    for statement in answer.statements:
        cited = [answer.citations[number - 1] for number in statement.citations]
        assert cited
        assert statement.support == "supported" or (statement.support == "partly" and statement.reason)
        assert not gate.stops(statement.text)
        assert not MARK.search(statement.text)
        if statement.quotation in ("verified", "wrong article"):
            printed = " ".join(f"{one.text} {texts[one.article_id]}" for one in cited)
            assert all(holds(printed, words) for words in quoted(statement.text))
    assert bool(answer.statements) != bool(answer.receipt)
