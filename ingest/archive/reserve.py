"""Room that an archive keeps for itself, so that it can be searched, and articles removed, when the disk is full."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from ingest.database.engines.disk import full
from ingest.private import private

RESERVE = "reserve"
_BYTES = 8 * 2**20
_NEEDED = 2**20  # bytes without which an archive cannot even be opened
_PLENTY = 8 * _BYTES  # free bytes with which a reserve takes room from nobody


def keep_reserve(folder: Path) -> None:
    """Set the room aside, where there is plenty of it."""
    path = folder / RESERVE
    with suppress(OSError):
        if not path.exists() and shutil.disk_usage(folder).free > _PLENTY:
            with open(path, "xb", opener=private) as file:
                file.write(bytes(_BYTES))


def use_reserve(folder: Path) -> None:
    """Give the room up where the disk is full."""
    with suppress(OSError):
        if (folder / RESERVE).exists() and shutil.disk_usage(folder).free < _NEEDED:
            (folder / RESERVE).unlink()


def require_room(folder: Path) -> None:
    """Raises DiskFull where what is left is needed to open the archive, and to remove articles from it."""
    if shutil.disk_usage(folder).free < _BYTES:
        raise full(folder, least=_BYTES)
