"""Ingesting over HTTP: sources and reindexing, whole and as a stream, runs that take turns."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.service.client import Client
from assistant.service.errors import Busy, Stopping
from assistant.service.runs import MOST_WAITING, Emit, Runs, Stop, report_of
from assistant.types import Failed, Finished, IngestEvent, Outcome, PageDone, Progress, Progressed, Report
from ingest.errors import SourceError
from tests.assistant.conftest import WITH_TOKEN, an_app
from tests.waiting import PATIENCE

STREAM = {**WITH_TOKEN, "Accept": "text/event-stream"}


def test_a_path_is_taken_in_and_remembered(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text(
        "---\ntitle: Bus\noutlet: Tide\n---\n\nA night bus will run from December on.\n"
    )
    response = client.post("/sources", json={"sources": [str(tmp_path / "more.md")]}, headers=WITH_TOKEN)
    assert Report.model_validate(response.json()).counts["added"] == 1
    sources = client.get("/sources", headers=WITH_TOKEN).json()
    assert str(tmp_path / "more.md") in [source["address"] for source in sources]
    forgotten = {"address": str(tmp_path / "more.md")}
    assert client.delete("/sources", params=forgotten, headers=WITH_TOKEN).status_code == 204
    assert client.delete("/sources", params=forgotten, headers=WITH_TOKEN).status_code == 404
    assert client.get("/articles", params={"q": "Bus"}).json()["total"] == 1


def test_a_mapping_of_fields_goes_with_a_source_and_a_wrong_one_is_refused(
    client: TestClient, tmp_path: Path
) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text('{"kop": "Nachtbus", "inhoud": "Een nachtbus rijdt vanaf december door de stad."}')
    request = {"sources": [str(path)], "map": ["title=kop", "text=inhoud", "outlet==De Krant"]}
    refused = client.post("/sources", json={**request, "map": ["titel=kop"]}, headers=WITH_TOKEN)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "source")
    assert "the fields are title, text" in refused.json()["error"]["hint"]
    report = client.post("/sources", json=request, headers=WITH_TOKEN)
    assert Report.model_validate(report.json()).counts["added"] == 1
    sources = client.get("/sources", headers=WITH_TOKEN).json()
    assert request["map"] in [source["map"] for source in sources]


def test_a_missing_path_is_told_with_a_status(client: TestClient, tmp_path: Path) -> None:
    response = client.post("/sources", json={"sources": [str(tmp_path / "nowhere")]}, headers=WITH_TOKEN)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "source"


@pytest.mark.parametrize(
    "body", [{}, {"sources": []}, {"sources": ["x"], "captured_at": "2026-11-01T10:00"}, {"sources": "x"}]
)
def test_a_request_without_usable_paths_is_refused(reader: TestClient, body: object) -> None:
    assert reader.post("/sources", json=body, headers=WITH_TOKEN).status_code == 422


def test_a_path_with_a_nul_is_refused(reader: TestClient) -> None:
    assert reader.post("/sources", json={"sources": ["/tmp/\x00"]}, headers=WITH_TOKEN).status_code == 422


def test_reindex_looks_again_and_in_full_makes_the_indexes_anew(client: TestClient) -> None:
    assert client.post("/reindex", json={}).json()["counts"]["unchanged"] == 3
    full = client.post("/reindex", json={"full": True})
    assert full.status_code == 200
    assert client.get("/search", params={"q": "dam"}).json()["results"]


def test_reindex_needs_no_body(client: TestClient) -> None:
    response = client.post("/reindex")
    assert response.status_code == 200
    assert response.json()["counts"]["unchanged"] == 3


def test_failures_are_listed_and_tried_again(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text('{"title": "Half a rec\n')
    client.post("/sources", json={"sources": [str(path)]}, headers=WITH_TOKEN)
    listed = client.get("/outcomes", params={"status": "failed"}, headers=WITH_TOKEN).json()
    assert [outcome["source"] for outcome in listed["outcomes"]] == [str(path)]
    path.write_text('{"title": "Night bus", "text": "A night bus will run from December on."}')
    assert client.post("/retry", headers=WITH_TOKEN).json()["counts"]["added"] == 1
    assert client.get("/outcomes", params={"status": "failed"}, headers=WITH_TOKEN).json()["total"] == 0


def test_a_stream_ends_with_the_report(client: TestClient) -> None:
    response = client.post("/reindex", json={}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.text.strip().split("\n\n")[-1].startswith("event: done\n")


async def test_the_chat_takes_in_through_its_own_client(tmp_path: Path, newsroom: Path) -> None:
    app = an_app(tmp_path / "archive")
    async with app.router.lifespan_context(app):
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", headers=WITH_TOKEN)
        client = Client(http)
        while not (await client.readiness()).ready:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        events = [event async for event in client.ingest([str(newsroom)])]
        failed = [event async for event in client.ingest([str(newsroom / "nowhere")])]
        await client.close()
    assert any(isinstance(event, Progressed) for event in events)
    assert [type(event) for event in events].count(PageDone) == 3
    assert isinstance(events[-1], Finished)
    assert events[-1].report.counts["added"] == 3
    assert isinstance(failed[-1], Failed)
    assert failed[-1].code == "source"


async def test_runs_take_turns_in_the_order_in_which_they_were_asked_for() -> None:
    runs, gate, begun = Runs(), threading.Event(), list[int]()

    def work(number: int, _emit: object, _stop: object) -> Report:
        begun.append(number)
        gate.wait(PATIENCE)
        return Report()

    async def run(number: int) -> list[IngestEvent]:
        return [event async for event in runs.run(partial(work, number))]

    running = [asyncio.ensure_future(run(number)) for number in range(3)]
    while not begun:  # noqa: ASYNC110 it begins in a thread
        await asyncio.sleep(0.01)
    assert begun == [0]
    gate.set()
    first, *others = await asyncio.gather(*running)
    assert begun == [0, 1, 2]
    assert [event.event for event in first] == ["done"]
    assert [[event.event for event in events] for events in others] == [["progress", "done"]] * 2


async def test_a_run_that_nobody_waits_for_any_more_never_begins() -> None:
    runs, gate, begun = Runs(), threading.Event(), list[str]()

    def work(name: str, _emit: object, _stop: object) -> Report:
        begun.append(name)
        gate.wait(PATIENCE)
        return Report()

    first = asyncio.ensure_future(report_of(runs.run(partial(work, "first"))))
    await asyncio.sleep(0)
    second = asyncio.ensure_future(report_of(runs.run(partial(work, "second"))))
    third = asyncio.ensure_future(report_of(runs.run(partial(work, "third"))))
    await asyncio.sleep(0.02)
    second.cancel()
    gate.set()
    await asyncio.gather(first, third)
    assert begun == ["first", "third"]


async def test_a_run_too_many_is_refused_and_none_begins_at_the_end() -> None:
    runs, gate = Runs(), threading.Event()

    def work(_emit: object, _stop: object) -> Report:
        gate.wait(PATIENCE)
        return Report()

    waiting = [asyncio.ensure_future(report_of(runs.run(work))) for _ in range(MOST_WAITING + 1)]
    await asyncio.sleep(0.02)
    with pytest.raises(Busy):
        runs.require_room()
    runs.close()
    gate.set()
    first, *others = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(first, Report)
    assert {type(one) for one in others} == {Stopping}


async def test_a_run_begins_when_its_events_are_asked_for() -> None:
    runs, begun = Runs(), threading.Event()

    def work(_emit: object, _stop: object) -> Report:
        begun.set()
        return Report()

    events = runs.run(work)
    assert runs.are_idle
    assert not begun.is_set()
    assert isinstance(await anext(events), Finished)
    assert begun.is_set()
    assert runs.are_idle


async def test_a_reader_that_leaves_stops_the_run() -> None:
    stopped = threading.Event()

    def work(emit: Emit, stop: Stop) -> Report:
        emit(Outcome(status="added", source="a"))
        while not stop():
            threading.Event().wait(0.01)
        stopped.set()
        return Report(interrupted=True)

    events = Runs().run(work)
    assert isinstance(await anext(events), PageDone)
    await events.aclose()
    assert await asyncio.to_thread(stopped.wait, PATIENCE)


async def test_a_run_that_fails_ends_with_the_reason() -> None:
    def work(_emit: object, _stop: object) -> Report:
        raise SourceError("there is no such folder", "check the path")

    [event] = [event async for event in Runs().run(work)]
    assert event == Failed(code="source", message="there is no such folder", hint="check the path")


async def test_progress_is_told_now_and_then_and_outcomes_always() -> None:
    def work(emit: Emit, _stop: Stop) -> Report:
        for done in range(1000):
            emit(Progress(done=done, total=1000))
            emit(Outcome(status="unchanged", source=str(done)))
        return Report()

    kinds = [type(event) async for event in Runs().run(work)]
    assert kinds.count(PageDone) == 1000
    assert kinds.count(Progressed) < 100
