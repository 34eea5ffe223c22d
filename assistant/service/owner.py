"""Whether an archive is served, and where."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.service.errors import Unreachable
from ingest.archive.lock import Owner, read_owner

if TYPE_CHECKING:
    from ingest.archive.home import Home

SERVING = "dateline serve"
_POLL_SECONDS = 0.05
_PATIENCE_SECONDS = 30.0  # for a service that has been started
_SHORT_PATIENCE_SECONDS = 6.0  # for one that somebody may be starting


def service_note(folder: Path) -> Owner | None:
    """The note of the service that owns the archive in a folder; None where none does.

    A note outlives a killed service: it counts only while its process lives and the archive's lock is held.
    """
    owner = read_owner(folder)
    if owner is None or owner.url is None or not lives(owner.pid) or not _is_locked(folder):
        return None
    return owner


def is_served(home: Home) -> bool:
    """Whether a service does the jobs of an archive: that of its folder, or another one on the same database."""
    return service_note(home.folder) is not None or home.is_used_by(SERVING)


async def announced(folder: Path, *, log: Path | None = None, starting: int | None = None) -> Owner:
    """Wait for the note of a service that owns the archive in a folder.

    log       what a service that has just been started writes its errors to
    starting  the process of that service; when it has ended without a note, Unreachable is raised
    """
    patience = _SHORT_PATIENCE_SECONDS if starting is None else _PATIENCE_SECONDS
    for _ in range(int(patience / _POLL_SECONDS)):
        ended = starting is not None and not lives(starting)
        if note := service_note(folder):
            return note
        if ended:
            raise Unreachable(_last_error(log) or "the service has ended", "quit, and start dateline chat again")
        await asyncio.sleep(_POLL_SECONDS)
    raise Unreachable("no service has announced itself", "quit, and start dateline chat again")


def _last_error(log: Path | None) -> str:
    """What the service said last, without the word that marks it as an error."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log else []
    except OSError:
        return ""
    said = [line.strip() for line in lines if line.strip().startswith("error: ")]
    return said[-1].removeprefix("error: ") if said else ""


def lives(pid: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _is_locked(folder: Path) -> bool:
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / "lock", thread_local=False).acquire(timeout=0):
            return False
    except Timeout:
        return True
