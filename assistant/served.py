"""Whether an archive is served, and where."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.archive.lock import Owner, read_owner


def service_note(folder: Path) -> Owner | None:
    """The note of the service that owns the archive in a folder; None where none does.

    A note outlives a killed service: it counts only while its process lives and the archive's lock is held.
    """
    owner = read_owner(folder)
    if owner is None or owner.url is None or not lives(owner.pid) or not _is_locked(folder):
        return None
    return owner


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
