"""An archive does the same whether its database is a SQLite file or on a PostgreSQL server."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text, update

from ingest.archive.archive import Archive
from ingest.archive.backup import back_up, restore
from ingest.archive.doctor import Finding, examine
from ingest.archive.home import Embedded, Home, home_with
from ingest.archive.moving import move
from ingest.archive.repair import repair
from ingest.archive.shelf import LooseShelf
from ingest.database.engines import copying
from ingest.database.retention import Retentions
from ingest.database.store import open_engine
from ingest.database.tables import turns, versions
from ingest.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    DatabaseUnreachable,
    DatelineError,
    NotFound,
    SettingsError,
    SourceError,
)
from ingest.types import EVERYTHING, Filter
from tests.fakes import HashEmbedder, an_article
from tests.postgres import database_of

FERRY = an_article(url="https://post.example/ferry")
DAM = an_article("The dam has a crack. It is 14 metres long.", title="Dam", url="https://post.example/dam")
CORRECTED = an_article("The dam has a crack. It is 41 metres long.", title="Dam", url="https://post.example/dam")
STORM = an_article(
    "A storm has closed the port.", title="Storm", outlet="The Storm", url="https://storm.example/port"
)
ZURICH = an_article("Der Zug nach ZÜRICH fährt.", title="Zürich", outlet="ÉCHO", url="https://echo.example/zug")


def fill(home: Home) -> None:
    with Archive.open(home, HashEmbedder()) as archive:
        archive.add([FERRY, DAM, ZURICH])
        archive.add([CORRECTED])


def bad(home: Home) -> list[Finding]:
    with Archive.open(home, HashEmbedder(), check=False) as archive:
        return [finding for finding in examine(archive, deep=True) if not finding.ok]


def texts(home: Home) -> set[str]:
    with LooseShelf.to_read(home) as shelf:
        return {one.text for one in shelf.store.all_articles()}


def test_articles_are_there_when_an_archive_is_opened_again(home: Home) -> None:
    fill(home)
    embedder = HashEmbedder()
    with Archive.open(home, embedder) as archive:
        assert {one.text for one in archive.store.all_articles()} == {FERRY.text, CORRECTED.text, ZURICH.text}
        assert [row.state for row in archive.store.versions(DAM.id)] == ["ready", "ready"]
        found = archive.find_words("dam crack", 5, EVERYTHING)
        assert archive.items([found[0][0]])[0][1].id == DAM.id
        nearest = archive.find_meaning(embedder.embed(["ferry strike"])[0], 5, Filter(outlets=("harbour post",)))
        assert archive.items([nearest[0][0]])[0][1].id == FERRY.id
    assert bad(home) == []
    assert embedder.embedded == 1  # the question
    assert texts(home) == {FERRY.text, CORRECTED.text, ZURICH.text}


def test_days_far_from_today_are_kept_and_filtered_by(home: Home) -> None:
    days = [
        datetime(1702, 3, 11, tzinfo=UTC),
        datetime(2026, 10, 7, tzinfo=UTC),
        datetime(2093, 1, 1, tzinfo=UTC),
        None,
    ]
    written = [an_article(f"Report {n}.", title=f"Report {n}", published=day) for n, day in enumerate(days)]
    with Archive.open(home, HashEmbedder()) as archive:
        archive.add(written)
        for filters, found in (
            (Filter(until=date(1800, 1, 1)), {0, 3}), (Filter(since=date(1800, 1, 1)), {1, 2}),
            (Filter(since=date(2090, 1, 1)), {2}), (EVERYTHING, {0, 1, 2, 3}),
        ):  # fmt: skip
            expected = {written[n].id for n in found}
            keys = [key for key, _ in archive.vectors.search(HashEmbedder().embed(["report"])[0], 10, filters)]
            assert {article.id for _, article in archive.items(keys)} == expected
            words = [key for key, _ in archive.find_words("report", 10, filters)]
            assert {article.id for _, article in archive.items(words)} == expected
    assert bad(home) == []


def test_what_a_conversation_cites_is_not_due_to_be_dropped(home: Home) -> None:
    fill(home)
    with Archive.open(home, HashEmbedder()) as archive:
        engine, later = archive.store.engine, datetime(2090, 1, 1, tzinfo=UTC)
        archive.subscriptions.add("https://post.example/feed")
        for article in (FERRY, DAM):
            archive.subscriptions.took("https://post.example/feed", article.id, "", article.id, new=True, failures=0)
        retentions = Retentions(engine, now=lambda: later)
        retentions.set("feed", "https://post.example/feed", 90)
        assert {one.article_id for one in retentions.due()} == {FERRY.id, DAM.id}
        cited = json.dumps({"citations": [{"article_id": DAM.id}]})
        with engine.begin() as sql:
            for number, answer in enumerate((cited, "{}", '{"citations": null}')):
                sql.execute(insert(turns).values(conversation="a", number=number, answer=answer, at=0))
        assert {one.article_id for one in retentions.due()} == {FERRY.id}
        archive.subscriptions.move("https://post.example/feed", "https://post.example/other")
        assert [(one.value, one.days) for one in retentions.list()] == [("https://post.example/other", 90)]


def test_a_removed_article_is_gone(home: Home) -> None:
    fill(home)
    with Archive.open(home, HashEmbedder()) as archive:
        archive.remove(FERRY.id)
    with LooseShelf.to_read(home) as shelf:
        assert {one.id for one in shelf.store.all_articles()} == {DAM.id, ZURICH.id}
        assert shelf.store.languages() == {"": 2}
    assert bad(home) == []


def test_titles_are_searched_without_regard_to_the_case_of_ascii_letters(home: Home) -> None:
    fill(home)
    found: dict[str, set[str]] = {"zürich": {ZURICH.id}, "ZüRICH": {ZURICH.id}, "ZÜRICH": set(), "DAM": {DAM.id}}
    with LooseShelf.to_read(home) as shelf:
        for typed, ids in {**found, "%": set(), "_": set()}.items():
            assert {row.id for row in shelf.store.list_articles(text=typed)[1]} == ids, typed


def test_the_doctor_sees_a_changed_text_and_repair_brings_the_last_whole_version_back(home: Home) -> None:
    fill(home)
    engine = home.open()
    with engine.begin() as sql:
        sql.execute(update(versions).where(versions.c.digest == CORRECTED.digest).values(text="Something else."))
    engine.dispose()
    assert "digests of texts and embeddings" in {finding.name for finding in bad(home)}
    done = repair(home, HashEmbedder())
    assert done.lost == (f"version {CORRECTED.digest} of article {DAM.id}: its text has changed on the disk",)
    assert DAM.text in texts(home)
    assert bad(home) == []


def test_a_backup_brings_everything_back_into_either_kind_of_home(
    home: Home, tmp_path: Path, database_url: str
) -> None:
    fill(home)
    file = tmp_path / "backup"
    assert back_up(home, file).articles == 3
    for place, address in (("folder", ""), ("node", database_url)):
        other, embedder = home_with(tmp_path / place, address), HashEmbedder()
        if address and home.address:
            continue  # there is one database for each test
        restore(file, other, embedder)
        assert embedder.embedded == 0
        assert texts(other) == texts(home)
        assert bad(other) == []
        with pytest.raises(SourceError, match="there is an archive"):
            restore(file, other, embedder)


def test_a_restore_into_a_database_that_another_writes_to_is_refused(
    embedded: Home, node: Home, tmp_path: Path
) -> None:
    fill(embedded)
    back_up(embedded, tmp_path / "backup")
    elsewhere = home_with(tmp_path / "elsewhere", node.address)
    node.begin_writing("dateline restore")
    with pytest.raises(ArchiveBusy, match="dateline restore"):
        restore(tmp_path / "backup", elsewhere, HashEmbedder())
    assert not node.exists()
    node.end_writing()
    restore(tmp_path / "backup", elsewhere, HashEmbedder())
    assert texts(node) == texts(embedded)


def test_a_restore_that_fails_leaves_the_database_empty(embedded: Home, node: Home, tmp_path: Path) -> None:
    fill(embedded)
    whole, unfit = tmp_path / "whole.backup", tmp_path / "unfit.backup"
    back_up(embedded, whole)
    with embedded.rows(writing=True) as sql:
        sql.execute("UPDATE versions SET text = 'A sign that PostgreSQL does not keep: ' || char(0)")
    back_up(embedded, unfit)
    with pytest.raises(DatelineError):
        restore(unfit, node, HashEmbedder())
    assert not node.exists()
    restore(whole, node, HashEmbedder())
    assert bad(node) == []


# On a server


@pytest.fixture
def node(database_url: str, tmp_path: Path) -> Home:
    return home_with(tmp_path / "node", database_url)


@pytest.fixture
def embedded(tmp_path: Path) -> Home:
    return home_with(tmp_path / "embedded", "")


def test_one_process_writes_at_a_time_whatever_its_folder(node: Home, tmp_path: Path) -> None:
    elsewhere = home_with(tmp_path / "another", node.address)
    with Archive.open(node, HashEmbedder()), pytest.raises(ArchiveBusy, match="in use by dateline"):
        Archive.open(elsewhere, HashEmbedder())
    Archive.open(elsewhere, HashEmbedder()).close()


# Of this database alone, as other tests have theirs on the same server; each call waits until its process has ended.
END_LEASES = """SELECT pg_terminate_backend(pid, 60000) FROM pg_locks WHERE locktype = 'advisory' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def lose_lease(node: Home) -> None:
    engine = node.open()
    with engine.begin() as sql:
        sql.execute(text(END_LEASES))
    engine.dispose()


