"""Ingest jobs over HTTP: begun, followed, cancelled, begun again, and there after a restart."""

from __future__ import annotations

import asyncio
import json
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.service.kept_jobs import KeptJobs
from assistant.service.local import LocalService
from assistant.service.runs import MOST_WAITING, report_of
from assistant.settings import Settings
from assistant.types import Report
from assistant.types.jobs import IngestJob, Job, JobList, ReindexJob
from ingest.archive.archive import Archive
from ingest.database.jobs import JobRows
from ingest.intake import ingest_sources
from ingest.types import Outcome
from tests.assistant.api.test_following import records
from tests.assistant.conftest import WITH_TOKEN
from tests.assistant.processes import running_service
from tests.fakes import HashEmbedder
from tests.waiting import PATIENCE, wait_for

NOTE = {"title": "Night bus", "text": "A night bus will run to Cobb Mills from December on.", "outlet": "Tide"}


def many(folder: Path, number: int = 400) -> Path:
    """A dump that takes some seconds to ingest."""
    path = folder / "many.jsonl"
    texts = (
        f"The council of Lisk spoke of item {one} on Tuesday, and of item {one + 1} after that."
        for one in range(number)
    )
    records = (
        {"title": f"Item {one}", "text": text * 9, "source": "Tide", "url": f"https://tide.example/{one}"}
        for one, text in enumerate(texts)
    )
    path.write_text("\n".join(map(json.dumps, records)))
    return path


def job_of(client: TestClient, job_id: str) -> Job:
    return Job.model_validate_json(client.get(f"/jobs/{job_id}", headers=WITH_TOKEN).content)


def over(client: TestClient, job_id: str) -> Job:
    job: Job = wait_for(lambda: (found := job_of(client, job_id)).is_over and found)
    return job


