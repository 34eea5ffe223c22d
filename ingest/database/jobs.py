"""Ingest jobs that outlive the service: what each is to do, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, delete, func, insert, select, update

from ingest.database.tables import jobs

KEPT = 200  # jobs that are over


@dataclass(frozen=True)
class KeptJob:
    """A job as it lies in the database.

    state    indexed; `record` has it too
    request  what is to be done, as JSON
    record   how far that is, as JSON
    """

    id: str
    state: str
    created: float
    request: str
    record: str


class JobRows:
    """Reads and writes of jobs; every write is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, job: KeptJob) -> None:
        with self._engine.begin() as sql:
            sql.execute(insert(jobs).values(vars(job)))

    def save(self, job_id: str, state: str, record: str) -> None:
        with self._engine.begin() as sql:
            sql.execute(update(jobs).where(jobs.c.id == job_id).values(state=state, record=record))

    def get(self, job_id: str) -> KeptJob | None:
        with self._engine.connect() as sql:
            row = sql.execute(select(jobs).where(jobs.c.id == job_id)).first()
        return _kept(row) if row else None

    def list(self, states: Sequence[str] = (), *, limit: int = 50, offset: int = 0) -> tuple[int, list[KeptJob]]:
        """How many there are of these states, or of all, and a page of them, latest first."""
        which = jobs.c.state.in_(states) if states else jobs.c.id.is_not(None)
        with self._engine.connect() as sql:
            total = sql.execute(select(func.count()).select_from(jobs).where(which)).scalar_one()
            latest = select(jobs).where(which).order_by(jobs.c.created.desc(), jobs.c.id)
            return total, [_kept(row) for row in sql.execute(latest.limit(limit).offset(offset))]

    def remove(self, job_id: str) -> None:
        with self._engine.begin() as sql:
            sql.execute(delete(jobs).where(jobs.c.id == job_id))


def _kept(row: Row[Any]) -> KeptJob:
    return KeptJob(row.id, row.state, row.created, row.request, row.record)
