"""A service for as long as chats and agents are open on its archive, where none runs yet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.service.owner import lives, service_note
from ingest.private import private

LOG = "service.log"
_CHATS = "chats"  # one file for every chat or agent that is open, and one that names the service started for them
_STARTED = "service"
_ENDS_WITHIN_SECONDS = 8.0
_LOOK_SECONDS = 0.5
_MOST_STARTS = 3


class Companion:
    """Sees to it that an archive is served while chats or agents are open: the first starts a service, the last ends
    it. A service that dies under them is started again. One that somebody else runs is never ended.
    """

    def __init__(self, data: Path) -> None:
        self._data, self._chats = data, data / _CHATS
        self._process: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        self._starting = threading.Lock()
        self._starts = 0

    @contextmanager
    def beside(self) -> Iterator[int | None]:
        """The id of the process started for the chat; None where a service runs already."""
        self._chats.mkdir(mode=0o700, exist_ok=True)
        mine = self._chats / str(os.getpid())
        mine.touch()
        watching = threading.Thread(target=self._watch, daemon=True)
        try:
            if service_note(self._data) is None:
                self._start()
            watching.start()
            yield self._process.pid if self._process else None
        finally:
            self._over.set()
            if watching.is_alive():
                watching.join()
            mine.unlink(missing_ok=True)
            if not self._others():
                self._end()

    def ensure(self) -> int | None:
        """Start a service where none runs; returns the id of the process where it was started here.

        For those who stay for days, and meet an archive that was busy or damaged when they came.
        """
        with self._starting:
            runs = self._process is not None and self._process.poll() is None
            if not runs and service_note(self._data) is None:
                self._start()
            return self._process.pid if self._process and self._process.poll() is None else None

    def _start(self) -> None:
        self._starts += 1
        command = [sys.executable, "-m", "assistant", "--data", str(self._data), "serve", "--port", "0"]
        with open(self._data / LOG, "wb", opener=private) as log:
            # A session of its own: Ctrl-C in the chat is not meant for it.
            options = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "start_new_session": True}
            self._process = subprocess.Popen(command, **options)  # type: ignore[call-overload] # noqa: S603
        (self._chats / _STARTED).write_text(str(self._process.pid))

    def _watch(self) -> None:
        """Start a successor for a service that was killed or has gone; not for one that failed by itself."""
        while not self._over.wait(_LOOK_SECONDS):
            code = self._process.poll() if self._process else -1
            failed = code is not None and code > 0
            if code is None or failed or self._starts >= _MOST_STARTS or service_note(self._data) is not None:
                continue
            self.ensure()

    def _others(self) -> list[str]:
        """The other chats that are open on the archive."""
        names = [path.name for path in self._chats.iterdir() if path.name.isdecimal()]
        return [name for name in names if int(name) != os.getpid() and lives(int(name))]

    def _end(self) -> None:
        """End the service that was started for chats, by whichever of them."""
        with suppress(OSError, ValueError):
            pid = int((self._chats / _STARTED).read_text())
            owner = service_note(self._data)
            if (self._process and self._process.pid == pid) or (owner and owner.pid == pid):
                _terminate(pid, self._process if self._process and self._process.pid == pid else None)
            (self._chats / _STARTED).unlink(missing_ok=True)


def _terminate(pid: int, child: subprocess.Popen[bytes] | None) -> None:
    """End a process in good order, or else by force; a child is waited for, so that it is seen to be gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + _ENDS_WITHIN_SECONDS
        while time.monotonic() < until:
            if (child.poll() is not None) if child else not lives(pid):
                return
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)
        if child:
            child.wait()
