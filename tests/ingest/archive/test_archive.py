import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.database.tables import sentence_embeddings
from ingest.embedding.chunk import embedding_key
from ingest.errors import ArchiveDamaged, ArchiveMismatch, NotFound
from ingest.types import EVERYTHING, Filter
from tests.fakes import HashEmbedder, an_article


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive that must be in order when the test is over."""
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened
        assert [finding for finding in examine(opened) if not finding.ok] == []


def embedded(archive: Archive) -> int:
    """How many texts were embedded for it."""
    assert isinstance(archive.embedder, HashEmbedder)
    return archive.embedder.embedded


def found(archive: Archive, words: str, filters: Filter = EVERYTHING) -> list[str]:
    ids = [key for key, _ in archive.find_words(words, 10, filters)]
    passages = archive.store.passages(ids)
    return [passages[key].text for key in ids]


def near(archive: Archive, text: str, filters: Filter = EVERYTHING) -> list[str]:
    ids = [key for key, _ in archive.find_meaning(archive.embedder.embed([text])[0], 10, filters)]
    passages = archive.store.passages(ids)
    return [passages[key].text for key in ids]


def test_an_added_article_is_found_by_words_and_by_meaning(archive: Archive) -> None:
    archive.add([an_article(), an_article("The dam has a crack of 14 metres.", title="Dam")])
    assert found(archive, "harbour office strike") == ["The ferry strike ended on Monday, the harbour office said."]
    assert near(archive, "a crack in the dam")[0] == "The dam has a crack of 14 metres."


def test_a_passage_is_a_slice_of_its_article(archive: Archive) -> None:
    article = an_article("Élan vital 🙂. " + "The dam has a crack. Nobody knew of it. " * 60)
    archive.add([article])
    kept = archive.store.article(article.id)
    assert kept == article
    for passage in archive.store.passages(archive.store.passage_ids()).values():
        assert article.text[passage.start : passage.end] == passage.text


def test_a_new_version_replaces_what_is_found_and_keeps_the_old_text(archive: Archive) -> None:
    url = "https://harbourpost.example/dam"
    old = an_article("The crack is 41 metres long. Engineers are on their way.", title="Dam", url=url)
    new = an_article("The crack is 14 metres long. Engineers are on their way.", title="Dam", url=url)
    archive.add([old])
    archive.add([new])
    assert near(archive, "crack") == [new.text]
    assert found(archive, "crack metres") == [new.text]
    assert archive.store.article(old.id, old.digest) == old
    assert archive.store.article(old.id) == new


def test_text_that_did_not_change_is_not_embedded_again(archive: Archive) -> None:
    lines = [f"Sentence number {n} says something about harbour pilots and tide {n}." for n in range(120)]
    url = "https://harbourpost.example/a"
    archive.add([an_article(" ".join(lines), url=url)])
    before = embedded(archive)
    archive.add([an_article(" ".join([*lines, "One more."]), url=url)])
    assert embedded(archive) - before == 1


def test_a_removed_article_answers_nothing_any_more(archive: Archive) -> None:
    article = an_article()
    archive.add([article, an_article("The dam has a crack.", title="Dam")])
    archive.remove(article.id)
    assert archive.store.article(article.id) is None
    assert found(archive, "ferry strike") == []
    assert near(archive, "ferry strike") == ["The dam has a crack."]
    assert archive.identities.gone_because(article) == ""


def test_removing_what_is_not_there_says_so(archive: Archive) -> None:
    with pytest.raises(NotFound, match="no article nothing"):
        archive.remove("nothing")


def test_filters_hold_for_words_and_meaning(archive: Archive) -> None:
    archive.add(
        [
            an_article("The strike began.", title="A", outlet="Ledger", published=datetime(2026, 10, 1, tzinfo=UTC)),
            an_article("The strike went on.", title="B", published=datetime(2026, 10, 5, 23, 59, tzinfo=UTC)),
            an_article("The strike has no date.", title="C", published=None),
        ]
    )
    for search in (found, near):
        assert search(archive, "strike", Filter(outlets=("LEDGER",))) == ["The strike began."]
        assert search(archive, "strike", Filter(since=date(2026, 10, 2))) == ["The strike went on."]
        assert search(archive, "strike", Filter(until=date(2026, 10, 5), since=date(2026, 10, 5))) == [
            "The strike went on."
        ]
        assert sorted(search(archive, "strike", Filter(until=date(2026, 10, 1)))) == [
            "The strike began.",
            "The strike has no date.",
        ]
        assert len(search(archive, "strike")) == 3


def test_filters_hold_where_chroma_applies_them(archive: Archive) -> None:
    archive.add(
        [an_article("The strike began.", outlet="Ledger"), an_article("The strike has no date.", published=None)]
    )
    vector = archive.embedder.embed(["strike"])[0]
    for filters in (Filter(outlets=("ledger",)), Filter(since=date(2026, 1, 1))):
        [(key, _)] = archive.vectors.search(vector, 5, filters)
        assert archive.store.passages([key])[key].text == "The strike began."
    assert len(archive.vectors.search(vector, 5, Filter(until=date(2026, 12, 31)))) == 2


def test_what_was_pending_is_finished(archive: Archive) -> None:
    from ingest.embedding.chunk import passages

    article = an_article()
    archive.store.stage([(article, passages(article, archive.embedder.count_tokens))])
    assert archive.store.article(article.id) is None
    archive.finish_pending()
    assert archive.catch_up() == 1
    assert near(archive, "ferry") == [article.text]


def test_a_removal_that_was_begun_is_finished(archive: Archive) -> None:
    article = an_article()
    archive.add([article])
    archive.store.begin_removal({article.id: None})
    archive.finish_pending()
    assert archive.store.summary().articles == 0


def test_a_rebuild_embeds_nothing_and_finds_the_same(archive: Archive) -> None:
    archive.add([an_article(), an_article("The dam has a crack of 14 metres.", title="Dam")])
    before, so_far = near(archive, "dam"), embedded(archive)
    assert archive.rebuild() == 0
    assert embedded(archive) == so_far
    assert near(archive, "dam") == before


def test_the_archive_is_there_after_closing(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        assert near(archive, "ferry") == [an_article().text]


def test_a_second_owner_is_refused_by_name(tmp_path: Path) -> None:
    lock = f"ArchiveLock(Path({str(tmp_path)!r})).acquire('x')"
    code = f"from pathlib import Path; from ingest.archive.lock import ArchiveLock; {lock}"
    with Archive.open(tmp_path, HashEmbedder()):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ArchiveBusy" in done.stderr
    assert "in use by process" in done.stderr


def test_another_model_is_refused_until_the_archive_is_rebuilt_with_it(tmp_path: Path) -> None:
    other = HashEmbedder(dimension=32, fingerprint="hash/32")
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
    with pytest.raises(ArchiveMismatch, match="built with embedder hash/64, but hash/32 is configured"):
        Archive.open(tmp_path, other)
    with Archive.open(tmp_path, other, check=False) as archive:
        archive.rebuild()
    with Archive.open(tmp_path, other) as archive:
        assert near(archive, "ferry") == [an_article().text]
        assert all(finding.ok for finding in examine(archive))


def test_an_archive_of_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "schema_version": 99}))
    with sqlite3.connect(tmp_path / "archive.sqlite3") as sql:
        sql.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArchiveMismatch, match="newer"):
        Archive.open(tmp_path, HashEmbedder())


def test_a_missing_manifest_is_not_a_new_archive(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashEmbedder()).close()
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(ArchiveDamaged, match="is missing"):
        Archive.open(tmp_path, HashEmbedder())


@pytest.mark.parametrize(
    "damage",
    [
        "graph cut",
        *(
            pytest.param(damage, marks=[pytest.mark.slow, pytest.mark.thorough])
            for damage in ("vectors gone", "database of the vectors empty")
        ),
        pytest.param("words gone", marks=pytest.mark.slow),
    ],
)
def test_damaged_indexes_are_rebuilt_after_an_unclean_stop(tmp_path: Path, damage: str) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add(
            [an_article(f"Report {n} about harbour {n} and tide {n}.", title=f"Report {n}") for n in range(2100)]
        )
        vectors, words = tmp_path / archive.manifest.vectors, tmp_path / archive.manifest.words
        marker = tmp_path / f"{archive.manifest.vectors}.open"
    marker.touch()
    if damage == "vectors gone":
        shutil.rmtree(vectors)
    elif damage == "database of the vectors empty":
        (vectors / "chroma.sqlite3").write_bytes(b"")
    elif damage == "graph cut":
        [graph] = vectors.glob("*/data_level0.bin")
        graph.write_bytes(graph.read_bytes()[: graph.stat().st_size // 2])
    else:
        shutil.rmtree(words)
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        assert [finding for finding in examine(archive) if not finding.ok] == []
        assert archive.store.summary().passages == 2100


def test_a_long_look_at_indexes_that_were_not_closed_is_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(title=title) for title in ("Ferry sails", "Dam holds")])
        marker = tmp_path / f"{archive.manifest.vectors}.open"
    for soon, told in ((2, []), (1, ["the search indexes were not closed properly; comparing them with 2 passages"])):
        monkeypatch.setattr("ingest.archive.indexed.SOON", soon)
        marker.touch()
        caplog.clear()
        Archive.open(tmp_path, HashEmbedder()).close()
        assert caplog.messages == told


def test_the_doctor_sees_what_is_missing(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(), an_article("The dam has a crack.", title="Dam")])
        archive.vectors.delete(archive.store.passage_ids()[:1])
        [bad] = [finding for finding in examine(archive) if not finding.ok]
    assert (bad.name, bad.damage) == ("vectors", True)
    assert "1 missing" in bad.detail


def test_the_doctor_sees_articles_that_were_not_compared(archive: Archive) -> None:
    archive.add([an_article()])
    archive.stories.forget(an_article().id)
    [bad] = [finding for finding in examine(archive) if not finding.ok]
    assert (bad.name, bad.damage) == ("copies and stories", False)
    assert bad.detail == "1 not compared with the others; run dateline reindex"
    archive.finish_pending()


@pytest.mark.parametrize("gone", ["vectors", "words"])
def test_an_index_that_went_missing_after_a_clean_close_is_made_again(tmp_path: Path, gone: str) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
        path = tmp_path / getattr(archive.manifest, gone)
    shutil.rmtree(path)
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        assert [finding for finding in examine(archive) if not finding.ok] == []
        assert near(archive, "ferry") == [an_article().text]


def test_a_garbled_word_index_is_made_again(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
        meta = archive.words.path / "meta.json"
    meta.write_text("{")
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        assert found(archive, "ferry strike") == [an_article().text]


def test_what_the_user_keeps_beside_the_archive_stays(tmp_path: Path) -> None:
    notes, photos = tmp_path / "notes-2024.md", tmp_path / "words-of-2023"
    notes.write_text("mine")
    photos.mkdir()
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
        archive.rebuild()
    assert notes.read_text() == "mine"
    assert photos.is_dir()
    assert sorted(path.name for path in tmp_path.glob("vectors-*")) == ["vectors-2"]


def test_examining_an_archive_of_another_model_does_not_convert_it(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
        vectors, marker = tmp_path / archive.manifest.vectors, tmp_path / f"{archive.manifest.vectors}.open"
    marker.touch()
    shutil.rmtree(vectors)
    Archive.open(tmp_path, HashEmbedder(fingerprint="other"), check=False).close()
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        assert near(archive, "ferry") == [an_article().text]


def test_a_change_of_model_that_was_interrupted_has_to_be_run_again(tmp_path: Path) -> None:
    other = HashEmbedder(dimension=32, fingerprint="hash/32")
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])

    class Killed(Exception):
        pass

    def die(_done: int) -> None:
        raise Killed

    with Archive.open(tmp_path, other, check=False) as archive, pytest.raises(Killed):
        archive.rebuild(die)
    for embedder in (HashEmbedder(), other):
        with pytest.raises(ArchiveMismatch, match="reindex --full"):
            Archive.open(tmp_path, embedder)
    with Archive.open(tmp_path, other, check=False) as archive:
        archive.rebuild()
    with Archive.open(tmp_path, other) as archive:
        assert [finding for finding in examine(archive) if not finding.ok] == []


def test_nothing_of_a_removed_article_is_left_in_the_database(tmp_path: Path) -> None:
    article = an_article("The unmistakable word is zanzibarian.", title="Zanzibarian")
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([article, an_article()])
        archive.remove(article.id)
        key = embedding_key(article.title, article.text)
        assert archive.embeddings.find([key]) == {}
        assert archive.embeddings.missing([key]) == [key]
        with archive.store.engine.connect() as rows:
            assert key not in rows.execute(select(sentence_embeddings.c.key)).scalars().all()
    with sqlite3.connect(tmp_path / "archive.sqlite3") as sql:
        assert "anzibarian" not in "\n".join(sql.iterdump())


def test_versions_that_come_at_once_keep_their_order(archive: Archive) -> None:
    texts = [f"The crack is {metres} metres long." for metres in range(9)]
    told = [an_article(text, title="Dam", url="https://harbourpost.example/dam") for text in texts]
    for article in told:
        archive.add([article])
    assert [row.digest for row in archive.store.versions(told[0].id)] == [article.digest for article in told]
