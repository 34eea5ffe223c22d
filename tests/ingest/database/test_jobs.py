"""Jobs in the database, and the files that they were handed."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.database.engines.postgres import open_postgres, postgres_url
from ingest.database.jobs import JobRows, KeptJob


@contextmanager
def limited(most: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, which fails as a full disk does."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1][1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before[1])
        signal.signal(signal.SIGXFSZ, before[0])


def test_a_file_that_came_in_part_is_not_there(database_url: str, tmp_path: Path) -> None:
    engine = open_postgres(postgres_url(database_url))
    given, brought = tmp_path / "given.jsonl", tmp_path / "uploads" / "one" / "upload.jsonl"
    given.write_bytes(b"0123456789" * 35_000)
    rows = JobRows(engine)
    rows.add(KeptJob("one", "waiting", 0.0, "{}", "{}"), given)
    with limited(150_000), pytest.raises(OSError, match="File too large"):
        rows.bring_file("one", brought)
    assert not brought.exists()
    rows.bring_file("one", brought)
    assert brought.read_bytes() == given.read_bytes()
    engine.dispose()
