import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from ingest.database.collections import Collections
from ingest.errors import SourceError
from ingest.intake import ingest_sources, reindex_sources
from ingest.types import Member, Outcome, Progress, Report
from tests.fakes import HashEmbedder


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened
        assert [finding for finding in examine(opened) if not finding.ok] == []


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    folder = tmp_path / "newsroom"
    folder.mkdir()
    write(folder / "strike.md", "Ferry strike", "The ferry strike began on Monday, the union said.")
    write(folder / "dam.md", "Dam crack", "Engineers found a crack of 14 metres in the dam.")
    return folder


def write(path: Path, title: str, text: str) -> None:
    head = (
        f"title: {title}\noutlet: Harbour Post\nurl: https://harbourpost.example/{path.stem}\npublished: 2026-10-07"
    )
    path.write_text(f"---\n{head}\n---\n\n{text}\n")


def report_of(events: Iterator[Progress | Outcome | Report]) -> Report:
    [report] = [event for event in events if isinstance(event, Report)]
    return report


def counts(report: Report) -> dict[str, int]:
    return {status: count for status, count in report.counts.items() if count}


def test_a_folder_becomes_articles(archive: Archive, newsroom: Path) -> None:
    report = report_of(ingest_sources(archive, [newsroom]))
    assert counts(report) == {"added": 2}
    assert report.passages_embedded == 2
    assert {outcome.title for outcome in report.outcomes} == {"Ferry strike", "Dam crack"}


def test_running_it_again_changes_nothing_and_embeds_nothing(archive: Archive, newsroom: Path) -> None:
    report_of(ingest_sources(archive, [newsroom]))
    report = report_of(ingest_sources(archive, [newsroom]))
    assert counts(report) == {"unchanged": 2}
    assert report.passages_embedded == 0


def test_a_changed_file_becomes_a_new_version(archive: Archive, newsroom: Path) -> None:
    report_of(ingest_sources(archive, [newsroom]))
    write(newsroom / "dam.md", "Dam crack", "Engineers found a crack of 41 metres in the dam.")
    report = report_of(reindex_sources(archive))
    assert counts(report) == {"updated": 1, "unchanged": 1}
    [dam] = [outcome for outcome in report.outcomes if outcome.title == "Dam crack"]
    assert len(archive.store.versions(dam.article_id or "")) == 2


def test_an_original_beside_its_correction_settles(archive: Archive, newsroom: Path) -> None:
    text = (newsroom / "dam.md").read_text()
    (newsroom / "dam-2.md").write_text(text.replace("14 metres", "12 metres"))
    first = report_of(ingest_sources(archive, [newsroom]))
    again = report_of(ingest_sources(archive, [newsroom]))
    assert counts(first) == {"added": 2, "updated": 1}
    assert counts(again) == {"unchanged": 3}


def test_reindex_finds_what_is_new_and_keeps_what_went(archive: Archive, newsroom: Path) -> None:
    report_of(ingest_sources(archive, [newsroom]))
    write(newsroom / "vote.md", "By-election", "The count ended at midnight.")
    (newsroom / "strike.md").unlink()
    assert counts(report_of(reindex_sources(archive))) == {"added": 1, "unchanged": 1}
    assert archive.store.summary().articles == 3


def test_reindex_does_not_bring_back_what_the_user_removed(archive: Archive, newsroom: Path) -> None:
    first = report_of(ingest_sources(archive, [newsroom]))
    gone = next(outcome.article_id for outcome in first.outcomes if outcome.title == "Dam crack")
    archive.remove(gone or "")
    again = report_of(reindex_sources(archive))
    assert counts(again) == {"unchanged": 1, "skipped": 1}
    assert "you removed it" in next(outcome.reason for outcome in again.outcomes if outcome.status == "skipped")
    assert counts(report_of(ingest_sources(archive, [newsroom]))) == {"unchanged": 1, "added": 1}


def test_a_source_that_went_away_is_said_and_loses_nothing(archive: Archive, newsroom: Path) -> None:
    report_of(ingest_sources(archive, [newsroom]))
    newsroom.rename(newsroom.with_name("elsewhere"))
    report = report_of(reindex_sources(archive))
    assert [outcome.reason for outcome in report.outcomes] == ["it no longer exists; its articles are kept"]
    assert archive.store.summary().articles == 2