def test_a_writer_whose_connection_was_lost_goes_on_with_another(node: Home) -> None:
    with Archive.open(node, HashEmbedder()) as archive:
        archive.add([FERRY])
        lose_lease(node)
        archive.add([DAM])
        with pytest.raises(ArchiveBusy):
            Archive.open(home_with(node.folder.with_name("another"), node.address), HashEmbedder())
    assert texts(node) == {FERRY.text, DAM.text}
    assert bad(node) == []


def test_a_writer_that_was_followed_by_another_writes_no_more(node: Home) -> None:
    with Archive.open(node, HashEmbedder()) as archive:
        lose_lease(node)
        with Archive.open(home_with(node.folder.with_name("another"), node.address), HashEmbedder()) as other:
            with pytest.raises(ArchiveBusy):
                archive.add([FERRY])
            other.add([DAM])
        archive.add([ZURICH])
        assert len(archive.find_words("dam crack", 5, EVERYTHING)) == 1
    assert texts(node) == {DAM.text, ZURICH.text}
    assert bad(node) == []


def test_a_writer_that_had_not_opened_its_vectors_follows_another_one(node: Home) -> None:
    fill(node)
    with Archive.open(node, HashEmbedder()) as archive:
        assert set(archive.store.outlets()) == {"Harbour Post", "ÉCHO"}
        lose_lease(node)
        with Archive.open(home_with(node.folder.with_name("another"), node.address), HashEmbedder()) as other:
            other.add([STORM])
        archive.require_writing()
        assert "The Storm" in archive.store.outlets()
        assert len(archive.find_words("storm port", 5, EVERYTHING)) == 1
    assert bad(node) == []


