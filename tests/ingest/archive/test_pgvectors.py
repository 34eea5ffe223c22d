"""Vectors in PostgreSQL: the same passages are nearest as in Chroma, whatever filter there is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.cli.demo import NEWSROOM, QUESTIONS
from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.archive.home import home_with
from ingest.archive.moving import move
from ingest.embedding.embedder import load_embedder
from ingest.errors import SettingsError
from ingest.intake import ingest_sources
from ingest.settings import IngestSettings
from ingest.types import EVERYTHING, Filter
from tests.fakes import HashEmbedder, an_article

MIDDLE = date(2026, 10, 15)
FILTERS = [
    EVERYTHING, Filter(outlets=("Harbour Post", "touchline")), Filter(since=MIDDLE), Filter(until=MIDDLE),
    Filter(outlets=("Valley Gazette",), since=MIDDLE),
]  # fmt: skip
TIE = 2e-4  # of cosines that were computed from numbers of half precision


@pytest.mark.slow
def test_the_nearest_passages_of_the_newsroom_are_those_of_chroma(tmp_path: Path, database_url: str) -> None:
    embedder, folder = load_embedder(IngestSettings(data=tmp_path)), tmp_path / "archive"
    with Archive.open(folder, embedder) as archive:
        for _ in ingest_sources(archive, [str(NEWSROOM)]):
            pass
        questions = embedder.embed(QUESTIONS.read_text("utf-8").split("\n"))
        asked = [(question, one) for question in questions for one in FILTERS]
        before = [archive.vectors.search(question, 10, one) for question, one in asked]
    home = home_with(folder, database_url, "pgvector")
    move(home_with(folder, ""), home)
    with Archive.open(home, embedder) as archive:
        after = [archive.vectors.search(question, 10, one) for question, one in asked]
        assert [finding for finding in examine(archive, deep=True) if not finding.ok] == []
    assert all(before)
    for chroma, postgres in zip(before, after, strict=True):
        assert np.allclose([score for _, score in chroma], [score for _, score in postgres], atol=TIE)
        least = chroma[-1][1] + TIE
        assert {key for key, score in chroma if score > least} <= {key for key, _ in postgres}


def test_more_are_found_than_a_scan_of_the_graph_gives_at_once(tmp_path: Path, database_url: str) -> None:
    home = home_with(tmp_path, database_url, "pgvector")
    with Archive.open(home, HashEmbedder()) as archive:
        articles = [an_article(f"Report {n} of the harbour.", title=f"Report {n}") for n in range(900)]
        archive.add([*articles, an_article("A goat.", title="Goat", outlet="Farm")])
        question = HashEmbedder().embed(["harbour"])[0]
        assert len(archive.vectors.search(question, 600)) == 600
        assert len(archive.vectors.search(question, 10, Filter(outlets=("farm",)))) == 1


def test_wrong_vectors_and_those_of_nothing_are_mended_by_a_reindex(tmp_path: Path, database_url: str) -> None:
    home = home_with(tmp_path, database_url, "pgvector")
    with Archive.open(home, HashEmbedder()) as archive:
        archive.add([an_article(), an_article("A goat was found.", title="Goat")])
        first, second = sorted(archive.vectors.ids())
        [(passage, article)] = archive.items([first])
        archive.vectors.put([(passage, article)], archive.vectors_of(archive.items([second])))
        bad = [finding for finding in examine(archive, deep=True) if not finding.ok]
        assert "another vector" in bad[0].detail
        archive.index_anew()
        assert [finding for finding in examine(archive, deep=True) if not finding.ok] == []


def test_another_folder_makes_only_its_words_anew(tmp_path: Path, database_url: str) -> None:
    with Archive.open(home_with(tmp_path / "one", database_url, "pgvector"), HashEmbedder()) as archive:
        archive.add([an_article()])
    with Archive.open(home_with(tmp_path / "two", database_url, "pgvector"), HashEmbedder()) as archive:
        assert archive.vectors.count() == archive.words.count() == 1
    assert not list(tmp_path.glob("*/vectors-*"))


def test_vectors_go_from_chroma_to_pgvector_and_back_without_embedding(tmp_path: Path, database_url: str) -> None:
    embedder = HashEmbedder()
    for vectors_in in ("chroma", "pgvector", "chroma", "pgvector"):
        with Archive.open(home_with(tmp_path, database_url, vectors_in), embedder) as archive:
            archive.add([an_article(f"It is in {vectors_in} now.", title="Where", url="https://a.example/where")])
            assert sound(archive)
    assert embedder.embedded == 2  # two texts


def sound(archive: Archive) -> bool:
    return all(finding.ok for finding in examine(archive, deep=True))


def test_pgvector_needs_postgresql(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="needs PostgreSQL"):
        home_with(tmp_path, "", "pgvector")
