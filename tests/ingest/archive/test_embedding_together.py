"""Processes that share a database embed for the one that writes: nothing twice, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.archive.catching_up import AT_ONCE, catch_up, embed_for_writer
from ingest.archive.home import Home, home_with
from ingest.embedding.embedder import Vectors
from ingest.embedding.reading import Titled, read_passages
from ingest.errors import DatelineError
from tests.fakes import HashEmbedder
from tests.ingest.archive.test_catching_up import REPORTS
from tests.waiting import wait_for


@pytest.fixture
def node(database_url: str, tmp_path: Path) -> Home:
    return home_with(tmp_path / "node", database_url)


@pytest.fixture
def writer(node: Home) -> Iterator[Archive]:
    with Archive.open(node, HashEmbedder()) as archive:
        archive.add_by_words(REPORTS)
        yield archive


@pytest.fixture
def helper(writer: Archive, node: Home) -> Iterator[Archive]:
    beside = home_with(node.folder.with_name("beside"), node.address)
    with Archive.open(beside, HashEmbedder(), beside=True) as archive:
        yield archive


def embedded(archive: Archive) -> int:
    assert isinstance(archive.embedder, HashEmbedder)
    return archive.embedder.embedded


def test_what_another_process_has_embedded_is_only_indexed(writer: Archive, helper: Archive) -> None:
    waiting = writer.awaiting.count()
    read = partial(read_passages, helper.embedder)
    while embed_for_writer(helper, read):
        pass
    assert embedded(helper) >= waiting == writer.awaiting.count()
    assert writer.catch_up() == 0
    assert writer.vectors.ids() == set(writer.store.passage_ids())
    helper.follow()
    assert helper.vectors.ids() == writer.vectors.ids()


def test_what_one_reads_the_other_does_not(writer: Archive, helper: Archive) -> None:
    with helper.awaiting.taken(AT_ONCE) as theirs, writer.awaiting.taken(2 * AT_ONCE) as mine:
        assert len(theirs) == AT_ONCE
        assert set(mine) == writer.awaiting.ids() - set(theirs)
    with writer.awaiting.taken(AT_ONCE) as freed:
        assert freed == theirs


def test_what_was_taken_by_one_who_fails_is_embedded_by_the_writer(writer: Archive, helper: Archive) -> None:
    def fail(_titled: Titled) -> None:
        raise DatelineError("the machine is gone")

    with pytest.raises(DatelineError):
        embed_for_writer(helper, fail)  # type: ignore[arg-type]
    assert writer.catch_up() == len(writer.store.passage_ids())


def test_the_writer_waits_for_what_others_read(writer: Archive, helper: Archive) -> None:
    looks = list[int]()

    def read(titled: Titled) -> tuple[Vectors, Sequence[Vectors]]:
        looks.append(len(titled))
        return read_passages(writer.embedder, titled)

    with ThreadPoolExecutor(1) as pool:
        with helper.awaiting.taken(10_000):
            caught_up = pool.submit(lambda: list(catch_up(writer, read=read)))
            wait_for(lambda: len(looks) > 2)
            assert not caught_up.done()
        assert caught_up.result()[-1].done == len(writer.store.passage_ids())


def test_an_article_is_removed_while_another_process_reads_its_passages(writer: Archive, helper: Archive) -> None:
    with helper.awaiting.taken(AT_ONCE) as theirs:
        gone = writer.store.passages(theirs[:1])[theirs[0]].article_id
        writer.remove(gone)  # it waits for nobody
    assert set(theirs) > set(theirs) & writer.awaiting.ids()


def test_while_the_writer_waits_for_its_turn_nobody_embeds_the_same(writer: Archive, helper: Archive) -> None:
    waiting = writer.awaiting.count()

    @contextmanager
    def turn() -> Iterator[None]:
        while embed_for_writer(helper, partial(read_passages, helper.embedder)):
            pass
        yield

    assert list(catch_up(writer, turn=turn))[-1].done == waiting
    assert embedded(writer) + embedded(helper) == waiting