def test_indexes_that_were_closed_behind_another_writer_follow_it_when_they_are_opened(node: Home) -> None:
    fill(node)
    with Archive.open(node, HashEmbedder()):
        lose_lease(node)
        with Archive.open(home_with(node.folder.with_name("another"), node.address), HashEmbedder()) as other:
            other.remove(FERRY.id)
            other.add([STORM])
    with Archive.open(node, HashEmbedder()) as archive:
        assert archive.manifest.generation == 1
        assert len(archive.find_words("storm port", 5, EVERYTHING)) == 1
    assert bad(node) == []


def test_the_indexes_of_a_folder_follow_what_was_written_from_another(node: Home, tmp_path: Path) -> None:
    elsewhere, embedder = home_with(tmp_path / "another", node.address), HashEmbedder()
    fill(node)
    with Archive.open(elsewhere, embedder) as archive:
        assert archive.manifest.generation == 2  # its indexes were made anew from the database
        archive.remove(FERRY.id)
        archive.add([an_article("A storm has closed the port.", title="Storm", url="https://post.example/storm")])
    embedded = embedder.embedded
    with Archive.open(node, embedder) as archive:
        assert archive.manifest.generation == 1  # which were brought up to date
        assert archive.find_words("ferry strike", 5, EVERYTHING) == []
        assert len(archive.find_words("storm port", 5, EVERYTHING)) == 1
    assert bad(node) == bad(elsewhere) == []
    assert embedder.embedded == embedded


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    home = home_with(tmp_path, "postgresql://somebody:secret@127.0.0.1:1/news")
    with pytest.raises(DatabaseUnreachable, match="cannot be used") as caught:
        Archive.open(home, HashEmbedder())
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["mysql://host/news", "news", "sqlite:///news"])
def test_an_address_of_another_kind_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="DATELINE_DATABASE_URL"):
        home_with(tmp_path, address)


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_letter_is_refused(postgres: Any, tmp_path: Path, encoding: str) -> None:
    options = f"TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'"
    refused = pytest.raises(SettingsError, match=f"has the encoding {encoding}")
    with database_of(postgres, options) as address, refused:
        Archive.open(home_with(tmp_path, address), HashEmbedder())


