"""How long articles are kept: what is dropped, what stays, and that it stays out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.database.collections import Collections
from ingest.database.journal import PlaceOutcomes
from ingest.database.retention import Retentions
from ingest.database.store import now
from ingest.database.tables import turns, versions
from ingest.errors import NotFound
from ingest.intake import ingest_sources, reindex_sources
from ingest.pipeline import Event
from ingest.types import Member, Outcome, Report, Retention
from tests.fakes import HashEmbedder

FERRY = "---\ntitle: Ferry strike ends\n---\n\nThe ferry strike ended on Monday, the harbour office said.\n"
BUS = "---\ntitle: Night bus\n---\n\nA night bus will run to Cobb Mills from December on, the council said.\n"


class Newsstand:
    """An archive with two files in a folder, whose articles grow old as a test likes."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self.archive, self.folder = archive, folder
        self.ferry, self.bus = folder / "ferry.md", folder / "bus.md"
        folder.mkdir()
        self.ferry.write_text(FERRY)
        self.bus.write_text(BUS)
        self.ingest(folder)

    def ingest(self, *sources: Path) -> Report:
        return report_of(ingest_sources(self.archive, sources))

    def reindex(self) -> Report:
        return report_of(reindex_sources(self.archive))

    def grow_old(self, days: int) -> None:
        """As if everything had been ingested so many days earlier."""
        with self.archive.store.engine.begin() as sql:
            sql.execute(update(versions).values(seen=versions.c.seen - days * 86_400))

    def keep(self, path: Path, days: int) -> Retention:
        return self.archive.retentions.set("source", str(path), days)

    def titles(self) -> list[str]:
        return sorted(article.title for article in self.archive.store.all_articles())

    def id_of(self, title: str) -> str:
        return next(one.id for one in self.archive.store.all_articles() if one.title == title)


def report_of(events: Iterator[Event]) -> Report:
    return next(event for event in events if isinstance(event, Report))


def dropped(report: Report) -> list[Outcome]:
    return [outcome for outcome in report.outcomes if outcome.status == "dropped"]


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Newsstand]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        yield Newsstand(archive, tmp_path / "news")


def test_what_is_kept_no_longer_is_dropped_by_the_next_run_and_told(stand: Newsstand) -> None:
    stand.keep(stand.folder, 90)
    stand.grow_old(89)
    assert dropped(stand.reindex()) == []
    stand.grow_old(2)
    report = stand.reindex()
    assert report.counts["dropped"] == 2
    [ferry] = [one for one in dropped(report) if one.title == "Ferry strike ends"]
    assert (ferry.source, ferry.reason) == (str(stand.ferry), "90 days after it was ingested")
    assert stand.titles() == []
    assert {one.status for one in stand.archive.journal.list_outcomes()[1]} == {"dropped"}
    assert all(finding.ok for finding in examine(stand.archive, deep=True))


def test_what_was_dropped_does_not_come_back_and_is_not_even_read_again(stand: Newsstand) -> None:
    stand.keep(stand.folder, 90)
    stand.grow_old(91)
    stand.reindex()
    for again in (stand.reindex(), stand.ingest(stand.folder)):
        assert again.counts["unchanged"] == len(again.outcomes) == 2
        assert {one.reason for one in again.outcomes} == {"dropped 90 days after it was ingested"}
    stand.ferry.write_text(FERRY.replace("Monday", "Monday evening"))
    changed = stand.reindex()
    assert changed.counts["unchanged"] == len(changed.outcomes) == 2
    assert stand.titles() == []


