"""Commands as processes of their own: who owns the archive, signals, pipes, the service and its users."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from assistant.cli.run import run
from assistant.settings import Settings
from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.embedding.embedder import Embedder, load_embedder
from tests.assistant.cli.shell import Shell
from tests.assistant.processes import dateline, running_service, start
from tests.conftest import write_newsroom
from tests.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.slow

WORDS = "harbour council ferry dam storm festival budget election crew engineer river glass court hospital".split()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@dataclass(frozen=True)
class Served:
    """A service on a free port, ready, with the newsroom ingested; and the archive that it owns."""

    data: Path
    newsroom: Path
    process: subprocess.Popen[str]
    client: httpx.Client


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    data, newsroom = folder / "archive", write_newsroom(folder / "newsroom")
    with running_service(data) as (process, client):
        assert client.post("/sources", json={"sources": [str(newsroom)]}).status_code == 200
        yield Served(data, newsroom, process, client)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as one:
        yield one


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service for the tests that only ask and read."""
    with served(tmp_path_factory.mktemp("shared")) as one:
        yield one


@pytest.fixture
def beside(shared: Served, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Commands in this process, on the archive of that service."""
    return Shell(shared.data, capsys)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A dump that takes some seconds to ingest."""
    dump = tmp_path / "many.jsonl"
    with dump.open("w") as file:
        for number in range(2000):
            words = [WORDS[(number * 7 + place * place) % len(WORDS)] for place in range(60)]
            record = {"title": f"Story {number}", "text": f"Report {number}. {' '.join(words)}.", "source": "Tide"}
            file.write(json.dumps(record | {"url": f"https://tide.example/{number}"}) + "\n")
    return dump


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder(Settings())


def assert_sound(archive: Archive) -> None:
    assert [finding for finding in examine(archive) if not finding.ok] == []


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_a_second_owner_is_refused_at_once_and_told_who_the_first_is(data: Path, many: Path, shell: Shell) -> None:
    first = start(data, "ingest", many, "--verbose")
    assert first_line(first).startswith("added ")
    second = shell("ingest", many)
    assert second.code == 3
    assert str(first.pid) in second.err
    assert second.err.count("\n") == 1
    first.kill()
    first.communicate()


def test_after_a_kill_everything_acknowledged_is_there(data: Path, many: Path, embedder: Embedder) -> None:
    process = start(data, "ingest", many, "--verbose")
    told = [first_line(process) for _ in range(100)]
    process.kill()
    process.communicate()
    acknowledged = {line.split()[1] for line in told}
    with Archive.open(data, embedder) as archive:
        assert_sound(archive)
        assert acknowledged <= archive.store.articles(sorted(acknowledged)).keys()


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.thorough)])
def test_the_first_signal_stops_at_an_article_boundary(
    data: Path, many: Path, embedder: Embedder, number: int
) -> None:
    process = start(data, "ingest", many, "--verbose")
    first_line(process)
    process.send_signal(number)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "left; run it again to continue" in told
    assert "Traceback" not in told
    with Archive.open(data, embedder) as archive:
        assert_sound(archive)


def test_a_signal_after_the_last_article_says_what_embeds_the_rest(data: Path, many: Path) -> None:
    process = start(data, "ingest", many, "--verbose")
    for _ in range(2000):
        assert first_line(process).startswith("added ")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "stopped: 2,000 done\n" in told
    assert "dateline reindex embeds what is left" in told


def test_the_second_signal_ends_it_at_once(data: Path, many: Path, embedder: Embedder) -> None:
    process = start(data, "ingest", many, "--verbose")
    first_line(process)
    process.send_signal(signal.SIGINT)
    time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    with Archive.open(data, embedder) as archive:
        archive.finish_pending()
        assert_sound(archive)


def test_a_reader_of_a_pipe_that_has_gone_is_no_error_to_shout_about(data: Path, newsroom: Path) -> None:
    assert run(["--data", str(data), "ingest", str(newsroom)]) == 0
    process = start(data, "articles", "list")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    told = process.stderr.read()
    process.wait()
    process.stderr.close()
    assert "Traceback" not in told
    assert "BrokenPipe" not in told


