"""`dateline chat`: the terminal chat with the running service, or with one started for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

import click

from assistant.cli.place import settings_of

if TYPE_CHECKING:
    from assistant.settings import Settings


@click.command(short_help="Open the terminal chat.")
@click.option("--conversation", metavar="ID", default="", help="Continue this conversation.")
@click.pass_context
def chat(context: click.Context, conversation: str) -> int:
    """Open the terminal chat, to ask, read articles and ingest more.

    It uses the running service, or starts one for as long as a chat is open.
    """
    with Screen() as screen:
        return screen.chat_with(settings_of(context), conversation)


class Screen:
    """The process of the chat. It loads while its archive is being found, and leaves the terminal alone till then."""

    def __enter__(self) -> Screen:
        reads, writes = os.pipe()
        self._orders = open(writes, "w", encoding="utf-8")
        command = [sys.executable, "-m", "tui", "--orders", str(reads)]
        self._program = subprocess.Popen(command, pass_fds=(reads,))  # noqa: S603
        os.close(reads)
        return self

    def __exit__(self, *_: object) -> None:
        """Where the chat was not opened, end its process."""
        if self._program.returncode is None:
            self._program.kill()
            self._program.wait()
        self._orders.close()

    def chat_with(self, settings: Settings, conversation: str = "") -> int:
        """Run the chat until it ends, in a conversation if one is named; returns its exit code.

        It does not wait for the service.
        """
        from assistant.cli.companion import LOG, Companion
        from ingest.archive.lock import make_folder

        make_folder(settings.data)
        with Companion(settings.data).beside() as pid:
            place = {"data": str(settings.data), "log": str(settings.data / LOG), "starting": pid}
            orders = {**place, "conversation": conversation}
            with suppress(BrokenPipeError), self._orders as pipe:  # the chat may have been ended meanwhile
                json.dump(orders, pipe)
            return _foreground(self._program)


def _foreground(program: subprocess.Popen[bytes]) -> int:
    """Wait for a program in this terminal. Signals of the keyboard are its own; what ends this one ends it too."""

    def pass_on(number: int, _frame: FrameType | None) -> None:
        program.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return program.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
