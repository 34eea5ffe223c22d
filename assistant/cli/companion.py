"""The chat in the foreground and, where none runs yet, a service behind it for as long as the chat lasts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from assistant.served import service_note
from ingest.lock import make_folder

if TYPE_CHECKING:
    from assistant.settings import Settings

_LOG = "service.log"
_ENDS_WITHIN_SECONDS = 8.0


def chat_with(settings: Settings) -> int:
    """Run the chat until it ends; returns its exit code. The screen does not wait for the service."""
    make_folder(settings.data)
    with _service(settings.data) as pid:
        arguments = ["--owner", str(settings.data / "owner.json")]
        arguments += ["--log", str(settings.data / _LOG), "--starting", str(pid)] if pid else []
        return _foreground([sys.executable, "-m", "tui", *arguments])


@contextmanager
def _service(data: Path) -> Iterator[int | None]:
    """The id of the process started for the chat; None where a service runs already."""
    if service_note(data) is not None:
        yield None
        return
    command = [sys.executable, "-m", "assistant", "--data", str(data), "serve", "--port", "0"]
    with open(os.open(data / _LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:
        # A session of its own: Ctrl-C in the chat is not meant for it.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)  # noqa: S603
    # Waited for, so that the process is seen to be gone as soon as it is.
    threading.Thread(target=process.wait, daemon=True).start()
    try:
        yield process.pid
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_ENDS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _foreground(command: list[str]) -> int:
    """Run a program in this terminal. Signals of the keyboard are its own; those that end this one end it first."""
    program = subprocess.Popen(command)  # noqa: S603

    def pass_on(number: int, _frame: FrameType | None) -> None:
        program.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return program.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
