"""Archives that share a database: one process writes, the others follow it and take over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, update
from sqlalchemy.pool import Pool

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.archive.home import Home, home_with
from ingest.archive.repair import repair
from ingest.database.tables import versions
from ingest.embedding.chunk import passages
from ingest.errors import ArchiveBusy, ArchiveMismatch
from ingest.types import EVERYTHING
from tests.fakes import HashEmbedder, an_article
from tests.ingest.archive.test_homes import CORRECTED, DAM, FERRY, STORM, ZURICH, bad, fill, lose_lease

QUESTION = "storm port"


@pytest.fixture(
    params=[
        pytest.param("chroma", marks=[pytest.mark.slow, pytest.mark.thorough]),
        "pgvector",
        "chroma server",
    ]
)
def node(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Home:
    vectors = request.getfixturevalue("chroma_url") if request.param == "chroma server" else request.param
    return home_with(tmp_path / "node", database_url, vectors)


@pytest.fixture
def beside(node: Home) -> Home:
    return home_with(node.folder.with_name("beside"), node.address, node.vectors_in)


@pytest.fixture
def writer(node: Home) -> Iterator[Archive]:
    fill(node)
    with Archive.open(node, HashEmbedder()) as archive:
        yield archive


def found(archive: Archive, words: str = QUESTION) -> set[str]:
    """The articles that a search by words and one by meaning both find first."""
    vector = HashEmbedder().embed([words])[0]
    by_meaning = archive.items([key for key, _ in archive.find_meaning(vector, 1, EVERYTHING)])
    by_words = archive.items([key for key, _ in archive.find_words(words, 1, EVERYTHING)])
    return {article.id for _, article in by_meaning} & {article.id for _, article in by_words}


def test_who_opens_it_beside_a_writer_reads_and_follows(writer: Archive, beside: Home) -> None:
    embedder = HashEmbedder()
    with Archive.open(beside, embedder, beside=True) as archive:
        assert f"process {os.getpid()}" in archive.home.writer
        assert found(archive, "dam crack") == {DAM.id}
        writer.add([STORM])
        writer.remove(FERRY.id)
        archive.follow()
        assert found(archive) == {STORM.id}
        assert archive.find_words("ferry strike", 5, EVERYTHING) == []
        assert set(archive.store.outlets()) == set(writer.store.outlets())
        assert archive.vectors.ids() == writer.vectors.ids()
        assert embedder.embedded == 0
        generation = archive.manifest.generation
    with Archive.open(beside, embedder, beside=True) as archive:
        assert archive.manifest.generation == generation  # nothing was made anew
        assert found(archive) == {STORM.id}


def test_who_follows_does_not_connect_anew_each_time(writer: Archive, beside: Home) -> None:
    connected = []

    def note(*connection: object) -> None:
        connected.append(connection)

    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        archive.follow()
        event.listen(Pool, "connect", note)
        try:
            for _ in range(3):
                archive.follow()
        finally:
            event.remove(Pool, "connect", note)
    assert len(connected) == 0


def test_what_waits_for_its_meaning_gets_it_when_the_writer_has_embedded_it(writer: Archive, beside: Home) -> None:
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        writer.add_by_words([STORM])
        archive.follow()
        assert len(archive.find_words(QUESTION, 5, EVERYTHING)) == 1
        assert archive.vectors.ids() == archive.vectors.ids() - archive.awaiting.ids()
        writer.catch_up()
        archive.follow()
        assert found(archive) == {STORM.id}
        assert archive.vectors.ids() == writer.vectors.ids()


def test_only_the_writer_writes(writer: Archive, beside: Home) -> None:
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        for write in (
            lambda: archive.add([STORM]),
            lambda: archive.remove(DAM.id),
            lambda: archive.drop({DAM.id: "old"}),
            archive.index_anew,
            archive.rebuild,
        ):
            with pytest.raises(ArchiveBusy, match="in use by"):
                write()
    assert found(writer, "dam crack") == {DAM.id}


def test_who_follows_takes_over_and_finishes_what_was_begun(node: Home, beside: Home) -> None:
    fill(node)
    with Archive.open(node, HashEmbedder()) as first, Archive.open(beside, HashEmbedder(), beside=True) as second:
        second.follow()
        assert second.home.writer
        cut = [(STORM, passages(STORM, first.embedder.count_tokens))]
        first.store.stage(cut)  # and is killed before it is shown
        lose_lease(node)
        second.follow()
        assert not second.home.writer
        assert second.store.article(STORM.id) is not None
        second.add([an_article("A lamp went out.", title="Lamp", url="https://post.example/lamp")])
        with pytest.raises(ArchiveBusy):
            first.add([CORRECTED])
        first.follow()
        assert first.home.writer
        assert found(first, "lamp went out") == found(second, "lamp went out") != set()
    assert bad(node) == bad(beside) == []


def test_indexes_that_are_damaged_are_made_anew_without_touching_what_is_shared(
    writer: Archive, beside: Home
) -> None:
    Archive.open(beside, HashEmbedder(), beside=True).close()
    for path in beside.folder.rglob("*.store"):
        path.write_bytes(b"")
    writer.add_by_words([STORM])
    waiting = writer.awaiting.ids()
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        assert found(archive, "dam crack") == {DAM.id}
        assert len(archive.find_words(QUESTION, 5, EVERYTHING)) == 1
    assert writer.awaiting.ids() == waiting != set()
    writer.catch_up()
    assert found(writer) == {STORM.id}


def test_who_follows_refuses_to_go_on_with_the_vectors_of_another_model(node: Home, beside: Home) -> None:
    fill(node)
    another = HashEmbedder(fingerprint="another")
    with Archive.open(node, another, check=False) as writer:
        with pytest.raises(ArchiveMismatch):
            Archive.open(beside, another, beside=True)
        with Archive.open(beside, HashEmbedder(), beside=True) as archive:
            archive.follow()
            writer.rebuild()
            with pytest.raises(ArchiveMismatch, match="was built with embedder another"):
                archive.follow()


def test_who_has_another_model_does_not_take_over(node: Home, beside: Home) -> None:
    fill(node)
    another = HashEmbedder(fingerprint="another")
    with Archive.open(node, another, check=False) as writer, Archive.open(beside, HashEmbedder(), beside=True) as old:
        writer.rebuild()
        writer.close()
        for _ in range(2):
            with pytest.raises(ArchiveMismatch, match="was built with embedder another"):
                old.follow()
        with pytest.raises(ArchiveMismatch):
            old.add([STORM])
    with Archive.open(node, another) as archive:
        assert archive.store.article(STORM.id) is None
        assert archive.embeddings.lacking() == set()


def test_a_writer_has_nothing_of_its_own_to_follow(writer: Archive) -> None:
    writer.add([STORM])
    writer.follow()
    assert list(writer.following.changes()) == []
    assert writer.home.is_followed()


def test_who_followed_and_was_killed_goes_on_with_its_indexes(writer: Archive, beside: Home) -> None:
    killed = home_with(beside.folder.with_name("killed"), beside.address, beside.vectors_in)
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        assert found(archive, "dam crack") == {DAM.id}
        shutil.copytree(beside.folder, killed.folder, ignore=shutil.ignore_patterns("lock"))
        generation = archive.manifest.generation
    writer.add([STORM])
    writer.remove(FERRY.id)
    with Archive.open(killed, HashEmbedder(), beside=True) as archive:
        assert archive.manifest.generation == generation  # nothing was made anew
        assert found(archive) == {STORM.id}
        assert archive.find_words("ferry strike", 5, EVERYTHING) == []


def test_what_one_has_begun_no_other_finishes(writer: Archive, beside: Home) -> None:
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        writer.store.stage([(STORM, passages(STORM, writer.embedder.count_tokens))])
        with pytest.raises(ArchiveBusy):
            archive.finish_pending()
        assert [one.id for one, _ in writer.store.pending()] == [STORM.id]


def test_who_only_reads_does_not_say_how_the_archive_is_made(writer: Archive, beside: Home) -> None:
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        beside.save(archive.manifest.model_copy(update={"rebuilding": True}))
    made = writer.home.manifest()
    assert made is not None
    assert not made.rebuilding


def test_what_came_while_indexes_were_made_anew_waits_for_its_meaning(writer: Archive) -> None:
    cut = [(STORM, passages(STORM, writer.embedder.count_tokens))]

    def come(_done: int) -> None:  # as of another process, where the lock was lost meanwhile
        if writer.store.article(STORM.id) is None:
            writer.store.stage(cut)
            writer.store.publish([STORM])

    writer.index_anew(come)
    assert writer.awaiting.ids() == {passage.id for _, cuts in cut for passage in cuts}


def test_what_a_reader_has_still_to_follow_is_no_damage(writer: Archive, beside: Home) -> None:
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        assert found(archive, "dam crack") == {DAM.id}
        writer.add([STORM])
        writer.remove(FERRY.id)
        assert [finding for finding in examine(archive, deep=True) if not finding.ok] == []


def test_who_follows_forgets_what_a_repair_could_not_keep(node: Home, beside: Home) -> None:
    fill(node)
    with Archive.open(node, HashEmbedder()) as writer, Archive.open(beside, HashEmbedder(), beside=True) as archive:
        assert found(archive, "ferry strike") == {FERRY.id}
        with writer.store.engine.begin() as sql:
            for article in (FERRY, CORRECTED):
                sql.execute(update(versions).where(versions.c.digest == article.digest).values(text="of the disk"))
        writer.close()
        assert repair(node, HashEmbedder()).lost
        archive.follow()
        assert archive.find_words("ferry strike", 5, EVERYTHING) == []
        assert found(archive, "dam crack") == {DAM.id}
        assert archive.vectors.ids() == set(archive.store.current_ids_of([DAM.id, ZURICH.id]))
