"""Backups: made beside whoever uses the archive, and made into an archive again."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from io import BufferedReader, FileIO
from pathlib import Path, PosixPath
from typing import Any

import pytest

from ingest.archive.archive import Archive
from ingest.archive.backup import back_up, restore
from ingest.archive.doctor import examine
from ingest.archive.indexed import RESTORING
from ingest.database.engines.drafts import drafts
from ingest.errors import ArchiveBusy, ArchiveDamaged, ArchiveMismatch, NotFound, SourceError
from tests.fakes import HashEmbedder, an_article

DAM = an_article("The dam has a crack of 14 metres.", title="Dam")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a closed archive with one article."""
    folder = tmp_path / "archive"
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([an_article()])
    return folder


def rows(folder: Path) -> str:
    """The whole database as SQL."""
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as sql:
        return "\n".join(sql.iterdump())


def test_a_backup_gives_the_same_archive_without_embedding(folder: Path, tmp_path: Path) -> None:
    file, other, embedder = tmp_path / "news.backup", tmp_path / "other", HashEmbedder()
    made = back_up(folder, file)
    assert made.articles == 1
    assert file.stat().st_mode & 0o077 == 0
    assert restore(file, other, embedder) == made
    assert embedder.embedded == 0
    assert rows(other) == rows(folder)
    with Archive.open(other, HashEmbedder()) as archive:
        assert [finding for finding in examine(archive, deep=True) if not finding.ok] == []
        assert archive.vectors.count() == 1


