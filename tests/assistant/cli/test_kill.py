"""kill -9 in the middle of an ingest: KILLS of each kind (twenty)."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.cli.run import run
from tests.assistant.cli.shell import Shell

pytestmark = pytest.mark.slow

ARTICLES = 24
MANY = int(os.environ.get("KILLS", "20"))
DATELINE = [sys.executable, "-m", "assistant"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of three passages each."""
    return written(tmp_path_factory.mktemp("corpus") / "dump.jsonl", "began")


@pytest.fixture(scope="module")
def filled(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that holds the corpus."""
    folder = tmp_path_factory.mktemp("filled")
    assert run(["--data", str(folder), "ingest", str(corpus)]) == 0
    return folder


def written(path: Path, last_word: str) -> Path:
    chosen = random.Random(1)
    words = "harbour ferry council budget storm dam bridge tram school union court vote tide crane".split()
    with path.open("w") as file:
        for number in range(ARTICLES):
            lines = [" ".join(chosen.choices(words, k=14)).capitalize() + f" number {number}." for _ in range(36)]
            text = " ".join([*lines, f"Then it {last_word}."])
            file.write(json.dumps({"title": f"Report {number}", "text": text, "source": "Harbour Post"}) + "\n")
    return path


def moments() -> list[tuple[int, float]]:
    """When to kill: after so many changes to the archive's files, and so many seconds more."""
    chosen = random.Random(4)
    return [(chosen.randint(1, 60), chosen.choice([0, 0.001, 0.01, 0.1, 0.5])) for _ in range(MANY)]


def state(folder: Path) -> list[tuple[str, int, int]]:
    found = []
    for inside, _, names in os.walk(folder):  # which passes over a folder that goes meanwhile
        for path in (Path(inside, name) for name in names):
            with suppress(FileNotFoundError):
                stat = path.stat()
                found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return sorted(found)


def kill_during(command: list[str], folder: Path, acknowledged: Path, changes: int, delay: float) -> bool:
    """Start the command, SIGKILL it after so many changes under the folder; False when it had ended before."""
    with acknowledged.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        last = state(folder)
        while changes and process.poll() is None:
            if (current := state(folder)) != last:
                last, changes = current, changes - 1
            time.sleep(0.002)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(("changes", "delay"), moments())
def test_a_killed_ingest_is_completed_by_the_next(
    corpus: Path, tmp_path: Path, shell: Shell, changes: int, delay: float
) -> None:
    folder, acknowledged = shell.data, tmp_path / "acknowledged"
    folder.mkdir()
    ingest = [*DATELINE, "--data", str(folder), "ingest", str(corpus), "--verbose"]
    kill_during(ingest, folder, acknowledged, changes, delay)

    code, again, _ = shell("ingest", str(corpus), "--json")
    assert code == 0
    promised = {line.split()[1] for line in acknowledged.read_text().splitlines() if line.startswith("added ")}
    counts = json.loads(again)["counts"]
    assert counts["added"] + counts["unchanged"] == ARTICLES
    listed = json.loads(shell("articles", "list", "--limit", "200", "--json").out)
    assert promised <= {article["article_id"] for article in listed["articles"]}
    assert listed["total"] == ARTICLES
    code, found, _ = shell("doctor")
    assert code == 0, found


@pytest.mark.parametrize(("changes", "delay"), moments())
def test_a_killed_update_is_completed_by_the_next(
    corpus: Path, filled: Path, tmp_path: Path, shell: Shell, changes: int, delay: float
) -> None:
    folder = shell.data
    shutil.copytree(filled, folder)
    changed = written(tmp_path / "dump.jsonl", "ended")
    kill_during([*DATELINE, "--data", str(folder), "ingest", str(changed)], folder, tmp_path / "out", changes, delay)
    code, again, _ = shell("ingest", str(changed), "--json")
    assert code == 0
    counts = json.loads(again)["counts"]
    assert counts["updated"] + counts["unchanged"] == ARTICLES
    code, found, _ = shell("doctor")
    assert code == 0, found
    results = json.loads(shell("search", "Then it ended", "--limit", "5", "--json").out)["results"]
    assert all("began" not in result["text"] for result in results)


@pytest.mark.parametrize(("changes", "delay"), moments())
def test_a_killed_rebuild_leaves_the_old_indexes_in_use(
    filled: Path, tmp_path: Path, shell: Shell, changes: int, delay: float
) -> None:
    folder = shell.data
    shutil.copytree(filled, folder)
    kill_during([*DATELINE, "--data", str(folder), "reindex", "--full"], folder, tmp_path / "out", changes, delay)
    code, found, _ = shell("doctor")
    assert code == 0, found
