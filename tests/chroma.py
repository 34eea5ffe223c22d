"""A Chroma server for tests."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.waiting import wait_for


@contextmanager
def chroma_server(folder: Path, *, port: int = 0) -> Iterator[str]:
    """The address of a server that keeps its data in a folder; at a free port where none is given."""
    with socket.create_server(("127.0.0.1", port)) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    command = [program, "run", "--path", folder / "data", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, **quiet) as server:  # type: ignore[call-overload]
        try:
            wait_for(lambda: _is_up(port))
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def _is_up(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/v2/heartbeat", trust_env=False).is_success
    except httpx.TransportError:
        return False
