"""Files that are whole or not there: written under another name beside their place."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from ingest.database.engines.disk import full, is_full
from ingest.errors import SourceError
from ingest.private import private

Kind = Literal["part", "sqlite3"]  # the name of a draft
_PREFIX, _LOCKING, _LOCKED = ".dateline-", "locking", "locked"  # of the folder with the drafts, and its lock
_OURS = re.compile(rf"(?:{'|'.join(get_args(Kind))})(?:-journal|-wal|-shm)?|{_LOCKING}|{_LOCKED}")  # in that folder
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)  # of a file system without hard links


@contextlib.contextmanager
def drafts(file: Path, *kinds: Kind, folder: Path, replace: bool) -> Iterator[list[Path]]:
    """Empty files beside the one to be written, which this user alone may read; what is left of them goes.

    At the end, the first of them becomes that file, with the mode of one that it replaces. Where a symbolic link is
    named, it is the file that it leads to.

    folder   that of the archive, in which nobody else writes
    replace  whether a file that is there is to be overwritten

    Raises SourceError where the file must not or cannot be written, DiskFull.
    """
    target = Path(os.path.realpath(file))
    try:
        _require_free(file, target, folder, replace=replace)
        _clear_away(target.parent)
        with TemporaryDirectory(prefix=_PREFIX, dir=target.parent) as beside, _in_use(Path(beside)):
            paths = [Path(beside, kind) for kind in kinds]
            for path in paths:
                open(path, "wb", opener=private).close()
            yield paths
            if replace:
                if target.exists():
                    shutil.copymode(target, paths[0])
                paths[0].replace(target)
            else:
                _put(paths[0], target, file)
    except OSError as exc:
        if is_full(exc):
            raise full(target.parent) from exc
        hint = f"check the folder {target.parent} and its permissions"
        raise SourceError(f"{file} cannot be written: {exc.strerror}", hint) from exc


def _require_free(file: Path, target: Path, folder: Path, *, replace: bool) -> None:
    if target.is_relative_to(folder.resolve()):
        raise SourceError(f"{file} is in the folder of the archive", "name a file in another folder")
    if file.exists() and not file.is_file():
        raise SourceError(f"{file} is no regular file", "name another file")
    if file.exists() and not replace:
        raise _exists(file)


def _put(draft: Path, target: Path, file: Path) -> None:
    """Give a draft its name, which another process may have taken since."""
    try:
        os.link(draft, target)
    except FileExistsError as exc:
        raise _exists(file) from exc
    except OSError as exc:
        if exc.errno not in _NO_LINKS:
            raise
        if os.path.lexists(target):
            raise _exists(file) from exc
        draft.rename(target)
    else:
        draft.unlink()


def _exists(file: Path) -> SourceError:
    return SourceError(f"{file} exists already", "name another file, or pass --replace")


@contextlib.contextmanager
def _in_use(beside: Path) -> Iterator[None]:
    """Lock a file beside the drafts while this process writes them. It gets its name only once it is locked."""
    with open(beside / _LOCKING, "wb", opener=private) as file:
        with contextlib.suppress(OSError):  # a file system without locks: nobody will clear these away
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (beside / _LOCKING).rename(beside / _LOCKED)
        yield


def _clear_away(folder: Path) -> None:
    """Remove the drafts of processes that were killed."""
    for path in folder.glob(f"{_PREFIX}*/{_LOCKED}"):
        with contextlib.suppress(OSError):
            if _is_ours(path.parent):
                _clear(path)


def _is_ours(beside: Path) -> bool:
    """Whether a folder is this user's and holds nothing but drafts and their lock: others may use such a name."""
    if beside.is_symlink() or beside.stat().st_uid != os.geteuid():
        return False
    with os.scandir(beside) as held:
        return all(each.is_file(follow_symlinks=False) and _OURS.fullmatch(each.name) for each in held)


def _clear(lock: Path) -> None:
    with lock.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where its process still writes
        shutil.rmtree(lock.parent)
