"""The server over standard input and output, for as long as an agent keeps it open."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from assistant.service.client import Client, find_service
from assistant.service.errors import Unreachable
from assistant.service.owner import announced, service_note
from assistant.settings import Settings
from ingest.archive.lock import Owner

log = logging.getLogger("dateline")


class Running:
    """The service of an archive: found when it is first needed, and again where another one has taken its place.

    start   sees to it that one runs; returns its process where it was started here
    log     what such a process writes its errors to
    """

    def __init__(self, settings: Settings, start: Callable[[], int | None], log: Path) -> None:
        self._settings, self._start, self._log = settings, start, log
        self._finding = asyncio.Lock()
        self._note: Owner | None = None
        self._client: Client | None = None

    async def __call__(self) -> Client:
        """Raises Unreachable where no service answers, and none could be started."""
        async with self._finding:
            note = await asyncio.to_thread(service_note, self._settings.data)
            if self._client is None or note is None or note != self._note:
                await self.close()
                self._client, self._note = await self._found(), service_note(self._settings.data)
            return self._client

    async def _found(self) -> Client:
        data = self._settings.data
        try:
            await announced(data, log=self._log, starting=await asyncio.to_thread(self._start))
        except Unreachable as exc:
            raise Unreachable(exc.message, "then call the tool again") from exc
        asks = self._settings.model_dump(include={"policy", "top_k"} & self._settings.model_fields_set)
        if (client := await find_service(data, asks)) is None:
            raise Unreachable("the service of the archive does not answer", "try again in a moment")
        return client

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()


def serve(settings: Settings, start: Callable[[], int | None], log: Path, *, writes: bool) -> bool:
    """Serve until the agent closes its end, or a signal comes; False where it was a signal.

    The loop has a thread of its own: a read of standard input cannot be interrupted, and a signal must end this.
    """
    over, signalled = threading.Event(), threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        signalled.set()
        over.set()

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, end)
    running = threading.Thread(target=_run, args=(settings, start, log, over), kwargs={"writes": writes}, daemon=True)
    running.start()
    over.wait()
    return not signalled.is_set()


def _run(
    settings: Settings, start: Callable[[], int | None], errors: Path, over: threading.Event, *, writes: bool
) -> None:
    try:
        asyncio.run(_serve(settings, start, errors, writes=writes))
    except Exception:
        log.exception("the server has ended")
    finally:
        over.set()


async def _serve(settings: Settings, start: Callable[[], int | None], errors: Path, *, writes: bool) -> None:
    from mcp.server.stdio import stdio_server

    from assistant.mcp.server import make_server

    reach = Running(settings, start, errors)
    server = make_server(reach, writes=writes)
    if sys.stdin.isatty():
        print("Dateline waits for an agent on standard input; Ctrl-C ends it", file=sys.stderr, flush=True)
    async with stdio_server() as (reads, writes_to):
        await server.run(reads, writes_to, server.create_initialization_options())
    with suppress(Exception):
        await reach.close()
