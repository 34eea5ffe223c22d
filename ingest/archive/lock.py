"""One owner of an archive at a time, and a note that says who it is."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from ingest.archive.reserve import use_reserve
from ingest.database.engines.disk import full, is_full
from ingest.errors import ArchiveBusy, DiskFull, SettingsError
from ingest.private import private
from ingest.types import Frozen

LOCK, OWNER = "lock", "owner.json"


class Owner(Frozen):
    """Who owns an archive. A service also says where it listens and the secret that its user may write with."""

    pid: int
    command: str
    url: str | None = None
    token: str | None = None


class ArchiveLock:
    """A lock of the operating system on the archive's directory: free the moment its holder dies."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock

        self._note = folder / OWNER
        self.command = ""
        # a service opens and closes in several threads
        self._lock = FileLock(folder / LOCK, mode=0o600, thread_local=False)

    def acquire(self, command: str) -> Self:
        """Raises ArchiveBusy, naming the holder, when another process owns the archive."""
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=0)
        except Timeout as exc:
            owner = self.owner()
            who = f"process {owner.pid} ({owner.command})" if owner else "another process"
            raise ArchiveBusy(
                f"the archive {self._note.parent} is in use by {who}", "wait until it ends, or stop it"
            ) from exc
        except OSError as exc:
            if is_full(exc):
                raise full(self._note.parent) from exc
            hint = "check who may write there, or set DATELINE_DATA"
            raise SettingsError(f"the archive {self._note.parent} cannot be written: {exc.strerror}", hint) from exc
        self.command = command
        self.announce(Owner(pid=os.getpid(), command=command))
        return self

    def announce(self, owner: Owner) -> None:
        """Write the note, readable for this user alone, in one step."""
        draft = self._note.with_suffix(".new")
        with open(draft, "w", opener=private) as file:
            file.write(owner.model_dump_json())
        draft.replace(self._note)

    def release(self) -> None:
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    @property
    def is_held(self) -> bool:
        return bool(self._lock.is_locked)

    def owner(self) -> Owner | None:
        return read_owner(self._note.parent)


def make_folder(folder: Path) -> None:
    """Raises SettingsError for a place where no archive can be, DiskFull where there is no room."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        if exc.errno == errno.ENOSPC:
            raise DiskFull(f"no room to make the archive {folder}", "free some space and run it again") from exc
        raise SettingsError(f"cannot make the archive {folder}: {exc.strerror}", "set DATELINE_DATA") from exc
    use_reserve(folder)


@contextmanager
def lock_or_nothing(folder: Path) -> Iterator[ArchiveLock]:
    """The lock of a folder. Where what is done with it fails, the folder and the lock go if they were not there.

    Raises what `make_folder` and `ArchiveLock.acquire` raise.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    was_there = (folder / LOCK).exists()
    lock = ArchiveLock(folder)
    try:
        make_folder(folder)
        yield lock.acquire(this_command())
    except BaseException:
        if lock.is_held and not was_there:
            (folder / LOCK).unlink(missing_ok=True)
        lock.release()
        for each in missing:
            with suppress(OSError):  # somebody else has put something there
                each.rmdir()
        raise
    finally:
        lock.release()


def read_owner(folder: Path) -> Owner | None:
    """Who left a note that it owns the archive; it may have died since."""
    try:
        return Owner.model_validate(json.loads((folder / OWNER).read_text()))
    except (OSError, ValueError):
        return None


def new_token() -> str:
    return secrets.token_urlsafe(24)


def this_command() -> str:
    """The command that this process runs, short enough for a message."""
    return shlex.join(["dateline", *sys.argv[1:]])[:80]
