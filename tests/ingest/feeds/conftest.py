"""A reader who is subscribed to the feed of a site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.archive.doctor import examine
from tests.fakes import HashEmbedder
from tests.feed_site import Site
from tests.ingest.feeds.reader import Reader


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with Site() as site, Archive.open(tmp_path / "archive", HashEmbedder()) as archive:
        yield Reader(archive, site)
        bad = [finding.name for finding in examine(archive) if not finding.ok]
        assert [name for name in bad if not name.startswith("feed ")] == []
