"""Names from outside are no longer than an index of any database holds."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest

from ingest.address import LONGEST, canonical
from ingest.archive.archive import Archive
from ingest.archive.home import Home
from ingest.database.journal import PlaceOutcomes
from ingest.database.subscriptions import Subscriptions
from ingest.errors import SourceError
from ingest.feeds.entry import Entry
from ingest.intake import ingest_sources, reindex_sources, retry
from ingest.types import Outcome, Report
from tests.fakes import HashEmbedder

FERRY = "---\ntitle: Ferry strike ends\n---\n\nThe ferry strike ended on Monday, the harbour office said.\n"


def name(length: int) -> str:
    """One that no database can store in fewer bytes."""
    return "".join(random.Random(length).choices(string.ascii_letters + string.digits, k=length))


def deep(root: Path) -> Path:
    """A folder whose path is longer than an index of PostgreSQL holds."""
    for number in range(14):
        root = root / name(200 + number)
    root.mkdir(parents=True)
    return root


def test_a_file_with_too_long_a_path_does_not_end_a_run_over_others(home: Home, tmp_path: Path) -> None:
    news = tmp_path / "news"
    (deep(news) / "deep.md").write_text(FERRY)
    (news / "ferry.md").write_text(FERRY)
    with Archive.open(home, HashEmbedder()) as archive:
        reports = [
            list(run)[-1] for run in (ingest_sources(archive, [news]), reindex_sources(archive), retry(archive))
        ]
        _, (kept, *_) = archive.journal.list_outcomes(status="failed")
    assert [report.counts["failed"] for report in reports if isinstance(report, Report)] == [1, 1, 0]
    assert kept.source.endswith("/deep.md")
    assert kept.reason == "its path has more than 2,000 bytes: move it to a folder further up"


def test_a_folder_with_too_long_a_path_is_refused_before_anything_is_ingested(home: Home, tmp_path: Path) -> None:
    with Archive.open(home, HashEmbedder()) as archive:
        with pytest.raises(SourceError, match="move it to a folder further up"):
            list(ingest_sources(archive, [deep(tmp_path / "news")]))
        assert archive.journal.sources() == []


def test_the_longest_names_that_are_read_can_be_kept(home: Home) -> None:
    feed = f"https://x.example/{name(LONGEST - 18)}"
    entry = Entry(url=f"https://x.example/{''.join(map(chr, range(0x4E00, 0x5500)))}")
    outcome = Outcome(status="failed", source=feed, item=f"{entry.item} {entry.identity}", reason="it is empty")
    with Archive.open(home, HashEmbedder()) as archive:
        archive.journal.keep([PlaceOutcomes(outcome.source, outcome.item, "", [(outcome, None)])])
        assert Subscriptions(archive.store.engine).add(feed)
        assert archive.journal.list_outcomes(status="failed")[0] == 1


def test_an_address_counts_in_bytes() -> None:
    assert canonical(f"https://x.example/{'新' * 600}")
    assert canonical(f"https://x.example/{'新' * 700}") is None
