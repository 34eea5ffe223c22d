"""Names for an archive's files that are put aside: each is used once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Literal

from ingest.archive.manifest import DATABASE, NAME

LOGS = ("-wal", "-shm")  # beside a database


def put_aside(database: Path, why: Literal["moved", "damaged"]) -> Path:
    """Rename a database from which all has been read, without its logs; returns where it is."""
    aside = database.with_name(DATABASE + unused_ending(database.parent, why))
    database.rename(aside)
    for suffix in LOGS:
        database.with_name(DATABASE + suffix).unlink(missing_ok=True)
    return aside


def unused_ending(folder: Path, why: Literal["replaced", "moved", "damaged"]) -> str:
    """Such as ".replaced-20261014-083000": with it, a database and a manifest have names that no file there has."""
    there = {path.name for path in folder.iterdir()}
    return next(one for one in _endings(why) if there.isdisjoint((DATABASE + one, NAME + one)))


def _endings(why: str) -> Iterator[str]:
    stamp = f".{why}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    yield stamp
    yield from (f"{stamp}-{number}" for number in count(2))
