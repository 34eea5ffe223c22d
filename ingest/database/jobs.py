"""Ingest jobs that outlive the service: what each is to do, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, delete, func, insert, select, update

from ingest.database.engines.dialects import is_postgresql
from ingest.database.tables import job_files, jobs
from ingest.private import private

KEPT = 200  # jobs that are over
_PART_BYTES = 100_000  # of a file, in a row


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

    def add(self, job: KeptJob, file: Path | None = None) -> None:
        """Keep a job. In a shared database its file is kept, too: another process may run it."""
        with self._engine.begin() as sql:
            sql.execute(insert(jobs).values(vars(job)))
            if file is not None and is_postgresql(sql):
                with file.open("rb") as opened:
                    for number, content in enumerate(iter(lambda: opened.read(_PART_BYTES), b"")):
                        sql.execute(insert(job_files).values(job=job.id, number=number, content=content))

    def save(self, job_id: str, state: str, record: str, *, unless: Sequence[str]) -> bool:
        """Keep how far a job is, unless it is in one of these states; whether it was not, and is there."""
        mine = (jobs.c.id == job_id) & jobs.c.state.not_in(unless)
        with self._engine.begin() as sql:
            return sql.execute(update(jobs).where(mine).values(state=state, record=record)).rowcount > 0

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

    def has_file(self, job_id: str) -> bool:
        """Whether the file of a job is kept in the database."""
        with self._engine.connect() as sql:
            return (
                sql.execute(select(job_files.c.number).where(job_files.c.job == job_id).limit(1)).first() is not None
            )

    def bring_file(self, job_id: str, path: Path) -> None:
        """Write the file of a job that is kept in the database; it is whole or not there."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        arriving = path.with_name(f".{path.name}")
        parts = select(job_files.c.content).where(job_files.c.job == job_id).order_by(job_files.c.number)
        with (
            self._engine.connect() as sql,
            sql.execute(parts, execution_options={"yield_per": 100}) as found,
            open(arriving, "wb", opener=private) as file,
        ):
            file.writelines(found.scalars())
        arriving.replace(path)

    def forget_file(self, job_id: str) -> None:
        with self._engine.begin() as sql:
            sql.execute(delete(job_files).where(job_files.c.job == job_id))

    def remove(self, job_id: str) -> None:
        """Forget a job and its file."""
        with self._engine.begin() as sql:
            sql.execute(delete(job_files).where(job_files.c.job == job_id))
            sql.execute(delete(jobs).where(jobs.c.id == job_id))


def _kept(row: Row[Any]) -> KeptJob:
    return KeptJob(row.id, row.state, row.created, row.request, row.record)
