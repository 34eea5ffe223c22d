"""The lock of an archive where it cannot be taken, or cannot be written down who took it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.archive.lock import LOCK, OWNER, ArchiveLock, lock_or_nothing
from ingest.errors import SettingsError
from tests.users import kept_from


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user of this machine may enter."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_an_archive_whose_owner_cannot_be_noted_is_told_as_one_that_cannot_be_written(place: Path) -> None:
    for name in (LOCK, OWNER):
        (place / name).touch()
        (place / name).chmod(0o666)
    lock = ArchiveLock(place)
    with kept_from(place, 0o555), pytest.raises(SettingsError, match=f"the archive {place} cannot be written"):
        lock.acquire("ask")
    assert not lock.is_held
    with kept_from(place, 0o555), pytest.raises(SettingsError, match="cannot be written"), lock_or_nothing(place):
        pass
    assert sorted(path.name for path in place.iterdir()) == sorted([LOCK, OWNER])


def test_a_lock_file_that_was_made_goes_where_its_owner_cannot_be_noted(place: Path) -> None:
    (place / "owner.new").mkdir()
    with pytest.raises(SettingsError, match="Is a directory"):
        ArchiveLock(place).acquire("ask")
    assert [path.name for path in place.iterdir()] == ["owner.new"]


def test_a_folder_below_one_that_may_not_be_entered_is_told(place: Path) -> None:
    with (
        kept_from(place, 0o600),
        pytest.raises(SettingsError, match="cannot make the archive"),
        lock_or_nothing(place / "below" / "archive"),
    ):
        pass
    assert list(place.iterdir()) == []


def fail_after(work: Callable[[], object]) -> None:
    work()
    raise RuntimeError


def test_what_was_made_for_a_lock_goes_where_its_use_fails(place: Path) -> None:
    with pytest.raises(RuntimeError), lock_or_nothing(place / "below" / "archive"):
        fail_after(lambda: None)
    assert list(place.iterdir()) == []


def test_a_folder_into_which_something_was_written_stays(place: Path) -> None:
    kept = place / "archive" / "kept"
    with pytest.raises(RuntimeError), lock_or_nothing(kept.parent):
        fail_after(kept.mkdir)
    assert [path.name for path in place.rglob("*")] == ["archive", "kept"]
