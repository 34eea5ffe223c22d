"""Which articles a collection holds by the outlets that are its members."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.database.collections import Collections
from ingest.errors import NotFound
from ingest.types import Article, Filter, Member
from tests.fakes import HashEmbedder, an_article


def written_by(outlet: str, title: str) -> Article:
    return an_article(f"{title}, the harbour office said on Monday.", title=title, outlet=outlet)


def post(name: str) -> Member:
    return Member(kind="outlet", value=name)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, HashEmbedder()) as opened:
        opened.add([written_by("Harbour Post", "Strike ends"), written_by("Tide", "Crack found")])
        yield opened


@pytest.fixture
def collections(archive: Archive) -> Collections:
    return Collections(archive.store.engine)


def titles(archive: Archive) -> list[str]:
    _, listed = archive.store.list_articles(collection="post")
    return sorted(row.title for row in listed)


def test_an_outlet_is_a_member_with_what_it_writes_later(archive: Archive, collections: Collections) -> None:
    made = collections.change("post", add=[post("harbour post")], remove=[])
    assert (made.articles, made.members) == (1, (post("Harbour Post"),))
    archive.add([written_by("HARBOUR POST", "Night ferry"), written_by("Harbour Post Weekly", "Puzzles")])
    assert titles(archive) == ["Night ferry", "Strike ends"]
    assert archive.store.summary(Filter(collection="post")) == archive.store.summary(
        Filter(outlets=("harbour post",))
    )


def test_an_outlet_is_one_member_however_it_is_spelled(archive: Archive, collections: Collections) -> None:
    spelled = [post("Harbour Post"), post("harbour POST"), post(" Harbour Post ")]
    assert collections.change("post", add=spelled, remove=[]).members == (post("Harbour Post"),)
    assert collections.change("post", add=[], remove=[post("HARBOUR post")]).members == ()


def test_an_outlet_stays_a_member_after_its_last_article(archive: Archive, collections: Collections) -> None:
    collections.change("post", add=[post("Harbour Post")], remove=[])
    archive.remove(written_by("Harbour Post", "Strike ends").id)
    assert [(one.articles, one.members) for one in collections.list()] == [(0, (post("harbour post"),))]
    archive.add([written_by("Harbour Post", "Night ferry")])
    assert titles(archive) == ["Night ferry"]


def test_only_an_outlet_of_the_archive_can_become_a_member(collections: Collections) -> None:
    with pytest.raises(NotFound, match="there is no outlet Harbour") as refused:
        collections.change("post", add=[post("Harbour")], remove=[])
    assert refused.value.hint == "dateline outlets shows what there is"
    assert collections.list() == ()
