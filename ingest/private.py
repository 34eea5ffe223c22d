"""Files that only this user may read."""

from __future__ import annotations

import os


def private(path: str, flags: int) -> int:
    """The `opener` of `open` for a file that others of this machine must not read."""
    return os.open(path, flags, 0o600)
