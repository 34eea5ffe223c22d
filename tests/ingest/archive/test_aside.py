"""Databases that are put aside."""

from __future__ import annotations

from pathlib import Path

from ingest.archive.aside import put_aside


def test_databases_put_aside_within_a_second_have_names_of_their_own(tmp_path: Path) -> None:
    database, aside = tmp_path / "archive.sqlite3", []
    for number in range(3):
        database.write_text(str(number))
        aside.append(put_aside(database, "moved"))
    assert [path.read_text() for path in aside] == ["0", "1", "2"]
