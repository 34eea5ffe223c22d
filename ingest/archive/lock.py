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
from ingest.errors import ArchiveBusy, DatelineError, DiskFull, SettingsError
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
        self._made = False
        self.command = ""
        # a service opens and closes in several threads
        self._lock = FileLock(folder / LOCK, mode=0o600, thread_local=False)

    def acquire(self, command: str) -> Self:
        """Raises ArchiveBusy, naming the holder, when another process owns the archive.

        Raises SettingsError where the archive cannot be written, DiskFull.
        """
        from filelock import Timeout

        self._made = not os.path.exists(self._lock.lock_file)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as exc:
            owner = self.owner()
            who = f"process {owner.pid} ({owner.command})" if owner else "another process"
            raise ArchiveBusy(
                f"the archive {self._note.parent} is in use by {who}", "wait until it ends, or stop it"
            ) from exc
        except OSError as exc:
            raise self._unwritten(exc) from exc
        self.command = command
        try:
            self.announce(Owner(pid=os.getpid(), command=command))
        except BaseException:
            self.withdraw()
            raise
        return self

    def announce(self, owner: Owner) -> None:
        """Write the note, readable for this user alone, in one step. Raises SettingsError, DiskFull."""
        draft = self._note.with_suffix(".new")
        try:
            with open(draft, "w", opener=private) as file:
                file.write(owner.model_dump_json())
            draft.replace(self._note)
        except OSError as exc:
            raise self._unwritten(exc) from exc

    def _unwritten(self, exc: OSError) -> DatelineError:
        folder = self._note.parent
        if is_full(exc):
            return full(folder)
        hint = "check who may write there, or set DATELINE_DATA"
        return SettingsError(f"the archive {folder} cannot be written: {exc.strerror}", hint)

    def release(self) -> None:
        if self._lock.is_locked:
            with suppress(OSError):  # the next owner overwrites a note that stays
                self._note.unlink()
            self._lock.release()

    def withdraw(self) -> None:
        """Release the lock, and remove its file if `acquire` made it."""
        if self._lock.is_locked and self._made:
            with suppress(OSError):
                os.unlink(self._lock.lock_file)
        self.release()

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
    """Make a folder where there is none, and hold its lock within the `with`.

    If that or the body of the `with` fails, the folders and the lock file that were made for it are removed again;
    a folder into which something was written stays.
    Raises what `make_folder` and `ArchiveLock.acquire` raise.
    """
    # `Path.exists` raises PermissionError below a folder that may not be entered; `make_folder` says that better
    missing = [each for each in (folder, *folder.parents) if not os.path.exists(each)]
    lock = ArchiveLock(folder)
    try:
        make_folder(folder)
        yield lock.acquire(this_command())
    except BaseException:
        lock.withdraw()
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
