"""The public door: the same calls whether the archive is opened here or a service owns it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.vectorstores import InMemoryVectorStore

import assistant
from assistant import AskRequest, Dateline, Settings
from assistant.answer import Assistant
from assistant.build import open_archive
from assistant.compose.generative import GenerativeComposer
from assistant.conversations.memory import Memory
from assistant.errors import QuestionError
from assistant.service.dateline import AskInput, as_request
from assistant.service.local import LocalService
from assistant.types import Done, Filter
from ingest.errors import NotFound, SettingsError, SourceError
from tests.assistant.processes import running_service
from tests.conftest import write_newsroom
from tests.fakes import HashEmbedder

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
QUESTION = "When did the ferry strike in Port Ellery end?"


@pytest.fixture(scope="module")
def data(ingested: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(ingested, tmp_path_factory.mktemp("door") / "archive"))


@pytest.fixture(scope="module", params=["opened here", "owned by a service"])
def dateline(request: pytest.FixtureRequest, data: Path) -> Iterator[Dateline]:
    if request.param == "opened here":
        with Dateline(Settings(data=data)) as opened:
            yield opened
    else:
        with running_service(data), Dateline(Settings(data=data)) as opened:
            yield opened


@pytest.mark.parametrize("asked", [QUESTION, {"question": QUESTION}, AskRequest(question=QUESTION)])
def test_a_question_in_any_form_is_answered(dateline: Dateline, asked: AskInput) -> None:
    answer = dateline.invoke(asked)
    assert answer.citations[0].outlet == "Harbour Post"


def test_the_retriever_gives_documents_that_cite_exactly(dateline: Dateline) -> None:
    [best, *others] = dateline.retriever(k=2).invoke("crack in the dam")
    assert best.metadata["outlet"] == "Valley Gazette"
    assert best.metadata["end"] - best.metadata["start"] == len(best.page_content)
    assert len(others) == 1


async def test_its_events_end_with_the_answer(dateline: Dateline) -> None:
    *_, last = [event async for event in dateline.astream(QUESTION)]
    assert isinstance(last, Done)
    assert last.answer.citations


async def steps_of(dateline: Dateline) -> list[tuple[str, tuple[str, ...]]]:
    """The runs that begin while a question is answered, each with its tags."""
    events = dateline.astream_events(QUESTION, {"tags": ["news"]}, version="v2")
    return [(one["name"], tuple(one["tags"])) async for one in events if one["event"].endswith("_start")]


async def test_who_follows_sees_retrieval_the_model_and_checks_with_the_tags(tmp_path: Path) -> None:
    model = GenericFakeChatModel(messages=iter([AIMessage("[A1] The ferry strike ended.")]))
    settings = Settings(data=tmp_path / "archive")
    with open_archive(settings) as archive:
        service = LocalService(settings, archive)
        Dateline(service=service).ingest(write_newsroom(tmp_path / "newsroom"))
        service.assistant = Assistant(
            archive, Memory(archive.store.engine), writer=GenerativeComposer(model, name="fake")
        )
        found = await steps_of(Dateline(service=service))
    assert [name for name, _ in found][:4] == ["Dateline", "retrieve", "GenericFakeChatModel", "check"]
    assert all("news" in tags for _, tags in found)


async def test_a_question_has_its_run_whoever_owns_the_archive(dateline: Dateline) -> None:
    assert (await steps_of(dateline))[0] == ("Dateline", ("news",))


def test_documents_and_records_are_ingested_beside_paths(tmp_path: Path) -> None:
    boats = Document(
        "The crews of the Blueway line voted on Friday to accept the offer of the owners.",
        metadata={"title": "Ferry deal", "source": "https://harbourpost.example/deal", "outlet": "Harbour Post"},
    )
    bus = {"title": "Night bus", "text": "A night bus will run through Tide from December on.", "outlet": "Tide"}
    with Dateline.open(tmp_path / "archive") as news:
        report = news.ingest([write_newsroom(tmp_path / "newsroom"), boats, bus])
        assert (report.counts["added"], report.counts["failed"]) == (5, 0)
        assert news.articles(outlet="Tide").total == 1
        with pytest.raises(NotFound):
            news.articles(collection="Tide")
        answer = news.ask("What did the crews of the Blueway line vote on?", top_k=3)
        assert answer.citations[0].url == "https://harbourpost.example/deal"


@pytest.mark.parametrize(
    ("source", "said"), [(3, "int is no source of articles"), ("/no/where", "there is no file or folder")]
)
def test_what_is_no_source_is_said(dateline: Dateline, source: Any, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        dateline.ingest([source])


def test_what_has_no_effect_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="token"):
        Dateline.open(tmp_path, token="secret")
    with pytest.raises(SettingsError, match="toekn"):
        Dateline.open("http://127.0.0.1:8765", toekn="secret")


def test_what_is_closed_says_so(tmp_path: Path) -> None:
    with Dateline.open(tmp_path) as news:
        pass
    with pytest.raises(QuestionError, match="closed"):
        news.ask("Who won?")


@pytest.mark.slow
def test_a_program_needs_no_guard_around_what_it_does(tmp_path: Path) -> None:
    newsroom = write_newsroom(tmp_path / "newsroom")
    heavy = (
        "<article><h1>Bridge opens</h1>" + "<p>The bridge opened on Monday, the mayor said.</p>" * 200 + "</article>"
    )
    (newsroom / "bridge.html").write_text(f"<html><body>{heavy}</body></html>")
    program = tmp_path / "program.py"
    program.write_text(
        "from assistant import Dateline\n"
        f"with Dateline.open({str(tmp_path / 'archive')!r}) as news:\n"
        f"    print(news.ingest({str(newsroom)!r}).counts['failed'])\n"
    )
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=False, env=ENVIRONMENT
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_service_is_opened_by_its_address(newsroom_archive: Path) -> None:
    with running_service(newsroom_archive) as (_, http), Dateline.open(str(http.base_url)) as news:
        assert news.ask(QUESTION).citations[0].outlet == "Harbour Post"
        assert news.articles().total == 3


@pytest.mark.parametrize(
    "asked",
    [
        [HumanMessage("Hello."), AIMessage("Good day."), HumanMessage(QUESTION)],
        {"messages": [("user", QUESTION)], "top_k": 3},
        ChatPromptTemplate.from_messages([("user", "{question}")]).invoke({"question": QUESTION}),
    ],
    ids=["messages", "state", "prompt"],
)
def test_of_messages_the_last_of_a_person_is_the_question(asked: AskInput) -> None:
    assert as_request(asked).question == QUESTION


@pytest.mark.parametrize("asked", ["", [], {"question": QUESTION, "colour": "red"}, [AIMessage("Good day.")]])
def test_what_cannot_be_asked_is_said(asked: AskInput) -> None:
    with pytest.raises(QuestionError, match="cannot be asked"):
        as_request(asked)


def test_a_thread_of_langchain_is_a_conversation(dateline: Dateline) -> None:
    answer = dateline.invoke(QUESTION, {"configurable": {"thread_id": "thread-7"}})
    assert answer.conversation_id == "thread-7"


async def test_a_chain_takes_it_and_gives_its_schemas(dateline: Dateline) -> None:
    chain = dateline | (lambda answer: answer.text)
    assert "strike" in await chain.ainvoke(QUESTION)
    assert dateline.get_output_jsonschema()["title"] == "Answer"
    assert "AskRequest" in dateline.get_input_jsonschema()["$defs"]


async def test_the_retriever_takes_other_options_with_each_call(dateline: Dateline) -> None:
    retriever = dateline.retriever()
    assert len(await retriever.ainvoke("dam", k=1)) == 1
    found = retriever.invoke("dam", filters=Filter(outlets=("Harbour Post",)))
    assert {one.metadata["outlet"] for one in found} == {"Harbour Post"}


def test_there_is_nothing_else_at_the_door() -> None:
    assert all(hasattr(assistant, name) for name in assistant.__all__)
    with pytest.raises(AttributeError, match="Oracle"):
        _ = assistant.Oracle


def test_the_package_loads_nothing_before_it_is_used() -> None:
    script = "import sys, assistant; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"pydantic", "httpx", "numpy", "sqlalchemy", "langchain_core"} & set(done.stdout.split()) == set()


async def test_the_embedder_is_one_of_langchain() -> None:
    embedder = HashEmbedder()
    assert isinstance(embedder, Embeddings)
    store = InMemoryVectorStore(embedder)
    await store.aadd_texts(["The ferry sails again.", "The dam has a crack."])
    [found] = await store.asimilarity_search("crack in the dam", k=1)
    assert found.page_content == "The dam has a crack."
