"""The errors of disk and database as ours."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy.exc import DBAPIError

from ingest.errors import ArchiveDamaged, DatelineError, DiskFailed, DiskFull, SettingsError

_NOTHING = 2**20  # bytes of room that are as good as none
_NO_TEMPORARY = "No usable temporary directory"  # Python's words


@contextlib.contextmanager
def translated_errors(folder: Path, *, written: Path | None = None) -> Iterator[None]:
    """The errors of disk and database as ours.

    folder   that of the archive
    written  another one, which is written to instead
    """
    written = written or folder
    try:
        yield
    except OSError as exc:
        if is_full(exc):
            raise full(written) from exc
        if exc.errno == errno.EIO:
            raise _failed(written) from exc
        raise
    except (DBAPIError, sqlite3.DatabaseError) as exc:
        if isinstance(exc, DBAPIError) and (ours := of_server(exc)):
            raise ours from exc
        raise _of_file(str(exc.orig if isinstance(exc, DBAPIError) else exc), folder, written) from exc


def _of_file(said: str, folder: Path, written: Path) -> DatelineError:
    """What SQLite says as our error."""
    is_disk = "disk I/O error" in said
    if "disk is full" in said or (is_disk and _has_no_room(written)):
        return full(written)
    if is_disk:
        return _failed(written)
    hint = "check who may write there, or set DATELINE_DATA"
    if "readonly database" in said:
        return SettingsError(f"the database in {folder} cannot be written", hint)
    if "unable to open database file" in said and _is_forbidden(folder):
        return SettingsError(f"the database in {folder} cannot be opened", hint)
    if "is locked" in said:
        return ArchiveDamaged(f"the database in {folder} is locked by another program", "close it")
    return ArchiveDamaged(f"the database in {folder} cannot be used: {said}", "dateline repair mends what it can")


def _is_forbidden(folder: Path) -> bool:
    """Whether there is a database in a folder that this user may not read and write, as SQLite needs to."""
    return any(folder.glob("*.sqlite3")) and not all(map(_may_change, [folder, *folder.glob("*.sqlite3*")]))


def _may_change(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def of_server(exc: DBAPIError) -> DatelineError | None:
    """The error of a database server as ours; None for that of a file."""
    if isinstance(exc.orig, sqlite3.Error):
        return None
    from ingest.database.engines.postgres import translated

    return translated(exc)


def is_full(exc: OSError) -> bool:
    """Whether an error of the system says that there is no room, also where no temporary file can be made."""
    return exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or _NO_TEMPORARY in str(exc)


def full(folder: Path, *, least: int = _NOTHING) -> DiskFull:
    """The error that names where there is no room: the archive's folder, or the folder for temporary files.

    least  bytes of room that are as good as none
    """
    fullest = next(_fuller(folder, least), folder)
    free = _free(fullest)
    room = "" if free is None else f" ({free // 2**20} MB free)"
    hint = "free some space and run it again"
    return DiskFull(f"no room to write in {fullest}{room}", hint if fullest == folder else f"{hint}, or set TMPDIR")


def _failed(folder: Path) -> DiskFailed:
    hint = "check the disk and the system's log; when it works again, run dateline doctor --deep"
    return DiskFailed(f"the disk of {folder} cannot be read or written", hint)


def _fuller(folder: Path, least: int) -> Iterator[Path]:
    """The places for the archive and for temporary files that have fewer bytes of room."""
    places = [folder, *map(Path, filter(None, [os.environ.get("TMPDIR"), "/tmp", "/var/tmp"]))]  # noqa: S108
    return (place for place in places if (free := _free(place)) is not None and free < least)


def _has_no_room(folder: Path) -> bool:
    """Whether SQLite may have failed for want of room, which it does not say of a quota or a limit on files."""
    is_limited = resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY
    return is_limited or any(_fuller(folder, _NOTHING)) or not _takes_more(folder)


def _takes_more(folder: Path) -> bool:
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(2**16))
            file.flush()
    except OSError as exc:
        return not is_full(exc)
    return True


def _free(folder: Path) -> int | None:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free
    return None
