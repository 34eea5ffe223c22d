"""Passages that Chroma's graph has no way to."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.archive.vectors.chroma import reached
from ingest.archive.vectors.index import VectorIndex
from ingest.embedding.chunk import passages
from tests.fakes import HashEmbedder, an_article


@pytest.mark.parametrize(
    ("there", "lost", "sound"), [(100, 0, True), (100, 2, True), (100, 3, False), (16, 1, False), (17, 1, True)]
)
def test_a_few_passages_that_vector_search_misses_are_no_damage(there: int, lost: int, sound: bool) -> None:
    ids = {str(number) for number in range(there)}
    assert reached(ids, {str(number) for number in range(there - lost)}) is sound


def test_what_no_search_reaches_is_written_anew_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = HashEmbedder()
    articles = [an_article(f"The ferry to Ellery was {n} minutes late.", title=f"Late {n}") for n in range(100)]
    items = [(passage, article) for article in articles for passage in passages(article, embedder.count_tokens)]
    vectors = embedder.embed([passage.text for passage, _ in items])
    index = VectorIndex(tmp_path / "vectors", dimension=embedder.dimension)
    index.open()
    index.put(items, vectors)
    there, before = index.ids(), records(index)
    lost = sorted(there)[:2]  # what the graph loses by chance: a test cannot make it lose any
    monkeypatch.setattr(index, "visible", lambda: there - set(lost))
    assert index.relink() == len(lost)
    assert records(index) == before + len(lost)
    assert index.ids() == there
    own = {passage.id: vector for (passage, _), vector in zip(items, vectors, strict=True)}
    for key in lost:
        [(nearest, similarity)] = index.search(np.array(own[key], np.float32), 1)
        assert (nearest, round(similarity, 3)) == (key, 1.0)
    index.close()


def records(index: VectorIndex) -> int:
    """How many writes Chroma has noted."""
    with sqlite3.connect(index.path / "chroma.sqlite3") as sql:
        return int(sql.execute("SELECT max(seq_id) FROM embeddings_queue").fetchone()[0])


OPENED = """
import os, sys
from pathlib import Path
from ingest.archive.vectors.index import VectorIndex
index = VectorIndex(Path(sys.argv[1]) / "vectors", dimension=4)
index.open()
index.close()
print(os.getcwd())
"""


def test_settings_of_other_programs_in_the_working_directory_are_not_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHROMA_SERVER_HTTP_PORT=none\n")
    (tmp_path / "archive").mkdir()
    command = [sys.executable, "-c", OPENED, str(tmp_path / "archive")]
    path = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, text=True, check=False, timeout=120)
    assert (done.stdout.strip(), done.returncode) == (str(tmp_path), 0), done.stderr
