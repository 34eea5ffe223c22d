"""The database of an archive on its own: read beside its owner, written with the lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from ingest.archive.archive import Archive
from ingest.archive.manifest import DATABASE
from ingest.archive.shelf import LooseShelf
from ingest.errors import ArchiveBusy, ArchiveDamaged, ArchiveMismatch
from tests.fakes import HashEmbedder, an_article


def outlets(folder: Path) -> tuple[str, ...]:
    with LooseShelf.to_read(folder) as shelf:
        return shelf.store.outlets()


def test_it_is_read_while_another_owns_the_archive_and_shows_what_was_added_last(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(outlet="Quay Courier")])
        assert outlets(tmp_path) == ("Quay Courier",)
        archive.add([an_article("Rain fell on Sunday.", title="Rain", outlet="Fell Gazette")])
        assert sorted(outlets(tmp_path)) == ["Fell Gazette", "Quay Courier"]


def test_a_folder_of_any_name_holds_an_archive(tmp_path: Path) -> None:
    folder = tmp_path / "odd %20 ?mode=memory&é#"
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([an_article(outlet="Quay Courier")])
    assert (folder / DATABASE).exists()
    assert outlets(folder) == ("Quay Courier",)


def test_what_an_interrupted_run_left_is_not_shown(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.store.stage([(an_article(), [])])
    assert outlets(tmp_path) == ()


def test_a_reader_can_write_nothing(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    with LooseShelf.to_read(tmp_path) as shelf, pytest.raises(OperationalError, match="readonly"):
        shelf.subscriptions.add("https://news.example/rss")


def test_reading_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    before = sorted(path.name for path in tmp_path.iterdir())
    outlets(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_where_there_is_no_archive_nothing_is_shown_and_none_is_made(tmp_path: Path) -> None:
    assert outlets(tmp_path / "nowhere") == ()
    assert LooseShelf.to_write(tmp_path / "nowhere") is None
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_committed_is_read(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    script = (
        "import os, signal, sys; from pathlib import Path; from ingest.archive.shelf import LooseShelf\n"
        "LooseShelf.to_write(Path(sys.argv[1])).subscriptions.add('https://news.example/rss')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    with LooseShelf.to_read(tmp_path) as shelf:
        assert [one.address for one in shelf.subscriptions.list()] == ["https://news.example/rss"]


def test_a_writer_owns_the_archive_until_it_is_closed(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    shelf = LooseShelf.to_write(tmp_path)
    assert shelf is not None
    with shelf, pytest.raises(ArchiveBusy):
        LooseShelf.to_write(tmp_path)
    Archive.open(tmp_path, HashEmbedder()).close()


def test_another_schema_and_a_damaged_database_are_refused(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    manifest = tmp_path / "manifest.json"
    kept = manifest.read_text()
    manifest.write_text(kept.replace('"schema_version": 2', '"schema_version": 99'))
    with pytest.raises(ArchiveMismatch, match="upgrade"):
        LooseShelf.to_read(tmp_path)
    manifest.write_text(kept)
    (tmp_path / DATABASE).write_bytes(b"no database at all" * 100)
    with pytest.raises(ArchiveDamaged):
        LooseShelf.to_read(tmp_path)
