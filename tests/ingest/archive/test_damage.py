"""Files of the indexes that were damaged after a clean close, or by a kill: found when the archive is opened."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.archive.home import home_at
from ingest.archive.manifest import Manifest
from ingest.archive.probe import trouble_with_indexes
from ingest.archive.seal import Seal, derived
from ingest.archive.vectors.chroma import reached
from ingest.types import EVERYTHING
from tests.fakes import HashEmbedder, an_article

ARTICLES = 2050  # as many as make Chroma write its graph
GRAPH = "vectors-1/*/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed archive, not to be changed."""
    folder = tmp_path_factory.mktemp("archive")
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add([an_article(f"Report {n} about harbour {n}.", title=f"Report {n}") for n in range(ARTICLES)])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return copied(made, tmp_path / "archive")


def copied(made: Path, folder: Path) -> Path:
    subprocess.run(["cp", "-rp", made, folder], check=True)
    return folder


def deleted(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbled(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 16
    path.write_bytes(content)


def only(folder: Path, pattern: str) -> Path:
    [path] = folder.glob(pattern)
    return path


Damage = Callable[[Path], None]
thorough = [pytest.mark.slow, pytest.mark.thorough]


@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        (f"{GRAPH}header.bin", garbled),
        ("words-1-2/*.idx", flipped),
        pytest.param(f"{GRAPH}index_metadata.pickle", deleted, marks=thorough),
        pytest.param(f"{GRAPH}data_level0.bin", emptied, marks=thorough),
        pytest.param(f"{GRAPH}data_level0.bin", halved, marks=thorough),
        pytest.param(f"{GRAPH}link_lists.bin", garbled, marks=thorough),
        pytest.param("vectors-1/chroma.sqlite3", deleted, marks=thorough),
        pytest.param("vectors-1/chroma.sqlite3", flipped, marks=pytest.mark.slow),
        pytest.param("words-1-2/*.term", emptied, marks=thorough),
        pytest.param("words-1-2/meta.json", halved, marks=thorough),
    ],
)
def test_a_damaged_file_is_seen_and_its_index_is_made_anew(folder: Path, pattern: str, damage: Damage) -> None:
    damage(only(folder, pattern))
    with Archive.open(folder, HashEmbedder()) as archive:
        assert [finding for finding in examine(archive) if not finding.ok] == []
        assert archive.vectors.count() == archive.words.count() == ARTICLES


@pytest.mark.parametrize("damage", [garbled, flipped])
def test_the_doctor_looks_at_a_damaged_graph_without_following_it(folder: Path, damage: Damage) -> None:
    damage(only(folder, f"{GRAPH}header.bin"))
    with Archive.open(folder, HashEmbedder(), check=False) as archive:
        [bad] = [finding for finding in examine(archive) if not finding.ok]
    assert (bad.name, bad.damage) == ("words and vectors", True)
    assert (folder / "vectors-1").exists()


def test_indexes_are_not_looked_at_while_they_are_as_they_were_closed(folder: Path) -> None:
    before = only(folder, f"{GRAPH}header.bin").stat().st_mtime_ns
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.seal is not None
        assert archive.seal.differing(folder, whole=True) in ([], ["vectors-1/chroma.sqlite3"])
        assert archive.manifest.generation == 1
    assert only(folder, f"{GRAPH}header.bin").stat().st_mtime_ns == before


def test_a_sound_archive_without_a_seal_is_looked_at_and_kept(folder: Path) -> None:
    (folder / "seal.json").unlink()
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.manifest.generation == 1
    assert (folder / "seal.json").exists()


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (f"{GRAPH}link_lists.bin", "upper levels"),
        (f"{GRAPH}data_level0.bin", "lead nowhere"),
        ("words-1-2/*.store", "damaged in"),
    ],
)
def test_the_probe_says_what_is_wrong(folder: Path, pattern: str, said: str) -> None:
    assert trouble_with_indexes(home_at(folder), 0) == ""
    garbled(only(folder, pattern))
    assert said in trouble_with_indexes(home_at(folder), 0)