def test_a_folder_with_an_archive_of_its_own_is_no_node(node: Home) -> None:
    fill(Embedded(node.folder))
    with pytest.raises(SettingsError, match="an archive of its own"):
        Archive.open(node, HashEmbedder())


def test_a_node_without_its_address_is_not_taken_for_a_new_archive(node: Home) -> None:
    fill(node)
    with pytest.raises(SettingsError, match="on a PostgreSQL server"):
        Archive.open(node.folder, HashEmbedder())


# Moving


def test_an_archive_moves_to_postgresql_and_back_without_embedding(embedded: Home, database_url: str) -> None:
    fill(embedded)
    before, embedder = texts(embedded), HashEmbedder()
    node = home_with(embedded.folder, database_url)
    moved = move(embedded, node)
    assert (embedded.folder / moved.aside).exists()
    assert texts(node) == before
    with Archive.open(node, embedder) as archive:
        assert archive.manifest.generation == 1  # the indexes stayed
        archive.remove(FERRY.id)
    assert bad(node) == []
    assert move(node, embedded).rows == moved.rows - rows_of_ferry(moved.rows, node)
    assert texts(embedded) == before - {FERRY.text}
    assert bad(embedded) == []
    assert embedder.embedded == 0


def rows_of_ferry(before: int, node: Home) -> int:
    engine = node.open_to_read()
    with engine.connect() as sql:
        left = copying.count_rows(sql)
    engine.dispose()
    return before - left


def test_an_archive_moves_into_another_folder(node: Home, tmp_path: Path) -> None:
    fill(node)
    target = home_with(tmp_path / "other", "")
    move(node, target)
    Archive.open(target, HashEmbedder()).close()  # which makes the indexes
    assert texts(target) == texts(node)
    assert bad(target) == []


def test_only_an_empty_database_is_moved_into(embedded: Home, node: Home, tmp_path: Path) -> None:
    fill(embedded)
    fill(node)
    with pytest.raises(SourceError, match="there is an archive"):
        move(embedded, home_with(tmp_path / "third", node.address))
    with pytest.raises(SourceError, match="there is an archive"):
        move(node, embedded)
    assert bad(embedded) == bad(node) == []
    before = set(tmp_path.iterdir())
    with pytest.raises(NotFound):
        move(home_with(tmp_path / "fourth", ""), home_with(tmp_path / "fifth", node.address))
    assert set(tmp_path.iterdir()) == before


KILLED = """
import os, sys
from ingest.archive.home import home_with
from ingest.archive.moving import move
from pathlib import Path
left = [int(sys.argv[3])]
def told(step, done, of):
    left[0] -= 1
    if not left[0]:
        os._exit(9)
folder = Path(sys.argv[1])
move(home_with(folder, ""), home_with(folder, sys.argv[2]), told)
"""


@pytest.mark.parametrize("batches", [1, 4, 9, 14])
def test_a_move_that_was_killed_goes_on(embedded: Home, database_url: str, batches: int) -> None:
    fill(embedded)
    before, node = texts(embedded), home_with(embedded.folder, database_url)
    command = [sys.executable, "-c", KILLED, str(embedded.folder), database_url, str(batches)]
    assert subprocess.run(command, check=False, timeout=120).returncode == 9
    assert bad(embedded) == []
    with pytest.raises(ArchiveDamaged, match="from a move or restore that was interrupted"):
        Archive.open(home_with(embedded.folder.with_name("elsewhere"), database_url), HashEmbedder())
    move(embedded, node)
    assert texts(node) == before
    assert bad(node) == []


def test_what_was_changed_after_a_move_was_killed_is_moved_from_the_start(embedded: Home, database_url: str) -> None:
    fill(embedded)
    node = home_with(embedded.folder, database_url)
    command = [sys.executable, "-c", KILLED, str(embedded.folder), database_url, "9"]
    assert subprocess.run(command, check=False, timeout=120).returncode == 9
    with Archive.open(embedded, HashEmbedder()) as archive:
        archive.remove(FERRY.id)
    with pytest.raises(ArchiveDamaged, match="was changed"):
        move(embedded, node)
    move(embedded, node)
    assert texts(node) == {CORRECTED.text, ZURICH.text}
    assert bad(node) == []


def test_a_damaged_archive_is_not_moved(embedded: Home, node: Home) -> None:
    fill(embedded)
    engine = open_engine(embedded.folder / "archive.sqlite3")
    with engine.begin() as sql:
        sql.execute(text("UPDATE embeddings SET vector = zeroblob(128)"))
    engine.dispose()
    with pytest.raises(ArchiveDamaged, match="run dateline repair first"):
        move(embedded, node)