def test_a_backup_is_made_while_the_archive_is_in_use(folder: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "news.backup", tmp_path / "other"
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([DAM])
        assert back_up(folder, file).articles == 2
        archive.remove(DAM.id)
    restore(file, other, HashEmbedder())
    with Archive.open(other, HashEmbedder()) as archive:
        assert archive.store.article(DAM.id) == DAM


def test_a_link_that_leads_to_itself_is_replaced_by_a_backup(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "news.backup"
    link.symlink_to(link)
    assert back_up(folder, link, replace=True).articles == 1
    assert link.is_file()


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_backup_is_made_of_an_archive_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    folder.chmod(0o500)
    try:
        assert back_up(folder, tmp_path / "news.backup").articles == 1
    finally:
        folder.chmod(0o700)


def test_the_archive_is_named_where_it_cannot_be_backed_up(folder: Path, tmp_path: Path) -> None:
    (folder / "archive.sqlite3").write_bytes(b"no database" * 1000)
    there = tmp_path / "there"
    there.mkdir()
    with pytest.raises(ArchiveDamaged, match=re.escape(f"the database in {folder} cannot be used")):
        back_up(folder, there / "news.backup")


def test_no_backup_is_made_of_a_damaged_archive(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    before, database = file.read_bytes(), folder / "archive.sqlite3"
    with closing(sqlite3.connect(database)) as sql:
        [(page,)] = sql.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sentence_embeddings'")
        [(size,)] = sql.execute("PRAGMA page_size")
    content = bytearray(database.read_bytes())
    content[(page - 1) * size : page * size] = b"?" * size
    database.write_bytes(content)
    for name in ("news.backup", "another"):
        with pytest.raises(ArchiveDamaged, match="is damaged"):
            back_up(folder, tmp_path / name, replace=True)
    assert file.read_bytes() == before
    assert not (tmp_path / "another").exists()


def test_what_is_written_twice_at_once_is_not_mixed_and_nothing_is_left(folder: Path, tmp_path: Path) -> None:
    file, before = tmp_path / "news.backup", sorted(tmp_path.iterdir())
    at_once = (drafts(file, "part", folder=folder, replace=True) for _ in range(2))
    with next(at_once) as [one], next(at_once) as [other]:
        assert one != other
        other.with_name("part-journal").touch()  # as SQLite leaves it on a full disk
        one.write_text("one")
        other.write_text("other")
    assert sorted(tmp_path.iterdir()) == sorted([*before, file])
    assert file.read_text() == "one"  # it was finished last


KILLED = """
import os, signal, sys
from pathlib import Path
from ingest.database.engines.drafts import drafts
with drafts(Path(sys.argv[1]), "part", folder=Path(sys.argv[2]), replace=False) as [draft]:
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_beside_its_file_goes_with_the_next(folder: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    subprocess.run([sys.executable, "-c", KILLED, tmp_path / "news", folder], check=False)
    [left] = set(tmp_path.iterdir()) - before
    with drafts(tmp_path / "one", "part", folder=folder, replace=False) as [draft]:
        assert not left.exists()
        back_up(folder, tmp_path / "other")
        assert draft.exists()
    assert set(tmp_path.iterdir()) - before == {tmp_path / "one", tmp_path / "other"}


def test_nothing_is_overwritten_unasked(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    with pytest.raises(SourceError, match="exists already"):
        back_up(folder, file)
    with pytest.raises(SourceError, match="there is an archive"):
        restore(file, folder, HashEmbedder())
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([DAM])
    assert back_up(folder, tmp_path / "two.backup").articles == 2
    restore(file, folder, HashEmbedder(), replace=True)
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.store.summary().articles == 1
    assert len(put_aside(folder)) == 1


def test_archives_replaced_one_after_the_other_are_all_kept(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "news.backup")
    for _ in range(3):
        restore(tmp_path / "news.backup", folder, HashEmbedder(), replace=True)
    assert len(put_aside(folder)) == len(list(folder.glob("manifest.json.replaced-*"))) == 3


@pytest.mark.parametrize("damage", ["cut", "flipped", "something else"])
def test_a_damaged_backup_changes_nothing(folder: Path, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    content, before = bytearray(file.read_bytes()), rows(folder)
    if damage == "cut":
        file.write_bytes(content[:-100])
    elif damage == "flipped":
        content[random.Random(1).randrange(len(content) // 4, len(content) // 2)] ^= 4
        file.write_bytes(content)
    else:
        file.write_text("no backup")
    with pytest.raises(SourceError, match="is no backup of Dateline, or is damaged"):
        restore(file, folder, HashEmbedder(), replace=True)
    assert rows(folder) == before
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.manifest.generation == 1


@pytest.mark.parametrize("where", ["in the middle", "at the end", "at once"])
def test_a_backup_on_a_medium_that_fails_is_named(folder: Path, tmp_path: Path, where: str) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    size = file.stat().st_size
    bad = size // 2 if where == "in the middle" else size - 1

    class Worn(FileIO):
        def readinto(self, buffer: Any, /) -> int:
            if self.tell() <= bad < self.tell() + len(buffer):
                raise OSError(errno.EIO, "Input/output error")
            return super().readinto(buffer)

        def seek(self, offset: int, whence: int = 0, /) -> int:
            if where == "at once":
                raise OSError(errno.EIO, "Input/output error")
            return super().seek(offset, whence)

        def readall(self) -> bytes:
            buffer = bytearray(size)
            return bytes(buffer[: self.readinto(buffer)])

    class OnIt(PosixPath):
        def open(self, mode: str = "r", buffering: int = -1, *_: Any, **__: Any) -> Any:
            return BufferedReader(Worn(self)) if buffering else Worn(self)

    with pytest.raises(SourceError, match=re.escape(f"{file} cannot be read: Input/output error")):
        restore(OnIt(file), tmp_path / "other", HashEmbedder())


def packed_anew(file: Path, **changed: bytes) -> None:
    """Write a backup with other parts, by the first word of their names."""
    with zipfile.ZipFile(file) as old:
        parts = {name: changed.get(name.split(".")[0], old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def marked(content: bytes, offset: int, value: int) -> bytes:
    """A ZIP file with a byte of every entry's description set; in its list of entries it is two bytes further on."""
    changed = bytearray(content)
    for signature, further in ((b"PK\3\4", 0), (b"PK\1\2", 2)):
        for found in re.finditer(re.escape(signature), content):
            changed[found.start() + offset + further] = value
    return bytes(changed)


@pytest.mark.parametrize(
    "how", ["no database", "another database", "encrypted", "unknown packing", "a pipe", "a folder"]
)
def test_what_is_no_whole_backup_is_told_as_such(folder: Path, tmp_path: Path, how: str) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    with closing(sqlite3.connect(":memory:")) as sql:
        sql.execute("CREATE TABLE other (id)")
        other = sql.serialize()
    match how:
        case "no database" | "another database":
            packed_anew(file, archive=other if how == "another database" else b"")
        case "encrypted":
            file.write_bytes(marked(file.read_bytes(), 6, 1))
        case "unknown packing":
            file.write_bytes(marked(file.read_bytes(), 8, 97))
        case _:
            file.unlink()
            os.mkfifo(file) if how == "a pipe" else file.mkdir()
    with pytest.raises(SourceError, match=r"is no (backup of Dateline, or is damaged|regular file)"):
        restore(file, tmp_path / "other", HashEmbedder())


def test_a_manifest_that_is_not_of_the_database_is_made_anew(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    manifest = (folder / "manifest.json").read_bytes()
    packed_anew(file, manifest=manifest.replace(b"hash/64", b"hash/32"))
    restore(file, tmp_path / "other", HashEmbedder())
    with Archive.open(tmp_path / "other", HashEmbedder()) as archive:
        assert [finding for finding in examine(archive, deep=True) if not finding.ok] == []


def test_a_backup_of_a_newer_dateline_is_not_called_damaged(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    packed_anew(file, manifest=json.dumps({**manifest, "compression": "zstd"}).encode())
    with pytest.raises(ArchiveMismatch, match="backup was made by a newer version of Dateline - upgrade Dateline"):
        restore(file, tmp_path / "other", HashEmbedder())
    assert not (tmp_path / "other").exists()


def put_aside(folder: Path) -> list[Path]:
    """The databases, without their -wal and -shm."""
    return [path for path in folder.glob("archive.sqlite3.replaced-*") if path.name[-1].isdigit()]


def files(folder: Path) -> dict[str, bytes]:
    """What is in a folder, and in its folders."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_restore_that_is_stopped_leaves_its_folder_as_it_was(folder: Path, tmp_path: Path) -> None:
    def stop(_step: str) -> None:
        raise KeyboardInterrupt

    file, there = tmp_path / "news.backup", tmp_path / "there"
    back_up(folder, file)
    there.mkdir()
    before = files(tmp_path)
    for place in (folder, there, tmp_path / "not" / "there"):
        with pytest.raises(KeyboardInterrupt):
            restore(file, place, HashEmbedder(), replace=True, say=stop)
    assert files(tmp_path) == before
    assert not (tmp_path / "not").exists()


@pytest.mark.parametrize("stopped_by", ["archive.sqlite3", "manifest.json", "vectors-1", "words-2-2"])
def test_a_restore_that_is_stopped_between_two_archives_leaves_the_old_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_by: str
) -> None:
    """Just after that was renamed; the last of them is of the new archive, and the last of all."""
    back_up(folder, tmp_path / "news.backup")
    before, rename = files(tmp_path), Path.rename

    def stopped(path: Path, target: Path) -> Path:
        there = rename(path, target)
        if path.name == stopped_by and folder in (path.parent, target.parent):
            monkeypatch.setattr(Path, "rename", rename)
            raise KeyboardInterrupt
        return there

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "news.backup", folder, HashEmbedder(), replace=True)
    assert files(tmp_path) == before


def test_the_archive_of_a_killed_process_is_kept_whole(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "news.backup")
    killed = tmp_path / "killed"
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([DAM])
        shutil.copytree(folder, killed, ignore=shutil.ignore_patterns("lock", "owner.json"))
    assert (killed / "archive.sqlite3-wal").stat().st_size
    restore(tmp_path / "news.backup", killed, HashEmbedder(), replace=True)
    [aside] = put_aside(killed)
    with closing(sqlite3.connect(aside)) as sql:
        assert sql.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_what_is_left_of_a_restore_that_was_killed_goes(folder: Path) -> None:
    left = folder / RESTORING / "whole" / "archive.sqlite3"
    left.parent.mkdir(parents=True)
    left.touch()
    Archive.open(folder, HashEmbedder()).close()
    assert not (folder / RESTORING).exists()


def test_a_backup_of_another_model_is_not_searched_with_this_one(folder: Path, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "news.backup")
    with pytest.raises(ArchiveMismatch, match="hash/64"):
        restore(tmp_path / "news.backup", tmp_path / "other", HashEmbedder(dimension=32, fingerprint="hash/32"))
    with Archive.open(tmp_path / "other", HashEmbedder()) as archive:
        assert archive.vectors.count() == 1


def test_an_archive_in_use_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.backup"
    back_up(folder, file)
    with Archive.open(folder, HashEmbedder()), pytest.raises(ArchiveBusy):
        restore(file, folder, HashEmbedder(), replace=True)


def test_what_is_not_there_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no archive"):
        back_up(tmp_path / "nowhere", tmp_path / "news.backup")
    with pytest.raises(SourceError, match="there is no file"):
        restore(tmp_path / "news.backup", tmp_path / "other", HashEmbedder())
    with pytest.raises(SourceError, match="cannot be written"):
        back_up(folder, tmp_path / "nowhere" / "news.backup")
    long = tmp_path / ("a" * 300)
    with pytest.raises(SourceError, match="cannot be written: File name too long"):
        back_up(folder, long)
    with pytest.raises(SourceError, match="cannot be read: File name too long"):
        restore(long, tmp_path / "other", HashEmbedder())
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
