"""Files that are written whole, beside their place, and overwrite nothing unasked."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ingest.database.engines.drafts import drafts
from ingest.errors import DiskFull, SourceError


def write(file: Path, text: str = "new", *, replace: bool = False, meanwhile: str = "") -> None:
    """Write a file; `meanwhile`, another program writes one of that name."""
    with drafts(file, "part", folder=file.parent / "archive", replace=replace) as [draft]:
        draft.write_text(text)
        if meanwhile:
            file.write_text(meanwhile)


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_overwritten_only_if_asked(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not links:  # as on FAT
        monkeypatch.setattr(os, "link", link)
    file = tmp_path / "news"
    write(file, "first")
    assert file.read_text() == "first"
    file.unlink()
    with pytest.raises(SourceError, match="news exists already - name another file, or pass --replace"):
        write(file, meanwhile="another's")
    assert file.read_text() == "another's"
    write(file, replace=True, meanwhile="another's again")
    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_nlink == 1


def test_the_folder_that_a_link_leads_to_is_the_one_that_is_named(tmp_path: Path) -> None:
    there, file = tmp_path / "there", tmp_path / "news"
    file.symlink_to(there / "news")
    with pytest.raises(SourceError, match=f"{file} cannot be written: .* - check the folder {there} and"):
        write(file)
    there.mkdir()
    with (
        pytest.raises(DiskFull, match=f"no room to write in {there}"),
        drafts(file, "part", folder=tmp_path / "archive", replace=False),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    write(file)
    assert (there / "news").read_text() == "new"
    assert file.is_symlink()


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "news"
    write(file, "old")
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    write(file, replace=True)
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("new", 0o644)


def abandoned(folder: Path, *names: str) -> Path:
    beside = folder / ".dateline-abandoned"
    beside.mkdir(mode=0o700)
    for name in ("locked", *names):
        (beside / name).touch()
    return beside


def test_abandoned_drafts_go_and_nothing_else_of_such_a_name(tmp_path: Path) -> None:
    for names in ([], ["part", "sqlite3", "sqlite3-journal"]):
        beside = abandoned(tmp_path, *names)
        write(tmp_path / "news", replace=True)
        assert not beside.exists()
    beside = abandoned(tmp_path, "part", "letters")
    write(tmp_path / "news", replace=True)
    assert sorted(path.name for path in beside.iterdir()) == ["letters", "locked", "part"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs two users")
def test_the_drafts_of_another_user_stay(tmp_path: Path) -> None:
    beside = abandoned(tmp_path, "part")
    os.chown(beside, 65534, -1)
    write(tmp_path / "news")
    assert (beside / "part").exists()
