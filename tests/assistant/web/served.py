"""An application on a port of this machine, in a thread: as real to a browser as a service, and quicker to start."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from tests.assistant.conftest import an_app
from tests.assistant.processes import wait_for


@contextmanager
def served(folder: Path, articles: Path) -> Iterator[str]:
    """The address of an application over an archive in a folder, that ingests the articles first."""
    listener = socket.create_server(("127.0.0.1", 0))
    origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(an_app(folder, articles), log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        wait_for(lambda: httpx.get(f"{origin}/ready", trust_env=False).status_code == 200, 300)
        yield origin
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()
