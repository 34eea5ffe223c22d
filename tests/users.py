"""A user who may not do everything: root, as whom containers run the tests, may write everywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def kept_from(folder: Path, mode: int) -> Iterator[None]:
    """Within it a folder has this mode, and this process no right beyond that."""
    before, user = folder.stat().st_mode & 0o7777, os.geteuid()
    folder.chmod(mode)
    if user == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(before)