def test_what_another_place_keeps_stays_while_that_place_cannot_be_read(stand: Newsstand, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "ferry.md"
    elsewhere.parent.mkdir()
    elsewhere.write_text(FERRY)
    stand.ingest(elsewhere.parent)
    stand.keep(stand.folder, 90)
    stand.grow_old(91)
    elsewhere.write_text("")
    assert [one.title for one in dropped(stand.reindex())] == ["Night bus"]
    elsewhere.unlink()
    assert stand.reindex().counts["dropped"] == 0
    assert stand.titles() == ["Ferry strike ends"]


def test_a_file_that_is_named_brings_its_article_back(stand: Newsstand) -> None:
    stand.keep(stand.folder, 90)
    stand.grow_old(91)
    stand.reindex()
    assert stand.ingest(stand.ferry).counts["added"] == 1
    assert stand.titles() == ["Ferry strike ends"]
    assert stand.reindex().counts["unchanged"] == 2
    assert stand.titles() == ["Ferry strike ends"]


def test_a_text_that_changes_is_kept_anew(stand: Newsstand) -> None:
    stand.keep(stand.folder, 90)
    stand.grow_old(80)
    stand.ferry.write_text(FERRY.replace("Monday", "Monday evening"))
    stand.reindex()
    stand.grow_old(11)
    assert [one.title for one in dropped(stand.reindex())] == ["Night bus"]


def cite(stand: Newsstand) -> None:
    answer = json.dumps({"question": "?", "citations": [{"article_id": stand.id_of("Ferry strike ends")}]})
    with stand.archive.store.engine.begin() as sql:
        rows = [{"conversation": "talk", "number": 1, "answer": answer, "at": 0}]
        rows += [{"conversation": "old", "number": 1, "answer": "of another form", "at": 0}]
        sql.execute(insert(turns), rows)


def name(stand: Newsstand) -> None:
    ferry = Member(kind="article", value=stand.id_of("Ferry strike ends"))
    Collections(stand.archive.store.engine).change("best", [ferry], [])


@pytest.mark.parametrize("wanted", [cite, name])
def test_what_a_conversation_cites_and_what_a_collection_names_stays(
    stand: Newsstand, wanted: Callable[[Newsstand], None]
) -> None:
    wanted(stand)
    stand.keep(stand.folder, 90)
    stand.grow_old(91)
    assert [one.title for one in dropped(stand.reindex())] == ["Night bus"]
    assert stand.titles() == ["Ferry strike ends"]


def test_of_several_limits_the_longest_counts(stand: Newsstand) -> None:
    stand.keep(stand.folder, 30)
    stand.keep(stand.ferry, 90)
    stand.grow_old(60)
    assert [one.title for one in dropped(stand.reindex())] == ["Night bus"]
    stand.grow_old(31)
    assert [one.title for one in dropped(stand.reindex())] == ["Ferry strike ends"]


def test_what_was_also_read_from_elsewhere_stays(stand: Newsstand, tmp_path: Path) -> None:
    copy = tmp_path / "copy.md"
    copy.write_text(FERRY)
    assert stand.ingest(copy).counts["unchanged"] == 1
    stand.keep(stand.folder, 90)
    stand.grow_old(91)
    assert [one.title for one in dropped(stand.reindex())] == ["Night bus"]


def test_a_collection_limits_what_comes_from_its_sources_and_nothing_that_it_names(stand: Newsstand) -> None:
    collections = Collections(stand.archive.store.engine)
    members = [Member(kind="source", value=str(stand.folder))]
    collections.change("Harbour", [*members, Member(kind="article", value=stand.id_of("Night bus"))], [])
    kept = stand.archive.retentions.set("collection", "harbour", 90)
    assert kept == Retention(kind="collection", value="Harbour", days=90)
    stand.grow_old(91)
    assert [one.due for one in stand.archive.retentions.list()] == [1]
    assert [one.title for one in dropped(stand.reindex())] == ["Ferry strike ends"]
    collections.remove("harbour")
    assert stand.archive.retentions.list() == ()


def test_a_limit_is_changed_and_ended(stand: Newsstand) -> None:
    assert stand.keep(stand.folder, 90).days == 90
    assert stand.keep(stand.folder, 30).days == 30
    stand.archive.retentions.end("source", str(stand.folder))
    assert stand.archive.retentions.list() == ()
    with pytest.raises(NotFound, match="has no retention"):
        stand.archive.retentions.end("source", str(stand.folder))
    for kind in ("source", "feed", "collection"):
        with pytest.raises(NotFound, match="there is no"):
            stand.archive.retentions.set(kind, "nothing", 90)


def test_a_forgotten_source_keeps_its_articles_for_good(stand: Newsstand) -> None:
    stand.keep(stand.folder, 90)
    stand.archive.journal.forget_source(str(stand.folder))
    stand.grow_old(91)
    assert (stand.archive.retentions.list(), dropped(stand.reindex())) == ((), [])


def test_a_run_that_is_stopped_drops_nothing(stand: Newsstand) -> None:
    stand.keep(stand.folder, 90)
    stand.grow_old(91)
    assert dropped(report_of(reindex_sources(stand.archive, stop=lambda: True))) == []
    assert len(stand.titles()) == 2


def test_a_process_that_dies_while_it_drops_leaves_it_to_the_next(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        stand = Newsstand(archive, tmp_path / "news")
        archive.store.begin_removal({stand.id_of("Night bus"): "90 days after it was ingested"})
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        assert [one.title for one in archive.store.all_articles()] == ["Ferry strike ends"]
        [gone] = archive.journal.list_outcomes(status="dropped")[1]
        assert (gone.title, gone.reason) == ("Night bus", "90 days after it was ingested")


def test_a_removed_article_does_not_take_the_failures_of_other_pages_with_it(stand: Newsstand) -> None:
    ferry = stand.id_of("Ferry strike ends")
    joined = Outcome(status="skipped", source="/old", reason="it is the same page", article_id=ferry)
    failed = Outcome(status="failed", source="/missing", reason="it no longer exists")
    stand.archive.journal.keep([PlaceOutcomes(one.source, "", "", [(one, None)]) for one in (joined, failed)])
    stand.archive.remove(ferry)
    assert stand.archive.journal.failed_sources() == ["/missing"]


def test_ages_are_told_by_the_clock(stand: Newsstand) -> None:
    stand.keep(stand.folder, 90)
    later = Retentions(stand.archive.store.engine, now=lambda: now() + timedelta(days=91))
    assert (len(later.due()), len(stand.archive.retentions.due())) == (2, 0)
