"""An application on a port of this machine, in a thread: as real to a client as a service, and quicker to start."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp

from assistant.api.access import Access
from ingest.archive.home import Home
from tests.assistant.conftest import LOCAL, an_app
from tests.waiting import PATIENCE, wait_for


@contextmanager
def listening(app: ASGIApp, **options: Any) -> Iterator[tuple[uvicorn.Server, str]]:
    """A server, with more options of uvicorn's, and its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", **options))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def served(archive: Path | Home, articles: Path | None, access: Access = LOCAL, **options: Any) -> Iterator[str]:
    """The address of the service over an archive which ingests the articles first."""
    with listening(an_app(archive, articles, access), **options) as (_, address):
        ready = f"{address}/ready"
        wait_for(lambda: httpx.get(ready, trust_env=False, timeout=PATIENCE).status_code == 200, 300)
        yield address
