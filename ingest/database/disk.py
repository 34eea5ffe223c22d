"""The errors of disk and database, as ours."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import DatabaseError, OperationalError

from ingest.errors import ArchiveDamaged, DiskFull


@contextlib.contextmanager
def translated_errors(folder: Path) -> Iterator[None]:
    """The errors of disk and database as ours."""
    try:
        yield
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _full(folder) from exc
        raise
    except DatabaseError as exc:
        text = str(exc.orig)
        if "disk is full" in text or "disk I/O error" in text:
            raise _full(folder) from exc
        if isinstance(exc, OperationalError) and "locked" in text:
            raise ArchiveDamaged(f"the database in {folder} is locked by another program", "close it") from exc
        raise ArchiveDamaged(f"the database in {folder} cannot be used: {text}", "restore it from a copy") from exc


def _full(folder: Path) -> DiskFull:
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(folder).free // 2**20
        return DiskFull(f"no room to write in {folder} ({free} MB free)", "free some space and run it again")
    return DiskFull(f"no room to write in {folder}", "free some space and run it again")