def test_a_job_is_begun_and_can_be_looked_at_until_it_is_done(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    path.write_text(json.dumps(NOTE))
    begun = client.post("/jobs", json={"does": "ingest", "sources": [str(path)]}, headers=WITH_TOKEN)
    assert begun.status_code == 202
    job = over(client, begun.headers["location"].removeprefix("/jobs/"))
    assert (job.state, job.counts["added"], job.of, job.attempts) == ("done", 1, str(path), 1)
    assert job.started
    assert job.finished
    listed = JobList.model_validate_json(client.get("/jobs", headers=WITH_TOKEN).content)
    assert listed.jobs == (job,)
    assert client.delete(f"/jobs/{job.id}", headers=WITH_TOKEN).status_code == 204
    assert client.get(f"/jobs/{job.id}", headers=WITH_TOKEN).status_code == 404


def test_an_upload_is_a_job_too_and_its_file_goes_when_it_is_done(client: TestClient, tmp_path: Path) -> None:
    begun = client.post("/jobs/upload", params={"name": "note.json"}, json=NOTE, headers=WITH_TOKEN)
    assert begun.status_code == 202
    assert over(client, begun.json()["id"]).counts["added"] == 1
    wait_for(lambda: not list((tmp_path / "archive" / "uploads").iterdir()))


def test_a_file_of_any_kind_is_uploaded_as_a_job(client: TestClient) -> None:
    text = "---\ntitle: Night bus\n---\n\nA night bus will run to Cobb Mills from December on.\n"
    plain = {**WITH_TOKEN, "Content-Type": "text/markdown"}
    begun = client.post("/jobs/upload", params={"name": "note.md"}, content=text, headers=plain)
    assert begun.status_code == 202
    assert over(client, begun.json()["id"]).counts["added"] == 1


def test_a_job_that_needs_the_admin_scope_needs_it_again_to_be_begun_again(
    client: TestClient, tmp_path: Path
) -> None:
    request = {"does": "ingest", "sources": [str(tmp_path / "note.json")]}
    assert client.post("/jobs", json=request).status_code == 403
    job = over(client, client.post("/jobs", json=request, headers=WITH_TOKEN).json()["id"])
    assert client.post(f"/jobs/{job.id}/retry").status_code == 403
    assert client.post(f"/jobs/{job.id}/retry", headers=WITH_TOKEN).status_code == 202


def test_a_job_is_followed_to_its_end(client: TestClient) -> None:
    begun = client.post("/jobs", json={"does": "reindex"}, headers=WITH_TOKEN).json()
    followed = client.get(f"/jobs/{begun['id']}/events", headers=WITH_TOKEN)
    assert followed.headers["content-type"].startswith("text/event-stream")
    *_, last = [json.loads(line[6:]) for line in followed.text.splitlines() if line.startswith("data: ")]
    assert (last["event"], last["job"]["state"], last["job"]["counts"]["unchanged"]) == ("job", "done", 3)


def test_a_job_that_fails_says_why_and_can_be_begun_again(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    request = {"does": "ingest", "sources": [str(path)]}
    job = over(client, client.post("/jobs", json=request, headers=WITH_TOKEN).json()["id"])
    assert (job.state, job.error and job.error.code) == ("failed", "source")
    path.write_text(json.dumps(NOTE))
    assert client.post(f"/jobs/{job.id}/retry", headers=WITH_TOKEN).status_code == 202
    assert over(client, job.id).state == "done"


def test_a_cancelled_job_makes_room_for_the_next(client: TestClient, tmp_path: Path) -> None:
    first = client.post("/jobs", json={"does": "ingest", "sources": [str(many(tmp_path))]}, headers=WITH_TOKEN).json()
    second = client.post("/jobs", json={"does": "reindex"}, headers=WITH_TOKEN).json()
    wait_for(lambda: job_of(client, first["id"]).state == "running")
    assert job_of(client, second["id"]).state == "waiting"
    assert client.post(f"/jobs/{first['id']}/retry", headers=WITH_TOKEN).status_code == 409
    assert client.post(f"/jobs/{first['id']}/cancel", headers=WITH_TOKEN).json()["state"] == "cancelled"
    assert over(client, second["id"]).state == "done"
    assert job_of(client, first["id"]).state == "cancelled"


async def test_a_job_waits_where_a_run_too_many_is_refused(tmp_path: Path) -> None:
    service = LocalService(Settings(data=tmp_path), Archive.open(tmp_path, HashEmbedder()))
    gate = threading.Event()

    def work(_emit: object, _stop: object) -> Report:
        gate.wait(PATIENCE)
        return Report()

    runs = [asyncio.ensure_future(report_of(service.runs.run(work))) for _ in range(MOST_WAITING + 1)]
    await asyncio.sleep(0.02)
    job = await service.queue.begin(ReindexJob(does="reindex"))
    gate.set()
    await asyncio.gather(*runs)
    last = [seen async for seen in service.queue.follow(job.id)][-1]
    assert (last.state, last.error) == ("done", None)
    await service.close()


async def test_what_an_interrupted_attempt_ingested_is_counted_as_that_at_the_end(tmp_path: Path) -> None:
    file, archive = tmp_path / "items.jsonl", Archive.open(tmp_path / "archive", HashEmbedder())
    outcomes = [one for one in ingest_sources(archive, [records(file, 2)]) if isinstance(one, Outcome)]
    records(file, 3)
    failed = outcomes[0].model_copy(update={"status": "failed"})
    begun = Job(
        id="aa", does="ingest", state="running", created=datetime.now(UTC), attempts=1,
        counts={"added": 2, "failed": 1}, failures=(failed,),
    )  # fmt: skip
    service = LocalService(Settings(data=archive.folder), archive)
    jobs = KeptJobs(JobRows(archive.store.engine), archive.folder)
    jobs.add(begun, IngestJob(does="ingest", sources=(str(file),)))
    await service.queue.resume()
    seen = [job async for job in service.queue.follow("aa")]
    assert all(job.counts["added"] >= 2 for job in seen)
    last = seen[-1]
    assert (last.state, last.attempts, last.failures) == ("done", 2, ())
    assert {status: count for status, count in last.counts.items() if count} == {"added": 3}
    await service.close()


@pytest.mark.parametrize("body", [{}, {"does": "upload", "path": "/etc/passwd", "name": "x"}, {"does": "ingest"}])
def test_what_is_no_job_is_refused(reader: TestClient, body: object) -> None:
    assert reader.post("/jobs", json=body, headers=WITH_TOKEN).status_code == 422


def test_an_unknown_job_is_not_found(reader: TestClient) -> None:
    assert reader.get("/jobs/0123456789ab", headers=WITH_TOKEN).status_code == 404
    assert reader.get("/jobs/0123456789ab/events", headers=WITH_TOKEN).status_code == 404
    assert reader.post("/jobs/0123456789ab/cancel", headers=WITH_TOKEN).status_code == 404
    assert reader.post("/jobs/0123456789ab/retry", headers=WITH_TOKEN).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGKILL, marks=pytest.mark.thorough)])
def test_jobs_go_on_after_a_restart(tmp_path: Path, number: int) -> None:
    archive, dump = tmp_path / "archive", many(tmp_path)
    with running_service(archive) as (process, client):
        first = client.post("/jobs", json={"does": "ingest", "sources": [str(dump)]}).json()["id"]
        upload = client.post("/jobs/upload", params={"name": "note.json"}, json=NOTE).json()["id"]
        wait_for(lambda: client.get(f"/jobs/{first}").json()["counts"].get("added"))
        process.send_signal(number)
        process.wait()
    with running_service(archive) as (_, client):
        wait_for(lambda: client.get(f"/jobs/{first}").json()["state"] == "done")
        wait_for(lambda: client.get(f"/jobs/{upload}").json()["state"] == "done")
        assert client.get("/articles", params={"q": "Night bus"}).json()["total"] == 1
        assert client.get("/articles").json()["total"] == 401
