"""What the disk does to a database is told as what it is."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.database.engines.disk import translated_errors
from ingest.database.rows import connect
from ingest.errors import ArchiveDamaged, DiskFailed, DiskFull, SettingsError
from tests.users import kept_from

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


@pytest.fixture
def killed() -> Iterator[Path]:
    """A folder with a database as a killed process leaves it, which other users may read."""
    with TemporaryDirectory() as name, closing(sqlite3.connect(Path(name, "other"))) as sql:
        folder = Path(name)
        sql.execute("PRAGMA journal_mode=WAL")
        sql.execute("CREATE TABLE texts (text)")
        for end in ("", "-wal"):
            shutil.copy(folder / f"other{end}", folder / f"archive.sqlite3{end}")
        folder.chmod(0o755)
        yield folder


def test_a_database_that_may_not_be_opened_is_not_called_damaged(killed: Path) -> None:
    with kept_from(killed, 0o555), pytest.raises(SettingsError, match="cannot be opened - check who may write"):
        read(killed)
    read(killed)
    (killed / "archive.sqlite3").unlink()
    with pytest.raises(ArchiveDamaged, match="unable to open database file"):
        read(killed)


def read(folder: Path) -> None:
    with translated_errors(folder), closing(connect(folder / "archive.sqlite3")) as sql:
        sql.execute("SELECT * FROM texts").fetchall()
