"""What the word index knows of words after corrections and removals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import Archive
from ingest.types import Filter
from tests.fakes import HashEmbedder, an_article


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", HashEmbedder()) as opened:
        yield opened


def test_a_word_that_every_passage_holds_keeps_a_weight_through_corrections(archive: Archive) -> None:
    url = "https://harbourpost.example/dam"
    for metres in range(10, 16):
        archive.add([an_article(f"The crack is {metres} metres long.", title="Dam", url=url)])
    assert min(archive.words.rarity(["crack", "metr"]).values()) > 0


def test_words_of_a_removed_article_are_not_known(archive: Archive) -> None:
    article = an_article()
    archive.add([article, an_article("The dam has a crack.", title="Dam")])
    archive.remove(article.id)
    assert not archive.words.knows("ferri")
    assert archive.words.knows("crack")


def test_a_day_is_the_one_that_the_article_prints(archive: Archive) -> None:
    printed = datetime(2026, 10, 26, 0, 50, tzinfo=timezone(timedelta(hours=1)))
    archive.add([an_article(published=printed)])
    vector = np.asarray(archive.embedder.embed(["ferry strike"])[0], np.float32)
    for filters, found in [
        (Filter(since=date(2026, 10, 26)), 1),
        (Filter(until=date(2026, 10, 25)), 0),
        (Filter(since=date(2026, 10, 26), until=date(2026, 10, 26)), 1),
    ]:
        assert len(archive.find_words("ferry", 5, filters)) == found
        assert len(archive.find_meaning(vector, 5, filters)) == found
        assert len(archive.vectors.search(vector, 5, filters)) == found
