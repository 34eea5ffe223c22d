"""Files on the disk that are whole or not there, and the errors of disk and database as ours."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import DBAPIError, OperationalError

from ingest.errors import ArchiveDamaged, DatelineError, DiskFull, SourceError
from ingest.private import private

_NO_TEMPORARY = "No usable temporary directory"  # Python's words


@contextlib.contextmanager
def translated_errors(folder: Path) -> Iterator[None]:
    """The errors of disk and database as ours."""
    try:
        yield
    except OSError as exc:
        if is_full(exc):
            raise full(folder) from exc
        raise
    except (DBAPIError, sqlite3.DatabaseError) as exc:
        if isinstance(exc, DBAPIError) and (ours := of_server(exc)):
            raise ours from exc
        text = str(exc.orig if isinstance(exc, DBAPIError) else exc)
        if "disk is full" in text or "disk I/O error" in text:
            raise full(folder) from exc
        if isinstance(exc, OperationalError | sqlite3.OperationalError) and "locked" in text:
            raise ArchiveDamaged(f"the database in {folder} is locked by another program", "close it") from exc
        raise ArchiveDamaged(
            f"the database in {folder} cannot be used: {text}", "dateline repair mends what it can"
        ) from exc


@contextlib.contextmanager
def drafts(file: Path, *kinds: str, folder: Path, replace: bool) -> Iterator[list[Path]]:
    """Empty files beside the one to be written, which this user alone may read; what is left of them goes.

    At the end, the first of them becomes that file. Where a symbolic link is named, it is the file that it leads to.

    folder   that of the archive, in which nobody else writes
    replace  whether a file that is there is to be overwritten

    Raises SourceError where the file must not or cannot be written.
    """
    target = Path(os.path.realpath(file))
    if target.is_relative_to(folder.resolve()):
        raise SourceError(f"{file} is in the folder of the archive", "name a file in another folder")
    if target.exists() and not target.is_file():
        raise SourceError(f"{file} is no regular file", "name another file")
    if target.exists() and not replace:
        raise SourceError(f"{file} exists already", "name another file, or pass --replace")
    try:
        with TemporaryDirectory(prefix=".dateline-", dir=target.parent) as beside:
            paths = [Path(beside, kind) for kind in kinds]
            for path in paths:
                open(path, "wb", opener=private).close()
            yield paths
            paths[0].replace(target)
    except OSError as exc:
        if is_full(exc):
            raise
        raise SourceError(
            f"{file} cannot be written: {exc.strerror}", "check the folder and its permissions"
        ) from exc


def of_server(exc: DBAPIError) -> DatelineError | None:
    """The error of a database server as ours; None for that of a file."""
    if isinstance(exc.orig, sqlite3.Error):
        return None
    from ingest.database.engines.postgres import translated

    return translated(exc)


def is_full(exc: OSError) -> bool:
    """Whether an error of the system says that there is no room, also where no temporary file can be made."""
    return exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or _NO_TEMPORARY in str(exc)


def full(folder: Path, *, least: int = 2**20) -> DiskFull:
    """The error that names where there is no room: the archive's folder, or the folder for temporary files.

    least  bytes of room that are as good as none
    """
    places = [folder, *map(Path, filter(None, [os.environ.get("TMPDIR"), "/tmp", "/var/tmp"]))]  # noqa: S108
    fullest = next((place for place in places if (free := _free(place)) is not None and free < least), folder)
    free = _free(fullest)
    room = "" if free is None else f" ({free // 2**20} MB free)"
    hint = "free some space and run it again"
    return DiskFull(f"no room to write in {fullest}{room}", hint if fullest == folder else f"{hint}, or set TMPDIR")


def _free(folder: Path) -> int | None:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder).free
    return None
