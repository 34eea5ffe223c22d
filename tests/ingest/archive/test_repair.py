"""Damage to the database and the manifest: seen by the doctor who reads all of it, and mended as far as can be."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.archive.manifest import NAME
from ingest.archive.repair import repair
from ingest.archive.shelf import LooseShelf
from ingest.database.journal import PlaceOutcomes
from ingest.errors import ArchiveDamaged, ArchiveMismatch, NotFound
from ingest.types import Outcome
from tests.fakes import HashEmbedder, an_article

DAM = an_article("The dam has a crack. It is 14 metres long.", title="Dam", url="https://post.example/dam")
CORRECTED = an_article("The dam has a crack. It is 41 metres long.", title="Dam", url="https://post.example/dam")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive of twenty articles, one of them in two versions."""
    folder = tmp_path_factory.mktemp("sound")
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([an_article(f"Report {n} about harbour {n}.", title=f"Report {n}") for n in range(19)])
        archive.add([DAM])
        archive.add([CORRECTED])
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return shutil.copytree(sound, tmp_path, dirs_exist_ok=True)


def execute(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as sql:
        sql.execute("PRAGMA foreign_keys=OFF")
        sql.execute(statement, values)
        sql.commit()


def bad(folder: Path) -> dict[str, str]:
    """What the doctor who reads all of it has against an archive."""
    with Archive.open(folder, HashEmbedder(), check=False) as archive:
        return {finding.name: finding.detail for finding in examine(archive, deep=True) if not finding.ok}


def told(folder: Path) -> str:
    """The same for a database that may not even open."""
    try:
        return str(bad(folder) or "")
    except ArchiveDamaged as exc:
        return exc.hint


def text_of(folder: Path, article_id: str) -> str:
    with Archive.open(folder, HashEmbedder()) as archive:
        article = archive.store.article(article_id)
        assert article is not None
        return article.text


def test_a_sound_archive_is_left_as_it_is(folder: Path) -> None:
    assert bad(folder) == {}
    done = repair(folder, HashEmbedder())
    assert (done.mended, done.lost) == ((), ())
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.manifest.generation == 1


def test_a_changed_text_is_refused_and_its_last_whole_version_comes_back(folder: Path) -> None:
    changed = "UPDATE versions SET text = replace(text, '41', '47') WHERE digest = ?"
    execute(folder, changed, CORRECTED.digest)
    with pytest.raises(ArchiveDamaged, match=f"the text of article {DAM.id}"):
        Archive.open(folder, HashEmbedder())
    assert f"the text of article {DAM.id}" in bad(folder)["digests of texts and embeddings"]
    done = repair(folder, HashEmbedder())
    assert done.lost == (f"version {CORRECTED.digest} of article {DAM.id}: its text has changed on the disk",)
    assert text_of(folder, DAM.id) == DAM.text
    assert bad(folder) == {}


def test_an_article_without_a_whole_version_is_lost_by_name(folder: Path) -> None:
    gone = an_article("Report 3 about harbour 3.", title="Report 3")
    execute(folder, "UPDATE versions SET text = 'Report 3 about harbour 8.' WHERE digest = ?", gone.digest)
    done = repair(folder, HashEmbedder())
    assert any(f"article {gone.id} (“Report 3”, Harbour Post)" in line for line in done.lost)
    assert bad(folder) == {}
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.store.summary().articles == 19
        archive.add([gone])
    assert text_of(folder, gone.id) == gone.text


def test_a_lost_article_that_was_the_last_to_be_added_comes_back(folder: Path) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        gone = an_article("The lamp above the lighthouse door went out at night, its keeper said.", title="Lamp")
        archive.add([gone])
    execute(folder, "UPDATE versions SET text = 'The lamp is on.' WHERE article_id = ?", gone.id)
    assert repair(folder, HashEmbedder()).lost
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([gone])
    assert text_of(folder, gone.id) == gone.text


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE embeddings SET vector = zeroblob(128) WHERE rowid = 4",
        "UPDATE sentence_embeddings SET vectors = zeroblob(66) WHERE rowid = 5",
        "DELETE FROM embeddings WHERE rowid < 4",
        "UPDATE passages SET start = 3 WHERE rowid = 6",
        "DELETE FROM passages WHERE rowid = 6",
        "UPDATE articles SET outlet = 'Harbour Toast' WHERE rowid = 2",
        "UPDATE articles SET version = 'none' WHERE rowid = 3",
        "DELETE FROM articles WHERE rowid = 3",
    ],
)
def test_what_follows_from_the_texts_is_made_again(folder: Path, damage: str) -> None:
    execute(folder, damage)
    assert bad(folder)
    assert repair(folder, HashEmbedder()).lost == ()
    assert bad(folder) == {}
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.store.summary().articles == 20
        assert {article.outlet for article in archive.store.all_articles()} == {"Harbour Post"}


def test_a_text_that_is_no_text_any_more_does_not_stop_the_repair(folder: Path) -> None:
    changed = "UPDATE versions SET text = CAST(x'ff' || text AS TEXT) WHERE digest = ?"
    execute(folder, changed, CORRECTED.digest)
    assert repair(folder, HashEmbedder()).lost
    assert bad(folder) == {}
    assert text_of(folder, DAM.id) == DAM.text


