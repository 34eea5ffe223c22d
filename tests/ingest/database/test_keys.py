"""Keys: what opens, what does not, and what the database knows of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.archive.archive import Archive
from ingest.database.keys import Keys
from ingest.database.store import open_engine
from ingest.errors import NotFound
from tests.fakes import HashEmbedder, an_article


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(tmp_path: Path, clock: Clock) -> Keys:
    return Keys(open_engine(tmp_path / "archive.sqlite3"), now=clock)


def test_a_key_is_found_by_its_secret_and_by_nothing_else(keys: Keys) -> None:
    made, other = keys.create("laptop", "write"), keys.create("phone", "read")
    assert keys.find(made.secret) == made.key
    ending = made.secret.removeprefix(f"dateline_{made.key.id}_")
    wrong = [
        "", "dateline", "dateline__", f"dateline_{made.key.id}_", made.key.id, ending, made.secret[:-1],
        made.secret + "x", made.secret.upper(), f"dateline_{other.key.id}_{ending}", "dateline_%_x", "\ud800",
    ]  # fmt: skip
    assert [secret for secret in wrong if keys.find(secret)] == []


def test_the_database_does_not_hold_a_secret(keys: Keys, tmp_path: Path) -> None:
    secret = keys.create("laptop", "admin").secret
    assert len(secret) > 50
    for file in tmp_path.iterdir():
        assert secret[-20:].encode() not in file.read_bytes()


def test_a_revoked_key_opens_nothing_and_is_still_listed(keys: Keys) -> None:
    made = keys.create("laptop", "read")
    assert keys.are_there()
    assert keys.revoke(made.key.id).revoked is not None
    assert keys.find(made.secret) is None
    assert not keys.are_there()
    assert [key.name for key in keys.list()] == ["laptop"]
    with pytest.raises(NotFound, match="no key nothing"):
        keys.revoke("nothing")


def test_a_key_ends_when_its_days_are_over(keys: Keys, clock: Clock) -> None:
    made = keys.create("guest", "read", days=2)
    clock.at += timedelta(days=1)
    assert keys.find(made.secret)
    clock.at += timedelta(days=1)
    assert keys.find(made.secret) is None


def test_the_last_use_is_noted_to_a_minute(keys: Keys, clock: Clock) -> None:
    key = keys.create("laptop", "read").key
    keys.note_use(key)
    clock.at += timedelta(seconds=59)
    keys.note_use(keys.list()[0])
    assert keys.list()[0].used == clock.at - timedelta(seconds=59)
    clock.at += timedelta(seconds=1)
    keys.note_use(keys.list()[0])
    assert keys.list()[0].used == clock.at


def test_keys_survive_a_rebuild_of_the_archive(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article()])
        secret = Keys(archive.store.engine).create("laptop", "read").secret
        archive.rebuild(lambda _done: None)
        assert Keys(archive.store.engine).find(secret)
