"""Files that are whole or not there: written under another name beside their place."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.database.engines.disk import is_full
from ingest.errors import SourceError
from ingest.private import private

_PREFIX, _LOCKED = ".dateline-", "locked"  # of the folder with the drafts of a file, and what it holds


@contextlib.contextmanager
def drafts(file: Path, *kinds: str, folder: Path, replace: bool) -> Iterator[list[Path]]:
    """Empty files beside the one to be written, which this user alone may read; what is left of them goes.

    At the end, the first of them becomes that file. Where a symbolic link is named, it is the file that it leads to.

    folder   that of the archive, in which nobody else writes
    replace  whether a file that is there is to be overwritten

    Raises SourceError where the file must not or cannot be written.
    """
    try:
        target = Path(os.path.realpath(file))
        _require_free(file, target, folder, replace=replace)
        _clear_away(target.parent)
        with TemporaryDirectory(prefix=_PREFIX, dir=target.parent) as beside, _in_use(Path(beside)):
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


def _require_free(file: Path, target: Path, folder: Path, *, replace: bool) -> None:
    if target.is_relative_to(folder.resolve()):
        raise SourceError(f"{file} is in the folder of the archive", "name a file in another folder")
    if file.exists() and not file.is_file():
        raise SourceError(f"{file} is no regular file", "name another file")
    if file.exists() and not replace:
        raise SourceError(f"{file} exists already", "name another file, or pass --replace")


@contextlib.contextmanager
def _in_use(beside: Path) -> Iterator[None]:
    """Lock a file beside the drafts while this process writes them. It gets its name only once it is locked."""
    with open(beside / "locking", "wb", opener=private) as file:
        with contextlib.suppress(OSError):  # a file system without locks: nobody will clear these away
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (beside / "locking").rename(beside / _LOCKED)
        yield


def _clear_away(folder: Path) -> None:
    """Remove the drafts of processes that were killed."""
    for path in folder.glob(f"{_PREFIX}*/{_LOCKED}"):
        with contextlib.suppress(OSError), path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where its process still writes
            shutil.rmtree(path.parent)
