"""Remembered files that the system refuses to look at."""

from __future__ import annotations

from pathlib import Path

from ingest.archive.archive import Archive
from ingest.intake import ingest_sources, reindex_sources
from ingest.source import Source
from ingest.types import Report
from tests.fakes import HashEmbedder

FERRY = "---\ntitle: Ferry strike ends\n---\n\nThe ferry strike ended on Monday, the harbour office said.\n"


def test_a_remembered_file_that_cannot_be_looked_at_does_not_end_a_run_over_others(tmp_path: Path) -> None:
    ferry = tmp_path / "ferry.md"
    ferry.write_text(FERRY)
    with Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        archive.journal.remember_source(Source(f"/{'x' * 300}"))  # a name that is too long, as an example
        ingested = list(ingest_sources(archive, [ferry]))[-1]
        reindexed = list(reindex_sources(archive))[-1]
    assert isinstance(ingested, Report)
    assert isinstance(reindexed, Report)
    assert ingested.counts["added"] == 1
    assert (reindexed.counts["unchanged"], reindexed.counts["failed"]) == (1, 1)
