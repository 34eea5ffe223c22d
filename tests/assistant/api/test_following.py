"""Services that share a database: one ingests, all answer, and where the first ends another takes over."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from ingest.archive.home import home_with
from ingest.database.engines.lease import Lease
from ingest.database.engines.postgres import postgres_url
from ingest.errors import ArchiveBusy
from tests.assistant.conftest import WITH_TOKEN
from tests.assistant.processes import dateline, running_service
from tests.assistant.served import served
from tests.chroma import chroma_server
from tests.ingest.archive.test_homes import lose_lease
from tests.postgres import out_of_reach
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

NOTE = {"title": "Night bus", "text": "A night bus will run to Cobb Mills from December on.", "outlet": "Tide"}
QUESTION = {"question": "When will the night bus run to Cobb Mills?"}


@contextmanager
def service(folder: Path, address: str, newsroom: Path | None = None) -> Iterator[httpx.Client]:
    with (
        served(home_with(folder, address), newsroom) as url,
        httpx.Client(base_url=url, headers=WITH_TOKEN) as client,
    ):
        yield client


@pytest.fixture
def first(tmp_path: Path, newsroom: Path, database_url: str) -> Iterator[httpx.Client]:
    with service(tmp_path / "first", database_url, newsroom) as client:
        yield client


@pytest.fixture
def second(first: httpx.Client, tmp_path: Path, database_url: str) -> Iterator[httpx.Client]:
    with service(tmp_path / "second", database_url) as client:
        yield client


IN_A_JOB = 30  # articles
Services = list[tuple[subprocess.Popen[str], httpx.Client]]


def records(file: Path, count: int, *, first: int = 0) -> Path:
    """A file of so many articles, which have numbers."""
    text = "The council of Lisk spoke of item {} on Tuesday."
    articles = ({"title": f"Item {one}", "text": text.format(one)} for one in range(first, first + count))
    file.write_text("\n".join(map(json.dumps, articles)))
    return file


def ingest(client: httpx.Client, file: Path) -> str:
    """The id of a job that ingests a file."""
    return str(client.post("/jobs", json={"does": "ingest", "sources": [str(file)]}).raise_for_status().json()["id"])


def is_running(client: httpx.Client, job: str) -> bool:
    return bool(client.get(f"/jobs/{job}").json()["state"] == "running")


def counted(client: httpx.Client, job: str) -> Any:
    """How a job has ended, and how many articles are there because of it, also where it was begun twice."""
    done = wait_for(partial(finished, client, job))
    return done["state"], done["counts"].get("added", 0) + done["counts"].get("unchanged", 0)


def finished(client: httpx.Client, job: str) -> Any:
    """A job, once it is over."""
    found = client.get(f"/jobs/{job}").json()
    return found if found["finished"] else None


def ask_either(services: Services) -> int:
    """The status of an answer from the first service that gives one; 0 where none does."""
    for _, client in services:
        with suppress(httpx.TransportError):
            return client.post("/ask", json={"question": "Of which item did the council of Lisk speak?"}).status_code
    return 0


def begin_job(services: Services, folder: Path, number: int) -> str:
    """Give a job to the services in turn; its id."""
    file = records(folder / f"{number}.jsonl", IN_A_JOB, first=number * IN_A_JOB)
    _, client = services[number % len(services)]
    return ingest(client, file)


def knows(client: httpx.Client) -> bool:
    answer = client.post("/ask", json=QUESTION).raise_for_status().json()
    return any("December" in one["text"] for one in answer["statements"])


def test_what_one_service_ingests_the_other_answers_from(first: httpx.Client, second: httpx.Client) -> None:
    assert first.get("/ready").json()["writer"] == ""
    assert second.get("/ready").json()["writer"]
    assert second.get("/articles").json()["total"] == 3
    first.post("/articles", json=NOTE).raise_for_status()
    wait_for(lambda: knows(second))
    note = next(one for one in second.get("/articles").json()["articles"] if one["title"] == NOTE["title"])
    first.delete(f"/articles/{note['article_id']}").raise_for_status()
    wait_for(lambda: not knows(second))


def test_who_only_reads_refuses_to_write_and_says_who_does(first: httpx.Client, second: httpx.Client) -> None:
    article = first.get("/articles").json()["articles"][0]["article_id"]
    refused = [
        second.post("/articles", json=NOTE),
        second.post("/sources", json={"sources": ["/nowhere"]}),
        second.post("/reindex"),
        second.post("/feeds/check", json={}),
        second.delete(f"/articles/{article}"),
    ]
    assert [(one.status_code, one.json()["error"]["code"]) for one in refused] == [(409, "archive_busy")] * 5


def test_a_job_that_is_given_to_one_is_done_by_the_other(
    first: httpx.Client, second: httpx.Client, tmp_path: Path
) -> None:
    path = tmp_path / "note.txt"
    path.write_text("title: Night bus\n\n" + NOTE["text"])
    job = second.post("/jobs", json={"does": "ingest", "sources": [str(path)]}).raise_for_status().json()
    done = wait_for(lambda: finished(second, job["id"]))
    assert (done["state"], done["counts"]["added"]) == ("done", 1)
    wait_for(lambda: knows(second))
    assert first.get(f"/jobs/{job['id']}").json() == done
    with second.stream("GET", f"/jobs/{job['id']}/events") as events:
        assert '"state":"done"' in "".join(events.iter_text())


def test_a_file_that_is_given_to_one_is_ingested_by_the_other(
    first: httpx.Client, second: httpx.Client, tmp_path: Path
) -> None:
    text = NOTE["text"] + " The council paid for it." * 20_000  # of several parts
    job = second.post("/jobs/upload", params={"name": "note.json"}, json={**NOTE, "text": text}).json()
    done = wait_for(lambda: finished(second, job["id"]))
    assert (done["state"], done["counts"]["added"]) == ("done", 1)
    note = next(one for one in first.get("/articles").json()["articles"] if one["title"] == NOTE["title"])
    assert first.get(f"/articles/{note['article_id']}").json()["text"] == text
    wait_for(lambda: second.post(f"/jobs/{job['id']}/retry").json().get("error", {}).get("code") == "not_found")
    assert [*(tmp_path / "first" / "uploads").iterdir()] == [*(tmp_path / "second" / "uploads").iterdir()] == []


def test_jobs_go_on_where_their_writer_loses_the_database_to_another(
    first: httpx.Client, second: httpx.Client, tmp_path: Path, database_url: str
) -> None:
    jobs = [ingest(first, records(tmp_path / f"{one}.jsonl", 300, first=one)) for one in (0, 300)]
    wait_for(lambda: is_running(first, jobs[0]))
    third = Lease(postgres_url(database_url))
    while True:
        lose_lease(home_with(tmp_path / "first", database_url))
        with suppress(ArchiveBusy):  # one of the two was faster
            third.acquire("a third")
            break
    wait_for(lambda: first.get("/ready").json()["writer"].startswith("a third"))
    third.release()
    assert [counted(second, job) for job in jobs] == [("done", 300)] * 2
    assert first.get("/articles").json()["total"] == 603


def test_jobs_go_on_when_the_database_is_back(
    first: httpx.Client, second: httpx.Client, tmp_path: Path, database_url: str, postgres: Any
) -> None:
    job = ingest(first, records(tmp_path / "before.jsonl", 300))
    wait_for(lambda: is_running(first, job))
    with out_of_reach(postgres, database_url):
        assert [one.post("/ask", json=QUESTION).status_code for one in (first, second)] == [503, 503]
        time.sleep(2)  # in which both look for jobs
    wait_for(lambda: first.get("/ready").status_code == second.get("/ready").status_code == 200)
    later = [ingest(one, records(tmp_path / f"{at}.jsonl", 2, first=at)) for at, one in ((300, first), (302, second))]
    assert [counted(second, one) for one in (job, *later)] == [("done", 300), ("done", 2), ("done", 2)]
    assert [first.get(f"/jobs/{one}").json()["state"] for one in (job, *later)] == ["done"] * 3
    wait_for(lambda: not second.get("/ready").json()["passages_waiting"])
    assert second.get("/ready").json()["articles"] == 307


def test_a_job_that_waits_can_be_cancelled_where_it_would_not_run(
    first: httpx.Client, second: httpx.Client, tmp_path: Path
) -> None:
    running, waiting = (ingest(first, records(tmp_path / f"{at}.jsonl", 300, first=at)) for at in (0, 300))
    wait_for(lambda: is_running(first, running))
    second.post(f"/jobs/{waiting}/cancel").raise_for_status()
    assert wait_for(lambda: finished(first, waiting))["state"] == "cancelled"
    assert counted(first, running) == ("done", 300)
    assert first.get(f"/jobs/{waiting}").json()["state"] == "cancelled"


def test_what_is_written_down_about_the_archive_is_written_by_any(first: httpx.Client, second: httpx.Client) -> None:
    second.post("/collections", json={"name": "sea", "add": []}).raise_for_status()
    second.post("/ask", json={"question": "When did the ferry strike end?", "conversation_id": "sea"})
    assert [one["name"] for one in first.get("/collections").json()] == ["sea"]
    assert len(first.get("/conversations/sea").json()["turns"]) == 1


@pytest.mark.thorough
def test_when_the_one_that_writes_is_killed_the_other_takes_over(tmp_path: Path, database_url: str) -> None:
    env = {**os.environ, "DATELINE_DATABASE_URL": database_url}
    with running_service(tmp_path / "first", env=env) as (process, first):
        first.post(
            "/articles", json={"title": "Ferry", "text": "The ferry strike in Port Ellery ended on 7 October."}
        ).raise_for_status()
        with running_service(tmp_path / "second", env=env) as (_, second):
            assert "dateline serve" in second.get("/ready").json()["writer"]
            asked = dateline(tmp_path / "third", "ask", "When did the ferry strike end?", env=env)
            assert "7 October" in asked.stdout, asked.stderr
            refused = dateline(tmp_path / "third", "ingest", str(tmp_path), env=env)
            assert "in use by dateline serve" in refused.stderr
            process.kill()
            wait_for(lambda: not second.get("/ready").json()["writer"])
            second.post("/articles", json=NOTE).raise_for_status()
            assert knows(second)


def test_each_article_is_ingested_once_and_each_question_answered_while_all_are_killed_in_turn(
    tmp_path: Path, database_url: str
) -> None:
    kills = int(os.environ.get("KILLS", "20"))
    folders = [tmp_path / "first", tmp_path / "second"]
    with ExitStack() as ending, ExitStack() as chroma:
        address = chroma.enter_context(chroma_server(tmp_path))
        env = {**os.environ, "DATELINE_DATABASE_URL": database_url, "DATELINE_CHROMA_URL": address}
        services = [ending.enter_context(running_service(folder, env=env)) for folder in folders]
        jobs = []
        for number in range(kills):
            jobs.append(begin_job(services, tmp_path, number))
            assert ask_either(services) == 200
            writers = (not client.get("/ready").json()["writer"] for _, client in services)
            killed = list(writers).index(True)
            services[killed][0].kill()
            services[killed][0].wait()
            assert ask_either(services) == 200
            chroma.close()
            assert ask_either(services) == 200
            chroma.enter_context(chroma_server(tmp_path, port=urlsplit(address).port or 0))
            services[killed] = ending.enter_context(running_service(folders[killed], env=env))
        _, client = services[0]
        done = [wait_for(partial(finished, client, job)) for job in jobs]
        assert [one["state"] for one in done] == ["done"] * kills
        titles = [one["title"] for one in client.get("/articles", params={"limit": 1000}).json()["articles"]]
        assert sorted(titles) == sorted(f"Item {number}" for number in range(kills * IN_A_JOB))
        wait_for(lambda: not client.get("/ready").json()["passages_waiting"])
        for process, _ in services:
            process.terminate()
            process.wait()
        for folder in folders:
            examined = dateline(folder, "doctor", "--deep", env=env)
            assert examined.returncode == 0, examined.stdout + examined.stderr
