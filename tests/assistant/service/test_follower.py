"""The thread that follows a shared database, where that fails."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from assistant.service.follower import Follower
from assistant.service.meaning import Meaning
from ingest.archive.archive import Archive
from ingest.archive.home import home_with
from ingest.errors import ArchiveDamaged
from tests.fakes import HashEmbedder, an_article
from tests.ingest.archive.test_homes import fill
from tests.waiting import PATIENCE, wait_for


def refuses(follower: Follower) -> bool:
    try:
        follower.require()
    except ArchiveDamaged:
        return True
    return False


def test_an_archive_that_cannot_follow_any_more_does_not_answer(
    tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    home, beside = (home_with(tmp_path / name, database_url) for name in ("node", "beside"))
    fill(home)
    with Archive.open(home, HashEmbedder()) as writer, Archive.open(beside, HashEmbedder(), beside=True) as archive:
        archive.follow()
        for path in archive.words.path.iterdir():
            path.unlink()
        archive.words.path.rmdir()
        follower = Follower(archive, nullcontext, lambda: None)
        writer.add([an_article("A lamp went out.", title="Lamp", url="https://post.example/lamp")])
        wait_for(lambda: refuses(follower))
        follower.stop()
        assert follower.has_ended(PATIENCE)
        archive.damage = "the words are gone"  # so that nothing is noted of them
    assert [one.getMessage() for one in caplog.records].count(
        "following the database failed, and is tried again"
    ) == 1


def test_a_service_embeds_for_the_one_that_ingests(tmp_path: Path, database_url: str) -> None:
    home, beside = (home_with(tmp_path / name, database_url) for name in ("node", "beside"))
    with Archive.open(home, HashEmbedder()) as writer, Archive.open(beside, HashEmbedder(), beside=True) as archive:
        meaning = Meaning(archive, nullcontext)
        writer.add_by_words([an_article("A lamp went out.", title="Lamp")])
        wait_for(lambda: not writer.embeddings.lacking())
        assert writer.awaiting.count() == 1  # it is for the writer to index it
        meaning.stop()
        assert meaning.has_ended(PATIENCE)
        assert writer.catch_up() == 0
        assert writer.awaiting.count() == 0
