"""Vectors on a Chroma server."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from ingest.archive.archive import Archive
from ingest.archive.home import home_of, home_with
from ingest.archive.vectors.index import VectorIndex
from ingest.archive.vectors.server import ChromaServer
from ingest.archive.vectors.store import VectorStore
from ingest.errors import DatabaseUnreachable, SettingsError
from ingest.settings import IngestSettings
from ingest.types import EVERYTHING, Filter
from tests.chroma import chroma_server
from tests.fakes import HashEmbedder, an_article
from tests.ingest.archive.test_homes import STORM, bad, fill

EMBEDDER = HashEmbedder()


def server_at(address: str, folder: Path, *, writes: bool = True) -> ChromaServer:
    name, model = folder.name.replace("_", "-"), EMBEDDER.fingerprint
    options = {"model": model, "dimension": EMBEDDER.dimension, "may_write": lambda: writes}
    return ChromaServer(address, folder, name=name, **options)  # type: ignore[arg-type]


def test_it_finds_what_an_index_in_the_folder_finds(chroma_url: str, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", EMBEDDER) as archive:
        outlets = ("The Tide", "Harbour Post")
        archive.add(
            [an_article(f"Item {n} of the sea.", title=f"Item {n}", outlet=outlets[n % 2]) for n in range(150)]
        )
        items = archive.items(sorted(archive.vectors.ids()))
        vectors = archive.vectors_of(items)
    in_folder = VectorIndex(tmp_path / "vectors", dimension=EMBEDDER.dimension)
    stores: list[VectorStore] = [server_at(chroma_url, tmp_path), in_folder]
    asked, only = EMBEDDER.embed(["Which item of the sea is 77?"])[0], Filter(outlets=("the tide",))
    near, few, counts = [], [], []
    for store in stores:
        store.open()
        store.put(items, vectors)
        store.delete([items[0][0].id])
        assert store.ids() == store.visible() == {passage.id for passage, _ in items[1:]}
        near.append([key for key, _ in store.search(asked, 5)])
        few.append([key for key, _ in store.search(asked, 5, only)])
        counts.append(store.count())
        store.close()
    assert near[0] == near[1]
    assert few[0] == few[1] != near[0]
    assert counts == [149, 149]


def test_only_who_may_write_changes_it(chroma_url: str, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", EMBEDDER) as archive:
        archive.add([an_article()])
        items = archive.items(sorted(archive.vectors.ids()))
        vectors = archive.vectors_of(items)
    writer, reader = server_at(chroma_url, tmp_path), server_at(chroma_url, tmp_path, writes=False)
    for store in (writer, reader):
        store.open()
    reader.put(items, vectors)
    assert writer.count() == 0
    writer.put(items, vectors)
    reader.delete([items[0][0].id])
    assert reader.count() == 1
    for store in (writer, reader):
        store.close()


def test_a_server_that_has_lost_the_vectors_gets_them_again(database_url: str, tmp_path: Path) -> None:
    with chroma_server(tmp_path) as address:
        fill(home_with(tmp_path / "node", database_url, address))
    (tmp_path / "data").rename(tmp_path / "gone")
    with chroma_server(tmp_path) as address:
        home, embedder = home_with(tmp_path / "node", database_url, address), HashEmbedder()
        with Archive.open(home, embedder) as archive:
            assert archive.vectors.count() == 3
        assert bad(home) == []
        assert embedder.embedded == 0


def test_while_a_server_is_away_the_vectors_of_the_database_are_compared(database_url: str, tmp_path: Path) -> None:
    with chroma_server(tmp_path) as address:
        home = home_with(tmp_path / "node", database_url, address)
        fill(home)
        archive = Archive.open(home, EMBEDDER)
        beside = Archive.open(home_with(tmp_path / "beside", database_url, address), EMBEDDER, beside=True)
        beside.follow()
        vector, of_outlet = EMBEDDER.embed(["storm port"])[0], Filter(outlets=("Harbour Post",))
        before = [archive.find_meaning(vector, 9, one) for one in (EVERYTHING, of_outlet)]
    with archive, beside:
        archive.add_by_words([STORM])
        beside.follow()
        assert len(beside.find_words("storm port", 5, EVERYTHING)) == 1
        for one in (archive, beside):
            away = [one.find_meaning(vector, 9, filters) for filters in (EVERYTHING, of_outlet)]
            assert [dict(some) for some in away] == [pytest.approx(dict(some), abs=1e-3) for some in before]
        with pytest.raises(DatabaseUnreachable):
            archive.catch_up()
        assert archive.awaiting.count() == 1
        with chroma_server(tmp_path, port=int(address.rpartition(":")[2])):
            assert archive.catch_up() == 0  # its embedding was kept
            beside.follow()
            assert archive.vectors.ids() == beside.vectors.ids() == set(archive.store.passage_ids())


def test_a_server_that_does_not_answer_is_named_without_its_password(database_url: str, tmp_path: Path) -> None:
    home = home_with(tmp_path / "node", database_url, "http://somebody:secret@127.0.0.1:1")
    with pytest.raises(DatabaseUnreachable, match=r"the Chroma server http://127\.0\.0\.1:1 ") as caught:
        fill(home)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"chroma_url": "chroma.example:8000"}, "DATELINE_CHROMA_URL is not usable"),
        ({"chroma_url": "http://:8000"}, "DATELINE_CHROMA_URL is not usable"),
        ({"chroma_url": "http://chroma.example:8000"}, "DATELINE_CHROMA_URL needs PostgreSQL"),
        (
            {"chroma_url": "http://chroma.example", "vectors": "pgvector", "database_url": "postgresql://x/news"},
            "DATELINE_VECTORS is pgvector",
        ),
    ],
)
def test_settings_that_do_not_fit_are_refused(tmp_path: Path, given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        home_of(IngestSettings.load(data=tmp_path, **given))


def test_the_address_of_a_server_is_a_secret(tmp_path: Path) -> None:
    settings = IngestSettings.load(data=tmp_path, chroma_url="https://somebody:secret@chroma.example/")
    assert settings.chroma_url == SecretStr("https://somebody:secret@chroma.example/")
    assert "secret" not in repr(settings)
