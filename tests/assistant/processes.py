"""Commands as processes of their own, for tests."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from ingest.archive.lock import Owner, read_owner

COMMAND = [sys.executable, "-m", "assistant"]


def dateline(data: Path, *arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "--data", str(data), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


def start(data: Path, *arguments: object, under: Sequence[str] = (), **options: Any) -> subprocess.Popen[str]:
    command = [*under, *COMMAND, "--data", str(data), *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **{**pipes, **options})


def wait_for(condition: Callable[[], Any], seconds: float = 120.0) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come about")


@contextmanager
def running_service(
    data: Path, *, seconds: float = 120.0, under: Sequence[str] = (), **options: Any
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A service on a free port that is ready, and a client that may do everything; `under` a command that runs it."""
    process = start(data, "serve", "--port", "0", under=under, **options)
    try:
        owner: Owner = wait_for(lambda: _note_of(process, data), seconds)
        headers = {"Authorization": f"Bearer {owner.token}"}
        with httpx.Client(base_url=owner.url or "", headers=headers, trust_env=False, timeout=30) as client:
            wait_for(lambda: client.get("/ready").status_code == 200, seconds)
            yield process, client
    finally:
        process.kill()
        process.communicate()


def _note_of(process: subprocess.Popen[str], data: Path) -> Owner | None:
    """Where the process says that it listens; not where an earlier one did that was killed."""
    assert process.poll() is None, process.communicate()
    found = read_owner(data)
    return found if found and found.url and found.pid == process.pid else None
