"""What changed in a shared database, in the order of its commits, for the indexes of those who read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select, text

from ingest.database.engines.dialects import is_postgresql
from ingest.database.passage_rows import rows_among
from ingest.database.tables import changes, passages

KEPT = 100_000  # changes; who is further behind makes its indexes anew


@dataclass(frozen=True)
class Change:
    """An article that changed, with the passages of it that are gone."""

    number: int
    article_id: str
    gone: tuple[str, ...]


def log_changes(sql: Connection, changed: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Note in the transaction of a change which articles it is of, by id, and which passages are gone.

    A file has one owner, whose indexes change with it, so nothing is noted there.
    """
    some = list(changed) if is_postgresql(sql) else []
    if not some:
        return
    sql.execute(text(f"LOCK TABLE {changes.name} IN EXCLUSIVE MODE"))  # so that numbers have the order of commits
    last = sql.execute(select(func.max(changes.c.number))).scalar() or 0
    rows = [
        {"number": last + place, "article_id": article_id, "gone": json.dumps(sorted(gone))}
        for place, (article_id, gone) in enumerate(some, start=1)
    ]
    sql.execute(insert(changes), rows)
    sql.execute(delete(changes).where(changes.c.number <= last + len(rows) - KEPT))


def gone_of(sql: Connection, current: Mapping[str, str]) -> list[tuple[str, set[str]]]:
    """For `log_changes`: of articles the passages of all versions but one, whose digest is given by id."""
    if not is_postgresql(sql):
        return []
    found: dict[str, set[str]] = {article_id: set() for article_id in current}
    kept: dict[str, set[str]] = {article_id: set() for article_id in current}
    for row in rows_among(sql, select(passages), passages.c.article_id, list(current)):
        (kept if row.version == current[row.article_id] else found)[row.article_id].add(row.id)
    return [(article_id, gone - kept[article_id]) for article_id, gone in found.items()]


class ChangeLog:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def last(self) -> int:
        """The number of the last change; 0 where there was none."""
        with self._engine.connect() as sql:
            return int(sql.execute(select(func.max(changes.c.number))).scalar() or 0)

    def since(self, number: int) -> Sequence[Change] | None:
        """The changes after that of a number; None where they are not all known any more."""
        with self._engine.connect() as sql:
            first, last = sql.execute(select(func.min(changes.c.number), func.max(changes.c.number))).one()
            if number > (last or 0) or (first is not None and number < first - 1):
                return None
            later = select(changes).where(changes.c.number > number).order_by(changes.c.number)
            return [Change(row.number, row.article_id, tuple(json.loads(row.gone))) for row in sql.execute(later)]