def test_a_setting_that_the_service_does_not_follow_is_told(beside: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert beside("ask", "And the raise?").err == ""
    monkeypatch.setenv("DATELINE_MODEL", "openai:gpt-5")
    monkeypatch.setenv("DATELINE_EMBEDDER", "another")
    done = beside("ask", "--json", "When did the ferry strike in Port Ellery end?")
    assert json.loads(done.out)["model"] == "extractive"
    model, embedder = done.err.splitlines()
    assert model.startswith("note: DATELINE_MODEL=openai:gpt-5 was not used, but extractive")
    assert embedder.startswith("note: DATELINE_EMBEDDER=another was not used, but ")


def test_what_this_process_sets_for_a_question_goes_along_with_it(
    beside: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_TOP_K", "1")
    done = beside("ask", "--json", "What is new?")
    assert len({one["article_id"] for one in json.loads(done.out)["citations"]}) == 1


def test_a_second_service_is_refused(shared: Served, beside: Shell) -> None:
    second = beside("serve", "--port", "0")
    assert second.code == 3
    assert str(shared.process.pid) in second.err


def test_a_port_that_is_taken_is_told(shared: Served, shell: Shell) -> None:
    done = shell("serve", "--port", shared.client.base_url.port)
    assert done.code == 2
    assert "--port" in done.err
    assert done.err.count("\n") == 1


def test_the_chat_uses_the_service_that_runs_and_leaves_it_running(shared: Served) -> None:
    process = start(shared.data, "chat", stdin=subprocess.PIPE)
    printed, _ = process.communicate("When did the ferry strike in Port Ellery end?\n", timeout=PATIENCE)
    assert "[1] Harbour Post" in printed
    assert shared.client.get("/health").status_code == 200


def test_the_chat_goes_on_with_a_conversation_that_is_named(shared: Served, beside: Shell) -> None:
    asked = "When did the ferry strike in Port Ellery end?"
    assert beside("ask", "--conversation", "strike", asked).code == 0
    done = dateline(shared.data, "chat", "--conversation", "strike", input="And what raise did the crews accept?\n")
    assert "6 percent" in done.stdout
    turns = json.loads(beside("conversations", "show", "strike", "--json").out)["turns"]
    assert [one["question"] for one in turns] == [asked, "And what raise did the crews accept?"]
    missing = dateline(shared.data, "chat", "--conversation", "nowhere", input="")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "there is no conversation nowhere" in missing.stderr


def test_commands_go_through_the_service_that_owns_the_archive(service: Served, shell: Shell) -> None:
    answer = json.loads(shell("ask", "--json", "When did the ferry strike in Port Ellery end?").out)
    assert answer["citations"][0]["outlet"] == "Harbour Post"
    assert "3 unchanged" in shell("ingest", service.newsroom).out
    assert "3 unchanged" in shell("reindex").out
    assert shell("reindex", "--full").code == 0
    assert shell("doctor").code == 0
    assert "Crack found" in shell("search", "crack").out
    listed = json.loads(shell("articles", "list", "--json").out)
    [first, *_] = [article["article_id"] for article in listed["articles"]]
    assert shell("articles", "show", first).code == 0
    assert shell("articles", "remove", "--yes", first).code == 0
    gone, missing = shell("articles", "show", first), shell("ingest", "/nowhere/at/all")
    assert [(one.code, one.err.count("\n")) for one in (gone, missing)] == [(2, 1), (2, 1)]


def test_through_the_service_a_refusal_and_standard_input_are_as_without_it(
    service: Served, data: Path, shell: Shell
) -> None:
    assert shell("ask", "Who painted the Zorblax mural?").code == 7
    assert dateline(data, "ask", "--json", "-", input="Who painted the Zorblax mural?").returncode == 7
    bus = '{"title": "Night bus", "text": "A night bus runs to Aldermoss now.", "source": "Tide"}'
    done = dateline(data, "ingest", "-", input=bus)
    assert (done.returncode, done.stdout.startswith("1 added")) == (0, True)
    assert "1  Tide · undated" in shell("outlets").out
    assert shell("ask", "--outlet", "Tides", "What runs?").code == 2
    assert shell("feeds", "add", "https://news.example/rss").code == 0


def test_the_note_of_a_service_is_for_its_user_alone(shared: Served) -> None:
    assert (shared.data / "owner.json").stat().st_mode & 0o777 == 0o600


def test_a_service_that_was_killed_is_not_waited_for(service: Served, data: Path, shell: Shell) -> None:
    process = service.process
    process.kill()
    process.wait()
    assert (data / "owner.json").exists()
    assert shell("doctor").code == 0


def test_a_service_that_is_ended_stops_taking_in_at_an_article_boundary_and_takes_its_note_along(
    service: Served, data: Path, many: Path, embedder: Embedder
) -> None:
    process, client = service.process, service.client
    with client.stream(
        "POST", "/sources", json={"sources": [str(many)]}, headers={"Accept": "text/event-stream"}
    ) as response:
        lines = response.iter_lines()
        next(line for line in lines if line.startswith("event: outcome"))
        process.terminate()
        rest = [line for line in lines if line]
    assert [line for line in rest if line.startswith("event: ")][-1] == "event: done"
    assert json.loads(rest[-1].removeprefix("data: "))["report"]["interrupted"]
    assert process.wait(PATIENCE) == 0
    assert not (data / "owner.json").exists()
    assert list(data.glob("*.open")) == []
    with Archive.open(data, embedder) as archive:
        assert_sound(archive)


def test_a_client_that_leaves_stops_its_run_and_another_may_begin(service: Served, many: Path) -> None:
    client = service.client
    with client.stream(
        "POST", "/sources", json={"sources": [str(many)]}, headers={"Accept": "text/event-stream"}
    ) as response:
        lines = response.iter_lines()  # kept: an iterator that is thrown away closes the connection
        next(lines)
    wait_for(lambda: client.post("/articles", params={"name": "x.txt"}, content=b"A short text.").status_code == 200)


def test_a_service_that_cannot_open_its_archive_says_why_and_ends(data: Path) -> None:
    data.mkdir()
    (data / "manifest.json").write_text("{")
    done = dateline(data, "serve", "--port", "0")
    assert done.returncode == 4
    assert done.stderr.splitlines()[-1].startswith("error: ")
    assert "Traceback" not in done.stderr


def test_the_demo_without_a_terminal_prints_four_answers(data: Path) -> None:
    done = dateline(data, "demo", stdin=subprocess.DEVNULL)
    assert done.returncode == 0
    assert done.stdout.count("\n> ") == 4
    assert done.stdout.count("\n[1] ") >= 3


def test_the_chat_brings_its_service_and_takes_it_along_when_it_ends(data: Path, newsroom: Path) -> None:
    assert run(["--data", str(data), "ingest", str(newsroom)]) == 0
    process = start(data, "chat", stdin=subprocess.PIPE)
    printed, told = process.communicate("When did the ferry strike in Port Ellery end?\n", timeout=PATIENCE)
    assert (process.returncode, told) == (0, "")
    assert "[1] Harbour Post" in printed
    assert not (data / "owner.json").exists()


def test_progress_is_a_bar_on_a_terminal_and_leaves_the_cursor_shown(data: Path, newsroom: Path) -> None:
    ours, theirs = pty.openpty()
    process = start(data, "ingest", newsroom, stderr=theirs, stdin=theirs)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # which a terminal raises once nobody writes to it any more
        while more := os.read(ours, 4096):
            shown += more
    os.close(ours)
    assert process.communicate()[0].startswith("3 added")
    assert shown.rfind(b"\x1b[?25h") > shown.rfind(b"\x1b[?25l")
