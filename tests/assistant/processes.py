"""Commands as processes of their own, for tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from ingest.archive.lock import Owner, read_owner
from tests.waiting import PATIENCE, wait_for

COMMAND = [sys.executable, "-m", "assistant"]


def dateline(data: Path, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "--data", str(data), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, **options)


def start(data: Path, *arguments: object, under: Sequence[str] = (), **options: Any) -> subprocess.Popen[str]:
    command = [*under, *COMMAND, "--data", str(data), *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **{**pipes, **options})


@contextmanager
def running_service(
    data: Path, *, under: Sequence[str] = (), **options: Any
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A service on a free port that is ready, and a client that may do everything; `under` a command that runs it."""
    process = start(data, "serve", "--port", "0", under=under, **options)
    try:
        owner: Owner = wait_for(lambda: _note_of(process, data))
        headers = {"Authorization": f"Bearer {owner.token}"}
        with httpx.Client(base_url=owner.url or "", headers=headers, trust_env=False, timeout=PATIENCE) as client:
            wait_for(lambda: client.get("/ready").status_code == 200)
            yield process, client
    finally:
        process.kill()
        process.communicate()


def _note_of(process: subprocess.Popen[str], data: Path) -> Owner | None:
    """Where the process says that it listens; not where an earlier one did that was killed."""
    assert process.poll() is None, process.communicate()
    found = read_owner(data)
    return found if found and found.url and found.pid == process.pid else None