def test_a_bad_record_does_not_harm_the_others(archive: Archive, tmp_path: Path) -> None:
    good = {"title": "A", "text": "The council voted for the budget on Tuesday evening.", "source": "Ledger"}
    lines = [json.dumps(good), '{"title": "broken', json.dumps({**good, "title": "B"})]
    (tmp_path / "dump.jsonl").write_text("\n".join(lines))
    report = report_of(ingest_sources(archive, [tmp_path / "dump.jsonl"]))
    assert counts(report) == {"added": 2, "failed": 1}
    [failed] = [outcome for outcome in report.outcomes if outcome.status == "failed"]
    assert failed.item == "line 2"


def test_nothing_is_remembered_of_a_path_that_is_not_there(archive: Archive, newsroom: Path) -> None:
    with pytest.raises(SourceError, match="missing"):
        report_of(ingest_sources(archive, [newsroom, newsroom / "missing"]))
    assert archive.journal.sources() == []


def test_a_stop_keeps_what_was_acknowledged_and_the_next_run_goes_on(archive: Archive, tmp_path: Path) -> None:
    records = [
        {"title": f"T{n}", "text": f"Report number {n} from the harbour. " * 9, "source": "S"} for n in range(200)
    ]
    (tmp_path / "dump.jsonl").write_text("\n".join(map(json.dumps, records)))
    seen = 0

    def stop() -> bool:
        nonlocal seen
        seen += 1
        return seen > 150

    stopped = report_of(ingest_sources(archive, [tmp_path / "dump.jsonl"], stop=stop))
    assert stopped.interrupted
    assert archive.store.summary().articles == counts(stopped)["added"] == 150
    assert counts(report_of(ingest_sources(archive, [tmp_path / "dump.jsonl"]))) == {"unchanged": 150, "added": 50}


def test_the_time_of_capture_resolves_relative_times(archive: Archive, tmp_path: Path) -> None:
    record = {"title": "A", "text": "The council voted for the budget.", "source": "S", "published": "21 minutes ago"}
    (tmp_path / "a.json").write_text(json.dumps(record))
    captured = datetime(2026, 10, 7, 12, 0, tzinfo=UTC)
    report_of(ingest_sources(archive, [tmp_path / "a.json"], captured=captured))
    [article] = archive.store.all_articles()
    assert article.published == datetime(2026, 10, 7, 11, 39, tzinfo=UTC)


def test_a_page_that_lies_at_two_places_was_read_at_both(archive: Archive, tmp_path: Path) -> None:
    text = "---\ntitle: Night bus\n---\n\nA night bus will run to Cobb Mills from December on, the council said.\n"
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(text)
        list(ingest_sources(archive, [tmp_path / name]))
    read = {one.source: one.article_id for one in archive.journal.list_outcomes()[1]}
    assert set(read) == {str(tmp_path / "one.md"), str(tmp_path / "two.md")}
    assert len(set(read.values())) == 1
    second = Member(kind="source", value=str(tmp_path / "two.md"))
    assert Collections(archive.store.engine).change("second", [second], []).articles == 1


def test_the_same_text_twice_in_a_run_is_one_article(archive: Archive, tmp_path: Path) -> None:
    record = json.dumps({"title": "A", "text": "The council voted for the budget.", "source": "S"})
    (tmp_path / "dump.jsonl").write_text(f"{record}\n{record}\n")
    assert counts(report_of(ingest_sources(archive, [tmp_path / "dump.jsonl"]))) == {"added": 1, "unchanged": 1}


def test_a_file_that_goes_back_to_its_earlier_text_is_current_again(archive: Archive, newsroom: Path) -> None:
    first = (newsroom / "dam.md").read_text()
    report_of(ingest_sources(archive, [newsroom]))
    write(newsroom / "dam.md", "Dam crack", "Engineers found a crack of 41 metres in the dam.")
    report_of(reindex_sources(archive))
    (newsroom / "dam.md").write_text(first)
    report = report_of(reindex_sources(archive))
    [back] = [outcome for outcome in report.outcomes if outcome.status == "updated"]
    assert back.reason == "its text is the same as in an earlier version"
    article = archive.store.article(back.article_id or "")
    assert article is not None
    assert "14 metres" in article.text


def test_an_older_version_that_comes_later_does_not_replace_the_newer(archive: Archive, tmp_path: Path) -> None:
    record = {"title": "Dam", "source": "S", "url": "https://s.example/dam", "published": "2026-10-07T08:00:00Z"}
    new = {**record, "text": "The crack is 14 metres long, corrected.", "updated": "2026-10-08T08:00:00Z"}
    old = {**record, "text": "The crack is 41 metres long, they said."}
    (tmp_path / "dump.jsonl").write_text(f"{json.dumps(new)}\n{json.dumps(old)}\n")
    report = report_of(ingest_sources(archive, [tmp_path / "dump.jsonl"]))
    assert [outcome.status for outcome in report.outcomes] == ["added", "skipped"]
    [article] = archive.store.all_articles()
    assert article.text == new["text"]