KILLED = """
import os, signal, sys
from pathlib import Path
from ingest.archive.archive import Archive
from ingest.embedding.chunk import passages
from tests.fakes import HashEmbedder, an_article

archive = Archive.open(Path(sys.argv[1]), HashEmbedder())
new = an_article("The dam has a crack of 14 metres.", title="Dam")
changed = an_article("Report 7 about another harbour.", title="Report 7")
cut = [(article, passages(article, archive.embedder.count_tokens)) for article in (new, changed)]
items = [(passage, article) for article, some in cut for passage in some]
archive.store.stage(cut)
stale = sorted(archive.store.passage_ids_of(changed.id, but=changed.digest))
if sys.argv[2] != "staged":
    archive.vectors.delete(stale)
if sys.argv[2] in ("words", "shown"):
    archive.words.put(items, stale)
if sys.argv[2] == "shown":
    archive.store.publish([new, changed])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("step", ["staged", "vectors", "words"])
def test_a_kill_before_publishing_costs_no_rebuild_and_its_articles_are_finished(folder: Path, step: str) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder), step], check=False)
    with Archive.open(folder, HashEmbedder(), check=False) as archive:
        bad = [finding for finding in examine(archive) if not finding.ok]
        assert [(finding.name, finding.damage) for finding in bad] == [("pending", False)]
        assert "dateline reindex" in bad[0].detail
        assert "--full" not in bad[0].detail
    for _ in range(2):
        with Archive.open(folder, HashEmbedder()) as archive:
            assert archive.manifest.generation == 1
            assert archive.store.pending() == []
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.catch_up() == 2
        assert [finding for finding in examine(archive) if not finding.ok] == []
        assert archive.store.summary().articles == ARTICLES + 1
        assert archive.manifest.generation == 1


def test_a_kill_before_meaning_leaves_articles_that_their_words_find(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder), "shown"], check=False)
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.manifest.generation == 1
        archive.finish_pending()
        assert [finding for finding in examine(archive) if not finding.ok] == []
        assert [key for key, _ in archive.find_words("crack", 5, EVERYTHING)]
        assert archive.catch_up() == 2
        assert archive.vectors.ids() == archive.words.ids() == set(archive.store.passage_ids())


def test_a_manifest_that_names_another_generation_is_no_loss(folder: Path) -> None:
    found = Manifest.load(folder)
    assert found is not None
    found.model_copy(update={"generation": 5}).save(folder)
    with Archive.open(folder, HashEmbedder()) as archive:
        assert archive.vectors.count() == ARTICLES


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.parametrize("damage", [deleted, emptied, halved, garbled, flipped])
def test_after_a_kill_every_damaged_file_is_seen_or_does_no_harm(made: Path, tmp_path: Path, damage: Damage) -> None:
    manifest = Manifest.load(made)
    assert manifest is not None
    for number, path in enumerate(derived(made, manifest)):
        folder = copied(made, tmp_path / str(number))
        (folder / f"{manifest.vectors}.open").touch()
        damaged = folder / path.relative_to(made)
        if damaged.stat().st_size:
            damage(damaged)
        with Archive.open(folder, HashEmbedder()) as archive:
            everything = set(archive.store.passage_ids())
            assert archive.words.ids() == everything, path.name
            assert reached(everything, archive.vectors.visible()), path.name
            assert [finding for finding in examine(archive, deep=True) if not finding.ok] == [], path.name


@pytest.mark.parametrize("seed", range(20))
def test_no_flipped_bit_of_an_index_escapes_the_seal(folder: Path, seed: int) -> None:
    manifest, seal = Manifest.load(folder), Seal.load(folder)
    assert manifest is not None
    assert seal is not None
    chosen = random.Random(seed)
    path = chosen.choice([each for each in derived(folder, manifest) if each.stat().st_size])
    content = bytearray(path.read_bytes())
    content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
    path.write_bytes(content)
    assert not seal.fits_indexes(folder, manifest)
