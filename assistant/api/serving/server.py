"""Runs the service in this process: owns the archive, listens, and ends in good order."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from functools import partial
from time import monotonic
from types import FrameType

import uvicorn

from assistant.api.access import Access
from assistant.api.app import create_app
from assistant.api.guard import HEAD_BYTES
from assistant.api.observing.log import configure
from assistant.api.observing.tracing import Tracing
from assistant.api.serving.connections import ACCEPTED_AT_ONCE, Connection, most_connections
from assistant.api.serving.lifespan import Lifespan
from assistant.service.local import LocalService
from assistant.service.owner import SERVING
from assistant.settings import Settings
from ingest.archive.lock import ArchiveLock, Owner, make_folder
from ingest.errors import DatelineError, SettingsError

_STREAMS_END_SECONDS = 2  # more than the grace that `Ending` gives them
_TICKS_TO_TELL = 10
_TICKS_BETWEEN_LOOKS = 10
_BACKLOG = 1024


def run_service(settings: Settings, *, debug: bool = False) -> None:
    """Serve until a signal ends it. Raises ArchiveBusy at once where another process owns the archive.

    debug   log every request, and unexpected errors with their messages
    """
    access = Access.of(settings)
    make_folder(settings.data)
    lock = ArchiveLock(settings.data).acquire(SERVING)
    try:
        with _listen(settings.host, settings.port) as listener:
            url = _url(settings.host, listener.getsockname()[1])
            lock.announce(Owner(pid=os.getpid(), command=SERVING, url=url, token=access.token))
            print(f"Dateline listens on {url} - {url}/docs describes the API", file=sys.stderr, flush=True)
            _serve(settings, access, lock, listener, debug=debug)
    finally:
        lock.release()


def _serve(settings: Settings, access: Access, lock: ArchiveLock, listener: socket.socket, *, debug: bool) -> None:
    configure(settings.log, debug=debug)
    problems: list[DatelineError] = []
    app = create_app(
        partial(_open, settings, lock),
        access,
        failed=problems.append,
        mcp_write=settings.mcp_write,
        tracing=Tracing(settings.otlp_endpoint) if settings.otlp_endpoint else None,
    )
    config = uvicorn.Config(
        app,
        ws="none",
        proxy_headers=bool(settings.proxies),  # by itself uvicorn believes every program of this machine
        forwarded_allow_ips=settings.proxies,
        http=Connection,
        loop="asyncio",  # uvloop drops connections where it runs out of file descriptors
        h11_max_incomplete_event_size=HEAD_BYTES,
        limit_concurrency=most_connections(),
        backlog=ACCEPTED_AT_ONCE,
        lifespan="on",
        server_header=False,
        log_config=None,
        access_log=False,  # it would print what was searched for
        timeout_graceful_shutdown=_STREAMS_END_SECONDS,
    )
    server = _Server(config, app.state.lifespan, problems)
    # uvicorn raises the signal that ended it once more at its end; by then it has been obeyed.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    server.run(sockets=[listener])
    if app.state.lifespan.is_at_work:
        os._exit(0)
    if problems:
        raise problems[0]


def _open(settings: Settings, lock: ArchiveLock) -> LocalService:
    from assistant.build import open_archive

    return LocalService(settings, open_archive(settings, lock=lock))


class _Server(uvicorn.Server):
    """Tells the service of its end while its streams are still open."""

    def __init__(self, config: uvicorn.Config, lifespan: Lifespan, problems: list[DatelineError]) -> None:
        super().__init__(config)
        self._lifespan, self._problems = lifespan, problems
        self._ticks_left = _TICKS_TO_TELL

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._lifespan.begin_closing()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():  # uvicorn's `backlog` also says how many are accepted at once
            listener.listen(_BACKLOG)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: a service whose archive cannot be opened ends, once those who wait have heard why."""
        self._ticks_left -= bool(self._problems)
        if counter % _TICKS_BETWEEN_LOOKS == 0:
            now = monotonic()
            for one in list(self.server_state.connections):
                if isinstance(one, Connection):
                    one.look(now)
        return self._ticks_left < 0 or await super().on_tick(counter)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as exc:
        taken = exc.errno == errno.EADDRINUSE
        hint = (
            "stop the program that uses it, or choose another port with --port"
            if taken
            else "check --host and --port"
        )
        raise SettingsError(f"cannot listen on {host} port {port}: {exc.strerror or exc}", hint) from exc


def _url(host: str, port: int) -> str:
    """Where this machine finds the service."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
