"""The service from warming up to closing."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.serving.lifespan import Lifespan
from assistant.service.blocking import wait_for
from assistant.service.errors import Busy
from assistant.service.local import LocalService
from assistant.service.runs import Runs
from assistant.settings import Settings
from assistant.types import Failed, Filter, Readiness, Report, StreamEvent, Understood
from ingest.archive.archive import Archive
from ingest.errors import ArchiveMismatch, DatelineError
from tests.assistant.conftest import LOCAL, LOCAL_URL
from tests.fakes import HashEmbedder
from tests.waiting import PATIENCE


def never() -> LocalService:
    raise AssertionError("not to be opened")


def test_a_service_that_warms_up_lives_and_says_that_it_is_not_ready() -> None:
    gate = threading.Event()

    def open_service() -> LocalService:
        gate.wait(PATIENCE)
        raise ArchiveMismatch("made with another model", "dateline reindex --full")

    with TestClient(create_app(open_service, LOCAL), base_url=LOCAL_URL) as client:
        assert client.get("/health").status_code == 200
        ready = client.get("/ready")
        assert (ready.status_code, Readiness.model_validate_json(ready.content).ready) == (503, False)
        asked = client.post("/ask", json={"question": "Anything?"})
        assert (asked.status_code, asked.json()["error"]["code"]) == (503, "not_ready")
        assert asked.headers["retry-after"]
        gate.set()


def test_an_archive_that_cannot_be_opened_is_told_to_everyone_who_asks() -> None:
    told = threading.Event()
    problems: list[DatelineError] = []

    def open_service() -> LocalService:
        raise ArchiveMismatch("made with another model", "dateline reindex --full")

    def failed(exc: DatelineError) -> None:
        problems.append(exc)
        told.set()

    with TestClient(create_app(open_service, LOCAL, failed=failed), base_url=LOCAL_URL) as client:
        assert told.wait(PATIENCE)
        ready = client.get("/ready")
        assert ready.status_code == 503
        assert ready.json()["error"]["hint"] == "dateline reindex --full"
    assert [problem.code for problem in problems] == ["archive_mismatch"]


async def answering(gate: asyncio.Event) -> AsyncIterator[StreamEvent]:
    yield Understood(standalone="x", filters=Filter())
    await gate.wait()


async def test_a_stream_that_is_open_at_the_end_gets_a_last_event() -> None:
    lifespan = Lifespan(never, lambda _: None)
    events = lifespan.until_closing(answering(asyncio.Event()))
    assert isinstance(await anext(events), Understood)
    lifespan.begin_closing()
    rest = [event async for event in events]
    assert [event.code for event in rest if isinstance(event, Failed)] == ["stopping"]


async def test_a_reader_that_leaves_ends_the_answering() -> None:
    ended = asyncio.Event()

    async def slow() -> AsyncIterator[StreamEvent]:
        try:
            yield Understood(standalone="x", filters=Filter())
            await asyncio.Event().wait()
        finally:
            ended.set()

    events = Lifespan(never, lambda _: None).until_closing(slow())
    await anext(events)
    await events.aclose()
    assert await asyncio.wait_for(ended.wait(), PATIENCE)


async def test_an_answer_that_nobody_waits_for_ends() -> None:
    left, ended = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[StreamEvent]:
        try:
            yield Understood(standalone="x", filters=Filter())
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def gone() -> None:
        await left.wait()

    events = Lifespan(never, lambda _: None).until_closing(slow(), gone=gone())
    await anext(events)
    left.set()
    assert [event.event async for event in events] == ["error"]
    assert await asyncio.wait_for(ended.wait(), PATIENCE)


def opened(folder: Path) -> Lifespan:
    """A service over an empty archive, warmed up."""
    lifespan = Lifespan(
        lambda: LocalService(Settings(data=folder), Archive.open(folder, HashEmbedder())), lambda _: None
    )
    lifespan.warm_up()
    while not wait_for(lifespan.readiness()).ready:
        time.sleep(0.01)
    return lifespan


class Panic(BaseException):
    """What Chroma raises where its own code fails: no Exception."""


async def test_an_answer_that_dies_of_a_panic_ends_with_a_failure() -> None:
    async def dying() -> AsyncIterator[StreamEvent]:
        yield Understood(standalone="x", filters=Filter())
        raise Panic

    events = Lifespan(never, lambda _: None).until_closing(dying())
    async with asyncio.timeout(PATIENCE):
        found = [event async for event in events]
    assert [event.event for event in found] == ["understood", "error"]


async def test_a_run_that_breaks_down_says_no_more_than_that(caplog: pytest.LogCaptureFixture) -> None:
    def work(_emit: object, _stop: object) -> Report:
        raise RuntimeError("/secret/path")

    events = Lifespan(never, lambda _: None).until_closing(Runs().run(work))
    [event] = [event async for event in events]
    assert isinstance(event, Failed)
    assert event.code == "internal"
    assert "secret" not in event.message
    assert "secret" in caplog.text


async def test_a_stream_that_is_refused_ends_with_the_reason() -> None:
    async def refused() -> AsyncIterator[StreamEvent]:
        raise Busy("100 questions are being worked on", "try again in a moment")
        yield  # a stream, too

    [event] = [event async for event in Lifespan(never, lambda _: None).until_closing(refused())]
    assert event == Failed.of(Busy("100 questions are being worked on", "try again in a moment"))


def test_a_failed_start_closes_the_archive(tmp_path: Path) -> None:
    folder, told = tmp_path / "archive", threading.Event()

    def open_service() -> LocalService:
        return LocalService(Settings(data=folder, model="openai:gpt-5"), Archive.open(folder, HashEmbedder()))

    with TestClient(create_app(open_service, LOCAL, failed=lambda _: told.set()), base_url=LOCAL_URL) as client:
        assert told.wait(PATIENCE)
        assert list(folder.glob("*.open")) == []
        assert not (folder / "owner.json").exists()
        assert client.get("/ready").json()["error"]["code"] == "settings"


async def test_the_archive_stays_open_until_the_threads_of_answers_have_ended(tmp_path: Path) -> None:
    folder, entered, gate = tmp_path / "archive", threading.Event(), threading.Event()

    def step() -> None:
        entered.set()
        gate.wait(PATIENCE)

    async def slow() -> AsyncIterator[StreamEvent]:
        await asyncio.to_thread(step)
        yield Understood(standalone="x", filters=Filter())

    lifespan = opened(folder)
    asyncio.get_running_loop().set_default_executor(lifespan.threads)
    reading = asyncio.ensure_future(anext(lifespan.until_closing(slow())))
    assert await asyncio.to_thread(entered.wait, PATIENCE)
    reading.cancel()
    closing = threading.Thread(target=lifespan.close)
    closing.start()
    closing.join(0.2)
    assert lifespan.is_at_work
    gate.set()
    closing.join(PATIENCE)
    assert not lifespan.is_at_work


def test_an_answer_that_does_not_end_keeps_the_archive_open(tmp_path: Path) -> None:
    folder, gate = tmp_path / "archive", threading.Event()
    lifespan = opened(folder)
    lifespan.threads.submit(gate.wait, 10)
    lifespan.close()
    assert lifespan.is_at_work
    assert (folder / "owner.json").exists()
    gate.set()
    lifespan.close()
    assert not lifespan.is_at_work


@pytest.mark.parametrize("left_over", ["uploads/tmpabc/upload.md"])
def test_what_an_upload_left_behind_goes_at_the_next_start(tmp_path: Path, newsroom: Path, left_over: str) -> None:
    from tests.assistant.conftest import an_app, wait_until_ready

    forgotten = tmp_path / "archive" / left_over
    forgotten.parent.mkdir(parents=True)
    forgotten.write_text("x")
    with TestClient(an_app(tmp_path / "archive", newsroom), base_url=LOCAL_URL) as client:
        wait_until_ready(client)
    assert not forgotten.exists()
