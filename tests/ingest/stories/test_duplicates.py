"""Groups of copies in an archive, whatever the order in which they come."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import ingest.stories.duplicates
from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.database.tables import sketches
from ingest.intake import ingest_sources
from ingest.types import Article, Outcome
from tests.fakes import HashEmbedder
from tests.ingest.stories.reports import (
    AGENCY,
    FOLLOW_UP,
    OTHER_PAPER,
    PAPER,
    SIBLINGS,
    WIRE,
    printed,
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened
        assert [finding for finding in examine(opened) if not finding.ok] == []


@pytest.mark.parametrize("order", list(itertools.permutations([AGENCY, PAPER, OTHER_PAPER, FOLLOW_UP]))[::3])
def test_the_order_of_arrival_changes_nothing(tmp_path: Path, order: tuple[Article, ...]) -> None:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        for article in order:
            archive.add([article])
        groups = archive.stories.groups([article.id for article in order])
        assert groups.keys() == {AGENCY.id, PAPER.id, OTHER_PAPER.id}
        outlets = {tuple(carrier.outlet for carrier in group) for group in groups.values()}
        assert outlets == {("Meridian Press Agency", "Castermond Courier", "Evening Tide")}
        assert archive.stories.story(PAPER.id) == [AGENCY.id, OTHER_PAPER.id, PAPER.id, FOLLOW_UP.id]


def test_what_comes_in_one_batch_is_compared_too(archive: Archive) -> None:
    archive.add([PAPER, AGENCY, *SIBLINGS])
    assert {one: original.article_id for one, original in archive.stories.originals([PAPER.id]).items()} == {
        PAPER.id: AGENCY.id
    }
    assert archive.stories.groups([article.id for article in SIBLINGS]) == {}


@pytest.mark.slow
def test_of_many_copies_all_are_one_group(archive: Archive) -> None:
    hours = (timedelta(minutes=n) for n in range(ingest.stories.duplicates.COMMON + 10))
    many = [printed(WIRE, "Container ship aground", f"Paper {n}", after=after) for n, after in enumerate(hours)]
    for start in range(0, len(many), 40):
        archive.add(many[start : start + 40])
    assert archive.stories.originals([one.id for one in many]).keys() == {one.id for one in many[1:]}


def test_the_later_text_of_the_same_outlet_is_the_one_to_cite(archive: Archive) -> None:
    later = printed(
        WIRE + "The tide comes at seven.", "Ship aground, tide awaited", AGENCY.outlet, after=timedelta(hours=9)
    )
    archive.add([AGENCY, PAPER, later])
    assert {original.article_id for original in archive.stories.originals([AGENCY.id, PAPER.id]).values()} == {
        later.id
    }


def test_when_the_original_is_removed_another_takes_its_place(archive: Archive) -> None:
    archive.add([AGENCY, PAPER, OTHER_PAPER])
    archive.remove(AGENCY.id)
    [original] = archive.stories.originals([PAPER.id, OTHER_PAPER.id]).values()
    assert original.outlet == "Castermond Courier"
    archive.remove(OTHER_PAPER.id)
    assert archive.stories.groups([PAPER.id]) == {}


def test_a_version_that_is_no_copy_any_more_leaves_its_group(archive: Archive) -> None:
    archive.add([AGENCY, OTHER_PAPER])
    rewritten = Article.model_validate({**OTHER_PAPER.model_dump(), "text": FOLLOW_UP.text, "title": "Towed free"})
    archive.add([rewritten])
    assert archive.stories.groups([AGENCY.id]) == {}
    assert archive.stories.story(AGENCY.id) == [AGENCY.id, OTHER_PAPER.id]


def test_an_archive_that_knows_nothing_of_copies_learns_it(archive: Archive) -> None:
    archive.add([AGENCY, PAPER])
    for article in (AGENCY, PAPER):
        archive.stories.forget(article.id)
    assert archive.stories.originals([PAPER.id]) == {}
    archive.finish_pending()
    assert [original.article_id for original in archive.stories.originals([PAPER.id]).values()] == [AGENCY.id]
    assert archive.stories.place_missing() == 0


def test_samples_that_were_drawn_in_an_earlier_way_are_drawn_anew(archive: Archive) -> None:
    archive.add([AGENCY, PAPER])
    with archive.store.engine.begin() as sql:
        sql.execute(update(sketches).values(version=AGENCY.digest))
    assert archive.stories.place_missing() == 2
    assert [original.article_id for original in archive.stories.originals([PAPER.id]).values()] == [AGENCY.id]


def test_what_a_hundred_articles_share_is_furniture(archive: Archive) -> None:
    foot = (
        "Sign up for our letter and read the whole story every morning before the ferry leaves the quay of Ellery. "
    )
    many = ingest.stories.duplicates.COMMON + 20
    odd = [f"Item {n}: {' '.join(f'w{n}x{m}' for m in range(40))}. {foot * 3}" for n in range(many)]
    archive.add([printed(text, f"Number {n}", "Ledger", dated=False) for n, text in enumerate(odd)])
    assert archive.stories.groups([printed("", f"Number {n}", "Ledger").id for n in range(many)]) == {}


def test_the_outcome_of_a_copy_says_of_what(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, article in (("a", AGENCY), ("b", PAPER)):
        head = f"title: {article.title}\noutlet: {article.outlet}\nurl: {article.url}\npublished: {article.published}"
        (folder / f"{name}.md").write_text(f"---\n{head}\n---\n\n{article.text}\n")
    outcomes = [event for event in ingest_sources(archive, [folder]) if isinstance(event, Outcome)]
    assert [outcome.status for outcome in outcomes] == ["added", "copy"]
    assert outcomes[1].reason == "of “Container ship aground off Cape Marrow” (Meridian Press Agency)"
    again = [event for event in ingest_sources(archive, [folder]) if isinstance(event, Outcome)]
    assert [outcome.status for outcome in again] == ["unchanged", "unchanged"]
