"""How far a run is, in words."""

from __future__ import annotations

import pytest

from assistant.cli.meter import progressed
from ingest.types import Progress


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        (Progress(done=1, total=None), "1 page"),
        (Progress(done=0, total=1), "0 of 1 page"),
        (Progress(done=1, total=2000, embedded=1), "1 of 2,000 pages · 1 passage embedded"),
        (Progress(done=3, total=3, embedded=4, waiting=6), "3 of 3 pages · 4 of 10 passages embedded"),
    ],
)
def test_progress_is_told_in_good_grammar(progress: Progress, told: str) -> None:
    assert progressed(progress, "page") == told
