"""The public door: the same calls whether the archive is opened here or a service owns it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.callbacks import AsyncCallbackHandler

import assistant
from assistant import AskRequest, Dateline, Settings
from assistant.build import open_archive
from assistant.types import Done
from ingest.intake import take_in
from tests.assistant.processes import running_service
from tests.conftest import write_newsroom

QUESTION = "When did the ferry strike in Port Ellery end?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("door")
    with open_archive(Settings(data=folder / "archive")) as archive:
        for _ in take_in(archive, [write_newsroom(folder / "newsroom")]):
            pass
    return folder / "archive"


@pytest.fixture(scope="module", params=["opened here", "owned by a service"])
def dateline(request: pytest.FixtureRequest, data: Path) -> Iterator[Dateline]:
    if request.param == "opened here":
        with Dateline(Settings(data=data)) as opened:
            yield opened
    else:
        with running_service(data), Dateline(Settings(data=data)) as opened:
            yield opened


@pytest.mark.parametrize("asked", [QUESTION, {"question": QUESTION}, AskRequest(question=QUESTION)])
def test_a_question_in_any_form_is_answered(dateline: Dateline, asked: object) -> None:
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


async def test_callbacks_of_langchain_see_a_run(dateline: Dateline) -> None:
    class Seen(AsyncCallbackHandler):
        def __init__(self) -> None:
            self.runs: list[str] = []

        async def on_chain_start(self, serialized: object, inputs: object, **given: object) -> None:
            self.runs.append(str(given.get("name")))

    seen = Seen()
    await dateline.ainvoke(QUESTION, {"callbacks": [seen]})
    assert seen.runs == ["Dateline"]


def test_there_is_nothing_else_at_the_door() -> None:
    assert all(hasattr(assistant, name) for name in assistant.__all__)
    with pytest.raises(AttributeError, match="Oracle"):
        _ = assistant.Oracle


def test_the_package_loads_nothing_before_it_is_used() -> None:
    script = "import sys, assistant; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"pydantic", "httpx", "numpy", "sqlalchemy", "langchain_core"} & set(done.stdout.split()) == set()
