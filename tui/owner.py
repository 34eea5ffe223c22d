"""The note that a service leaves beside its archive: where it listens, and the token to send it."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass
from pathlib import Path

_POLL_SECONDS = 0.05
_PATIENCE_SECONDS = 30.0  # for a service that has been started
_SHORT_PATIENCE_SECONDS = 6.0  # for one that somebody may be starting


class NoService(Exception):
    """No service has announced itself; `message` and `hint` as every error of the service has them."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Address:
    url: str
    token: str


async def announced(note: Path, *, log: Path | None = None, starting: int | None = None) -> Address:
    """Wait for the note of a service that lives.

    log       what a service that has just been started writes its errors to
    starting  the process of that service; when it has ended without a note, NoService is raised
    """
    patience = _SHORT_PATIENCE_SECONDS if starting is None else _PATIENCE_SECONDS
    for _ in range(int(patience / _POLL_SECONDS)):
        ended = starting is not None and not _lives(starting)
        address = _read(note)
        if address is not None:
            return address
        if ended:
            raise NoService(_last_line(log) or "the service has ended", "quit, and start dateline chat again")
        await asyncio.sleep(_POLL_SECONDS)
    raise NoService("no service has announced itself", "quit, and start dateline chat again")


def _read(note: Path) -> Address | None:
    try:
        owner = json.loads(note.read_text(encoding="utf-8"))
        if owner["url"] and _lives(int(owner["pid"])):
            return Address(str(owner["url"]), str(owner["token"] or ""))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last_line(log: Path | None) -> str:
    """What the service said last, without the word that marks it as an error."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log else []
    except OSError:
        return ""
    said = [line.strip() for line in lines if line.strip().startswith("error: ")]
    return said[-1].removeprefix("error: ") if said else ""
