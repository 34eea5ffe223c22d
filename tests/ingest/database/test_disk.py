"""What the disk does to a database is told as what it is."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.database.engines.disk import translated_errors
from ingest.errors import DiskFailed, DiskFull, SettingsError

# SQLite's words for a file that may not grow: as for a quota, they do not say that there is no room.
LIMITED = """
import resource, sqlite3, sys
from pathlib import Path
from ingest.database.engines.disk import translated_errors
from ingest.errors import DatelineError
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with translated_errors(Path(sys.argv[1])):
        with sqlite3.connect(Path(sys.argv[1], "a.sqlite3")) as sql:
            sql.execute("PRAGMA journal_mode=WAL")
            sql.execute("CREATE TABLE texts (text)")
            sql.execute("INSERT INTO texts VALUES (zeroblob(200000))")
except DatelineError as exc:
    print(type(exc).__name__, repr(exc.__cause__))
"""


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk I/O error"), OSError(errno.EIO, "I/O error")])
def test_a_disk_that_fails_is_not_called_full(tmp_path: Path, error: Exception) -> None:
    with pytest.raises(DiskFailed, match="cannot be read or written") as failed, translated_errors(tmp_path):
        raise error
    assert "dateline doctor --deep" in failed.value.hint
    assert list(tmp_path.iterdir()) == []


def test_no_room_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(DiskFull), translated_errors(tmp_path):
        raise sqlite3.OperationalError("database or disk is full")
    done = subprocess.run([sys.executable, "-c", LIMITED, tmp_path], capture_output=True, text=True, check=False)
    assert done.stdout == "DiskFull OperationalError('disk I/O error')\n", done.stderr


def test_a_database_that_may_not_be_written_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written"), translated_errors(tmp_path):
        raise sqlite3.OperationalError("attempt to write a readonly database")