def test_a_changed_record_keeps_title_and_text(folder: Path) -> None:
    execute(folder, "UPDATE versions SET record = replace(record, 'title', 'tilte') WHERE digest = ?", DAM.digest)
    assert "byline, date or another detail" in bad(folder)["digests of texts and embeddings"]
    assert "may be wrong" in repair(folder, HashEmbedder()).lost[0]
    assert bad(folder) == {}
    with Archive.open(folder, HashEmbedder()) as archive:
        older = archive.store.article(DAM.id, DAM.digest)
        assert older is not None
        assert (older.text, older.published) == (DAM.text, DAM.published)


@pytest.mark.parametrize("lost", ["gone", "cut", "another model"])
def test_a_lost_manifest_is_made_anew_from_the_database(folder: Path, lost: str) -> None:
    path = folder / NAME
    before = json.loads(path.read_text())
    if lost == "gone":
        path.unlink()
    elif lost == "cut":
        path.write_text(path.read_text()[:40])
    else:
        path.write_text(path.read_text().replace('"hash/64"', '"hasi/64"'))
    with pytest.raises(ArchiveDamaged) as refused:
        Archive.open(folder, HashEmbedder())
    assert "dateline repair" in refused.value.hint
    assert repair(folder, HashEmbedder()).lost == ()
    with Archive.open(folder, HashEmbedder()):
        assert json.loads(path.read_text()) == before
    assert bad(folder) == {}


def test_the_manifest_of_a_newer_dateline_is_left_alone(folder: Path) -> None:
    path = folder / NAME
    newer = json.dumps({**json.loads(path.read_text()), "compression": "zstd"})
    path.write_text(newer)
    with pytest.raises(ArchiveMismatch, match="newer"):
        repair(folder, HashEmbedder())
    assert path.read_text() == newer


def test_another_model_does_not_take_an_archive_over_by_a_repair(folder: Path) -> None:
    (folder / NAME).unlink()
    with pytest.raises(ArchiveMismatch, match="hash/64"):
        repair(folder, HashEmbedder(dimension=32, fingerprint="hash/32"))


def test_a_repair_needs_an_archive(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        repair(tmp_path, HashEmbedder())


@pytest.mark.slow
def test_a_malformed_database_is_copied_as_far_as_it_can_be_read(folder: Path) -> None:
    database = folder / "archive.sqlite3"
    with closing(sqlite3.connect(database)) as sql:
        page = sql.execute("SELECT max(pageno) FROM dbstat WHERE name = 'versions' AND pagetype = 'leaf'").fetchone()[
            0
        ]
    content = bytearray(database.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = random.Random(1).randbytes(4096)
    database.write_bytes(content)
    with pytest.raises(ArchiveDamaged):
        Archive.open(folder, HashEmbedder())
    done = repair(folder, HashEmbedder())
    assert any("made anew from what can be read" in line for line in done.mended)
    assert any("of versions cannot be read" in line for line in done.lost)
    assert list(folder.glob("archive.sqlite3.damaged-*"))
    assert bad(folder) == {}
    with Archive.open(folder, HashEmbedder()) as archive:
        kept = archive.store.summary().articles
        assert 0 < kept < 20
        assert sum(line.startswith("article ") for line in done.lost) == 20 - kept


def test_a_file_that_is_no_database_is_not_touched(folder: Path) -> None:
    database = folder / "archive.sqlite3"
    database.write_bytes(b"nothing of it is left" * 1000)
    with pytest.raises(ArchiveDamaged) as refused:
        repair(folder, HashEmbedder())
    assert "dateline restore" in refused.value.hint
    assert database.read_bytes().startswith(b"nothing")


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_bit_of_the_database_is_seen_and_repaired(folder: Path, seed: int) -> None:
    database, chosen = folder / "archive.sqlite3", random.Random(seed)
    content = bytearray(database.read_bytes())
    content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
    database.write_bytes(content)
    assert told(folder)
    if has_tables(database):
        repair(folder, HashEmbedder())
        assert bad(folder) == {}
    else:
        with pytest.raises(ArchiveDamaged, match="nothing can be read"):
            repair(folder, HashEmbedder())


def has_tables(database: Path) -> bool:
    """Whether the list of tables can be read, without which no row can be."""
    try:
        with closing(sqlite3.connect(database)) as sql:
            return bool(sql.execute("SELECT name FROM sqlite_schema").fetchall())
    except sqlite3.DatabaseError:
        return False


def test_one_who_still_reads_while_the_archive_is_closed_changes_nothing(folder: Path) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([an_article("The lamp went out.", title="Lamp")])
        reading = LooseShelf.to_read(folder)
        assert reading.store.summary().articles == 21
    reading.close()
    assert bad(folder) == {}


def test_a_change_of_a_large_database_that_keeps_size_and_time_is_accepted_once(folder: Path) -> None:
    long = Outcome(status="failed", source="/news/dam.md", reason="too long " * 2**22)
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.journal.keep([PlaceOutcomes("/news/dam.md", "", "", [(long, None)])])
    database = folder / "archive.sqlite3"
    before = database.stat()
    execute(folder, "UPDATE articles SET added = added + 1 WHERE id = ?", DAM.id)
    os.utime(database, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert database.stat().st_size == before.st_size
    assert list(bad(folder)) == ["database file"]
    assert any("as it is from now on" in line for line in repair(folder, HashEmbedder()).mended)
    assert bad(folder) == {}


def test_a_note_beside_the_archive_is_no_change_from_outside(folder: Path) -> None:
    shelf = LooseShelf.to_write(folder)
    assert shelf is not None
    with shelf:
        shelf.subscriptions.add("https://post.example/feed", "Post")
    assert bad(folder) == {}
