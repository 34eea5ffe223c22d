"""`dateline jobs`, with a running service and without one."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli.run import run
from assistant.service.kept_jobs import KeptJobs
from assistant.service.local import LocalService
from assistant.settings import Settings
from assistant.types import Failed, Outcome
from assistant.types.jobs import AnyJob, Job, ReindexJob, UploadJob
from ingest.archive.archive import Archive
from ingest.database.jobs import KEPT, JobRows
from ingest.status import JobState
from tests.assistant.api.test_following import ingest, records
from tests.assistant.processes import running_service
from tests.fakes import HashEmbedder
from tests.waiting import wait_for

AT = datetime(2026, 11, 30, 2, 10, tzinfo=UTC)
FAULT = Failed(code="source", message="there is no file or folder /news", hint="check the path")
PAGE = Outcome(status="failed", source="/news/page.html", reason="it is empty")
REINDEX = ReindexJob(does="reindex")


def a_job(job_id: str, state: JobState, does: str = "reindex") -> Job:
    failed = {"error": FAULT, "failures": (PAGE,), "counts": {"failed": 1, "added": 0}} if state == "failed" else {}
    return Job.model_validate({"id": job_id, "does": does, "state": state, "created": AT, **failed})


def keep(folder: Path, *jobs: tuple[Job, AnyJob]) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        for job, request in jobs:
            KeptJobs(JobRows(archive.store.engine), archive.folder).add(job, request)


def state_of(folder: Path, job_id: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["--data", str(folder), "jobs", "show", job_id, "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["state"])


def test_jobs_are_listed_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(tmp_path, (a_job("aa", "failed"), REINDEX), (a_job("bb", "waiting"), REINDEX))
    command = ["--data", str(tmp_path), "jobs"]
    assert run([*command, "list", "--state", "failed"]) == 0
    listed = capsys.readouterr()
    assert listed.out == "aa  failed · reindex · 1 failed · created 30 November 2026, 02:10 UTC\n"
    assert listed.err == "1 job\n"
    assert run([*command, "list", "--json", "--limit", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 2
    assert run([*command, "show", "aa"]) == 0
    shown = capsys.readouterr().out
    assert "✗ there is no file or folder /news - check the path\n  failed: /news/page.html: it is empty\n" in shown
    assert run([*command, "show", "--follow", "aa"]) == 1


def test_without_a_service_what_waits_is_told_to_wait_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, (a_job("aa", "waiting"), REINDEX))
    assert run(["--data", str(tmp_path), "jobs", "show", "--follow", "aa"]) == 1
    assert "no service is running; the job waits for dateline serve" in capsys.readouterr().err


def test_without_a_service_jobs_are_cancelled_retried_and_forgotten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, (a_job("aa", "running"), REINDEX), (a_job("bb", "waiting"), REINDEX))
    command = ["--data", str(tmp_path), "jobs"]
    assert run([*command, "retry", "aa"]) == 3
    assert "job aa is not over - cancel it first" in capsys.readouterr().err
    assert run([*command, "cancel", "aa", "nothing"]) == 2
    assert state_of(tmp_path, "aa", capsys) == "running"
    assert run([*command, "cancel", "aa"]) == 0
    assert state_of(tmp_path, "aa", capsys) == "cancelled"
    assert run([*command, "retry", "aa"]) == 0
    assert "they wait for dateline serve" in capsys.readouterr().err
    assert state_of(tmp_path, "aa", capsys) == "waiting"
    assert run([*command, "forget", "aa", "bb"]) == 0
    assert run([*command, "list"]) == 0
    assert "0 jobs" in capsys.readouterr().err


def test_a_forgotten_upload_takes_its_file_along_and_cannot_be_retried_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload = tmp_path / "uploads" / "one" / "note.json"
    upload.parent.mkdir(parents=True)
    upload.write_text("{}")
    gone = UploadJob(does="upload", path=str(tmp_path / "uploads" / "two" / "note.json"), name="note.json")
    there = gone.model_copy(update={"path": str(upload)})
    keep(tmp_path, (a_job("aa", "failed", "upload"), there), (a_job("bb", "failed", "upload"), gone))
    assert run(["--data", str(tmp_path), "jobs", "retry", "bb"]) == 2
    assert "the file of job bb is no longer there - send it again" in capsys.readouterr().err
    assert run(["--data", str(tmp_path), "jobs", "forget", "aa"]) == 0
    assert not upload.parent.exists()


def test_a_job_of_a_copied_archive_has_the_copy_of_its_file(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    upload = first / "uploads" / "one" / "upload.json"
    request = UploadJob(does="upload", path=str(upload), name="note.json")
    keep(first, (a_job("aa", "failed", "upload"), request))
    upload.parent.mkdir(parents=True)
    upload.write_text("{}")
    shutil.copytree(first, second)
    assert run(["--data", str(second), "jobs", "retry", "aa"]) == 0
    assert run(["--data", str(second), "jobs", "forget", "aa"]) == 0
    assert upload.exists()
    assert not list((second / "uploads").iterdir())


def test_an_upload_that_waits_is_still_there_where_its_archive_has_been_moved(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    request = UploadJob(does="upload", path=str(first / "uploads" / "one" / "upload.json"), name="note.json")
    keep(first, (a_job("aa", "waiting", "upload"), request))
    for folder in ("one", "two"):
        (first / "uploads" / folder).mkdir(parents=True)
    first.rename(second)
    with Archive.open(second, HashEmbedder()) as archive:
        LocalService(Settings(data=second), archive).tidy_uploads()
    assert [path.name for path in (second / "uploads").iterdir()] == ["one"]


def test_of_the_jobs_that_are_over_the_oldest_are_forgotten(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        jobs = KeptJobs(JobRows(archive.store.engine), archive.folder)
        for number in range(KEPT + 2):
            jobs.add(a_job(f"{number:04}", "done"), REINDEX)
        assert jobs.list().total == KEPT


@pytest.mark.slow
def test_a_job_that_a_service_with_another_folder_runs_is_followed(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_DATABASE_URL", database_url)
    with running_service(tmp_path / "theirs") as (_, client):
        job = ingest(client, records(tmp_path / "records.jsonl", 300))
        assert run(["--data", str(tmp_path / "mine"), "jobs", "show", "--follow", job]) == 0
        shown = capsys.readouterr()
        assert "300 added" in shown.out
        assert "no service" not in shown.err
        assert run(["--data", str(tmp_path / "mine"), "jobs", "retry", job]) == 0
        assert "no service" not in capsys.readouterr().err


@pytest.mark.slow
def test_a_running_service_does_what_the_commands_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive, note = tmp_path / "archive", tmp_path / "note.json"
    with running_service(archive) as (_, client):
        begun = client.post("/jobs", json={"does": "ingest", "sources": [str(note)]}).json()["id"]
        wait_for(lambda: client.get(f"/jobs/{begun}").json()["state"] == "failed")
        note.write_text(json.dumps({"title": "Night bus", "text": "A night bus will run to Cobb Mills from May on."}))
        assert run(["--data", str(archive), "jobs", "retry", begun]) == 0
        assert "no service" not in capsys.readouterr().err
        assert run(["--data", str(archive), "jobs", "show", "--follow", begun]) == 0
        assert "1 added" in capsys.readouterr().out
        assert run(["--data", str(archive), "jobs", "forget", begun]) == 0
        assert client.get(f"/jobs/{begun}").status_code == 404
