"""What is known of files from the last time they were read, so that those which have not changed are left closed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ingest.sources.place import Limits, Place
from ingest.types import READING, Outcome, sha

SETTLED_SECONDS = 2.0  # a file that was written just now may be written again within one tick of its clock


class Seen(Protocol):
    """Remembers files by their source and stamp; the same stamp says that the same pages are in a file."""

    def unchanged(self, stamps: Mapping[str, str]) -> Mapping[str, Sequence[Outcome]]:
        """The articles of each of these files that has its stamp still, if all of them are in the archive."""

    def begin(self, source: str, stamp: str) -> None:
        """A file with that stamp is being read."""


class NeverSeen:
    """Every file is read."""

    def unchanged(self, stamps: Mapping[str, str]) -> Mapping[str, Sequence[Outcome]]:
        return {}

    def begin(self, source: str, stamp: str) -> None:
        pass


def stamp(path: Path, place: Place, limits: Limits, *, named: bool) -> str:
    """What tells a file from what it was before, and how it is read; empty where that cannot be relied on."""
    try:
        found = os.stat(path)
    except OSError:
        return ""
    changed = max(found.st_mtime_ns, found.st_ctime_ns)
    if abs(time.time() - changed / 1e9) < SETTLED_SECONDS:
        return ""
    file = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    return sha(READING, repr((file, place.captured, place.mapping, limits, named)))
