"""The index of vectors is opened when it is first needed; until then all vectors of the database are compared."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.archive.indexed import UNOPENED
from ingest.archive.manifest import Manifest
from ingest.archive.seal import Seal
from ingest.archive.vectors.index import VectorIndex
from ingest.embedding.embedder import Vectors
from ingest.types import EVERYTHING
from tests.fakes import HashEmbedder, an_article

DAM = an_article("The dam has a crack. It is 14 metres long.", title="Dam", url="https://post.example/dam")
CORRECTED = an_article("The dam has a crack. It is 41 metres long.", title="Dam", url="https://post.example/dam")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed archive of twenty articles, one of them in two versions, and one removed."""
    removed = an_article("The dam is gone.", title="Gone")
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(f"Report {n} about the dam of harbour {n}.", title=f"Report {n}") for n in range(19)])
        archive.add([DAM, removed])
        archive.add([CORRECTED])
        archive.remove(removed.id)
    return tmp_path


def asked(archive: Archive) -> Vectors:
    return np.asarray(archive.embedder.embed_query("the crack of the dam"), np.float32)


def is_open(archive: Archive) -> bool:
    return (archive.folder / f"{archive.manifest.vectors}.open").exists()


def test_a_few_searches_find_without_the_index_what_they_find_with_it(folder: Path) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        without = [archive.find_meaning(asked(archive), 8, EVERYTHING) for _ in range(UNOPENED)]
        assert not is_open(archive)
        opened = archive.find_meaning(asked(archive), 8, EVERYTHING)
        assert is_open(archive)
        assert len(archive.embeddings.nearest(asked(archive), 100)) == archive.store.count_passages() == 20
    for found in without:
        assert [round(score, 2) for _, score in found] == [round(score, 2) for _, score in opened]
        assert found[0][0] == opened[0][0]


def test_the_index_is_opened_however_many_search_at_once(folder: Path) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        with ThreadPoolExecutor(16) as searching:
            found = searching.map(lambda _: archive.find_meaning(asked(archive), 8, EVERYTHING), range(64))
        assert {len(one) for one in found} == {8}
        assert is_open(archive)


def test_what_is_added_changed_and_removed_before_the_index_was_needed_is_in_it(folder: Path) -> None:
    with Archive.open(folder, HashEmbedder()) as archive:
        archive.add_by_words([an_article("The lamp went out.", title="Lamp")])
        assert not is_open(archive)
        archive.add([DAM])
        archive.remove(next(one.id for one in archive.store.all_articles() if one.title == "Report 3"))
        assert [finding for finding in examine(archive) if not finding.ok] == []


def test_an_index_that_cannot_be_opened_when_it_is_needed_is_made_anew(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    manifest, seal = Manifest.load(folder), Seal.load(folder)
    assert manifest is not None
    (folder / manifest.vectors / "chroma.sqlite3").write_bytes(b"of another Chroma" * 1000)
    Seal.of(folder, manifest, seal, changed=False).save(folder)
    with caplog.at_level(logging.WARNING), Archive.open(folder, HashEmbedder()) as archive:
        assert isinstance(archive.vectors, VectorIndex)
        assert archive.manifest.generation == manifest.generation + 1
        assert [finding for finding in examine(archive) if not finding.ok] == []
    assert "making both search indexes" in caplog.text
