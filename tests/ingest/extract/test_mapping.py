"""`--map`: fields that go by other names, and texts that all records get."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.archive.archive import Archive
from ingest.errors import ExtractError, SourceError
from ingest.extract.extract import extract
from ingest.extract.record.mapping import NAMES, field_map
from ingest.intake import ingest_sources, reindex_sources
from ingest.pipeline import Event
from ingest.sources.files import pages
from ingest.types import Article, Outcome, Page, Report
from tests.fakes import HashEmbedder

TEXT = "De veerboot naar de eilanden vaart weer vanaf zaterdag, zei de haven."
RECORD = {"kop": "Veerboot vaart weer", "inhoud": TEXT, "datum": "2026-10-24", "meta": {"bron": "De Haven"}}
MAP = ("title=kop", "text=inhoud", "published=datum", "outlet=meta.bron")


def article_of(record: dict[str, Any], *mapping: str) -> Article:
    return extract(Page("a.jsonl", json.dumps(record).encode(), "application/json", mapping=mapping))[0]


def test_mapped_fields_are_taken_also_out_of_an_object() -> None:
    article = article_of(RECORD, *MAP)
    assert (article.title, article.text, article.outlet) == ("Veerboot vaart weer", TEXT, "De Haven")
    assert article.published == datetime(2026, 10, 24, tzinfo=UTC)


def test_a_constant_is_the_same_for_every_record() -> None:
    article = article_of(RECORD, *MAP[:3], "outlet==De Krant = Noord", "language==nl")
    assert (article.outlet, article.language) == ("De Krant = Noord", "nl")


def test_texts_are_joined_in_the_order_in_which_they_are_named() -> None:
    record = {**RECORD, "intro": "De staking is voorbij."}
    assert article_of(record, "title=kop", "text=intro", "text=inhoud").text == f"De staking is voorbij.\n\n{TEXT}"


def test_a_mapped_field_goes_before_the_one_that_would_be_understood() -> None:
    record = {"title": "Sectie Haven", "body": "Lees meer op onze site.", **RECORD}
    article = article_of(record, *MAP)
    assert (article.title, article.text) == ("Veerboot vaart weer", TEXT)


def test_fields_that_are_not_mapped_are_understood_as_usual() -> None:
    assert article_of({**RECORD, "byline": "Door A"}, *MAP).authors == ("Door A",)


@pytest.mark.parametrize("mapping", [("title=kopp", "text=inhoud"), ("title=kop", "text=meta.tekst")])
def test_a_record_without_the_field_of_its_title_or_text_fails_with_those_it_has(mapping: tuple[str, ...]) -> None:
    with pytest.raises(ExtractError, match=r"it has: kop, inhoud, datum, meta.bron; correct --map"):
        article_of(RECORD, *mapping)


def test_a_record_of_which_nothing_is_known_points_to_the_mapping() -> None:
    with pytest.raises(ExtractError, match="--map title=NAME --map text=NAME"):
        article_of({"xa": "Veerboot", "xb": "vaart weer"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("titel=kop", "there is no field “titel” - the fields are title, text, outlet, published"),
        ("title", "does not map a field"),
        ("title=", "does not map a field"),
        ("=kop", "does not map a field"),
        ("title=" + "x" * 600, "does not map a field"),
    ],
)
def test_a_mapping_that_is_none_is_refused_with_what_is_known(line: str, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        field_map([line])
    assert reason in str(caught.value)


def test_a_field_is_mapped_once_unless_it_can_be_joined() -> None:
    with pytest.raises(SourceError, match="title is mapped twice"):
        field_map(["title=a", "title=b"])


def test_the_help_names_every_field() -> None:
    from click.testing import CliRunner

    from assistant.cli.commands.ingest import ingest

    said = " ".join(CliRunner().invoke(ingest, ["--help"]).output.split())
    assert all(name in said for name in NAMES)


def test_columns_of_csv_are_mapped_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"kop;inhoud\nVeerboot vaart weer;{TEXT}\n")
    [page] = pages(path, mapping=("title=kop", "text=inhoud"))
    assert isinstance(page, Page)
    assert extract(page)[0].title == "Veerboot vaart weer"
    [outcome] = pages(path, mapping=("title=kop", "text=tekst"))
    assert isinstance(outcome, Outcome)
    assert outcome.reason == "there is no column tekst; there are kop, inhoud"


def test_records_under_an_unknown_name_are_found_by_a_mapped_field(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = {"xa": "Veerboot", "xb": TEXT}
    path.write_text(json.dumps({"xn": 2, "xs": [record, record]}))
    assert [found.item for found in pages(path, mapping=("title=xa", "text=xb"))] == ["item 1", "item 2"]
    assert [found.item for found in pages(path)] == [""]


def counts(events: Iterable[Event]) -> dict[str, int]:
    [report] = [event for event in events if isinstance(event, Report)]
    return {status: count for status, count in report.counts.items() if count}


def test_a_mapping_is_remembered_and_another_one_reads_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(RECORD).encode()))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        assert counts(ingest_sources(archive, [path], mapping=MAP)) == {"added": 1}
        assert counts(reindex_sources(archive)) == {"unchanged": 1}
        assert [source.mapping for source in archive.journal.sources()] == [MAP]
        assert counts(ingest_sources(archive, [path], mapping=(*MAP[:3], "outlet==De Krant"))) == {"updated": 1}


def test_a_dump_that_was_given_with_its_mapping_is_read_so_with_its_folder_too(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    path = folder / "a.jsonl"
    path.write_text(json.dumps(RECORD))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        assert counts(ingest_sources(archive, [path], mapping=MAP)) == {"added": 1}
        assert counts(ingest_sources(archive, [folder])) == {"unchanged": 1}
        assert counts(reindex_sources(archive)) == {"unchanged": 1}


def test_a_wrong_mapping_stops_before_anything_is_ingested(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD))
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        with pytest.raises(SourceError, match="there is no field"):
            list(ingest_sources(archive, [tmp_path / "a.jsonl"], mapping=("titel=kop",)))
        assert archive.journal.sources() == []


@pytest.mark.parametrize(
    "name", ["body.content", "body.parts.0.said", "body.parts[0].said", "body.parts.said", "body.parts[].said"]
)
def test_a_mapped_field_is_reached_inside_of_objects_and_lists(name: str) -> None:
    record = {"top": "Veerboot vaart weer", "body": {"content": TEXT, "parts": [{"said": TEXT}]}}
    assert article_of(record, "title=top", f"text={name}").text == TEXT


def test_a_way_that_is_in_no_record_is_told_once_with_the_fields_that_are(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([RECORD, RECORD]))
    [outcome] = pages(path, mapping=("title=kop", "text=inhoud", "outlet=meta.krant"))
    assert isinstance(outcome, Outcome)
    assert (
        "no record has the field meta.krant; the first has: kop, inhoud, datum, meta.bron"
        in outcome.reason.replace("datum, inhoud, kop", "kop, inhoud, datum")
    )