def test_details_that_came_later_are_taken_over(archive: Archive, tmp_path: Path) -> None:
    record = {"title": "Dam", "source": "S", "url": "https://s.example/dam", "text": "The crack is 14 metres long."}
    (tmp_path / "a.json").write_text(json.dumps(record))
    report_of(ingest_sources(archive, [tmp_path / "a.json"]))
    (tmp_path / "a.json").write_text(json.dumps({**record, "author": "Nell Ashgrove", "published": "2026-10-07"}))
    report = report_of(ingest_sources(archive, [tmp_path / "a.json"]))
    assert [(outcome.status, outcome.reason) for outcome in report.outcomes] == [
        ("updated", "changed: authors, time of publication")
    ]
    assert report.passages_embedded == 0
    [article] = archive.store.all_articles()
    assert article.authors == ("Nell Ashgrove",)
    assert article.published == datetime(2026, 10, 7, tzinfo=UTC)


def test_one_removed_article_of_a_page_with_several_comes_back_by_name(archive: Archive, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    blocks = []
    for title in ("Dam gives way to nobody at all", "Ferries sail again after the long talks"):
        body = f"{title} is what the county said on Monday. " * 4
        blocks.append(f"{title}\n{title}\n\nLedger\n\ntime3 hours ago\n\n  • Ledger\n\n{title}\n\n{body}\n")
    page.write_text("logo\n\n" + "\n".join(blocks))
    first = report_of(ingest_sources(archive, [page]))
    assert counts(first) == {"added": 2}
    archive.remove(first.outcomes[0].article_id or "")
    assert counts(report_of(ingest_sources(archive, [page]))) == {"added": 1, "unchanged": 1}


def test_a_file_that_moved_is_unchanged_at_its_new_place(archive: Archive, newsroom: Path) -> None:
    report_of(ingest_sources(archive, [newsroom]))
    moved = newsroom.rename(newsroom.with_name("elsewhere"))
    report = report_of(ingest_sources(archive, [moved]))
    assert counts(report) == {"unchanged": 2}
    assert {Path(outcome.source).parent for outcome in report.outcomes} == {moved}


def test_a_source_that_cannot_be_read_any_more_does_not_end_the_reindex(archive: Archive, newsroom: Path) -> None:
    lone = newsroom.parent / "lone.md"
    write(lone, "Vote", "The count ended at midnight.")
    report_of(ingest_sources(archive, [lone, newsroom]))
    lone.unlink()
    os.mkfifo(lone)
    report = report_of(reindex_sources(archive))
    assert counts(report) == {"failed": 1, "unchanged": 2}


def test_progress_counts_what_is_embedded_and_ends_at_the_total(archive: Archive, tmp_path: Path) -> None:
    dump = tmp_path / "many.jsonl"
    texts = (" ".join(f"Report {number} says item {item}." for item in range(60)) for number in range(40))
    records = ({"title": f"Story {number}", "text": text} for number, text in enumerate(texts))
    dump.write_text("".join(json.dumps(record) + "\n" for record in records))
    events = list(ingest_sources(archive, [dump]))
    told = [event for event in events if isinstance(event, Progress) and event.total]
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert [one.embedded for one in told] == sorted(one.embedded for one in told)
    waiting = [one.waiting for one in told if one.place.startswith("embedding ")]
    assert len(waiting) > 1
    assert waiting[-1] == 0
    assert waiting == sorted(waiting, reverse=True)
    assert (told[-1].done, told[-1].embedded) == (40, report_of(iter(events)).passages_embedded)


def test_a_record_of_less_does_not_replace_the_article(archive: Archive, newsroom: Path, tmp_path: Path) -> None:
    report_of(ingest_sources(archive, [newsroom]))
    record = {"title": "Ferry strike", "url": "https://harbourpost.example/strike", "source": "Harbour Post"}
    (tmp_path / "headlines.json").write_text(json.dumps([record]))
    report = report_of(ingest_sources(archive, [tmp_path / "headlines.json"]))
    [outcome] = report.outcomes
    assert (outcome.status, outcome.reason) == ("unchanged", "the archive has more of the article")
    kept = archive.store.article(outcome.article_id or "")
    assert kept
    assert kept.text.startswith("The ferry strike began")
