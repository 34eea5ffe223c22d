"""A folder whose database is on a PostgreSQL server: it holds only the indexes, which follow the database."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, CursorResult, Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from ingest.archive.home import NODE, Home
from ingest.archive.manifest import DATABASE, TOKENS, Manifest, write_safely
from ingest.archive.seal import Seal
from ingest.archive.vectors.pgvector import PgVectors
from ingest.archive.vectors.store import VectorStore
from ingest.database.change_log import ChangeLog, log_changes
from ingest.database.engines.copying import copy_rows
from ingest.database.engines.lease import Lease, is_connected
from ingest.database.engines.postgres import open_postgres, open_postgres_to_read, postgres_url, version_of
from ingest.database.facts import fact, keep_fact
from ingest.database.rows import Rows
from ingest.database.store import open_engine
from ingest.database.tables import facts
from ingest.errors import ArchiveDamaged, ArchiveMismatch, SettingsError
from ingest.types import Frozen


class Followed(Frozen):
    """Which database the indexes of a folder are of, and the last of its changes that is in them."""

    database: str
    change: int


class Node(Home):
    """A folder, and the address of the database."""

    def __init__(self, folder: Path, address: str, vectors_in: str = "chroma") -> None:
        super().__init__(folder)
        self.vectors_in = vectors_in
        self.address, self.url = address, postgres_url(address)
        self._lease = Lease(self.url)

    @property
    def name(self) -> str:
        return self.url.set(query={}).render_as_string(hide_password=True)

    @cached_property
    def _reading(self) -> Engine:
        return create_engine(self.url, poolclass=NullPool)  # read from seldom, so that no connection is kept

    def exists(self) -> bool:
        with self._reading.connect() as sql:
            return bool(inspect(sql).has_table(facts.name)) and fact(sql, "made_with") is not None

    def manifest(self, engine: Engine | None = None) -> Manifest | None:
        """That of the database, with what only the folder knows: which indexes there are in it."""
        if (self.folder / DATABASE).exists():
            message = f"{self.folder} holds an archive of its own, which is not in PostgreSQL"
            raise SettingsError(message, "set DATELINE_DATA to another folder")
        with (engine or self._reading).connect() as sql:
            made = fact(sql, "made_with") if inspect(sql).has_table(facts.name) else None
            mark = fact(sql, "id") if made else None
            if made is None:
                _require_nothing_begun(sql)
        if made is None:
            return None
        shared = _manifest(made)
        if shared is None:
            raise ArchiveMismatch("the archive was made by a newer version of Dateline", "upgrade Dateline")
        return self._with_indexes(shared, mark)

    def _with_indexes(self, shared: Manifest, mark: str | None) -> Manifest:
        """Indexes that are of another database, or of another model, make way for new ones."""
        here = self.folder / "manifest.json"
        mine = _manifest(here.read_bytes()) if here.exists() else None
        if mine is None:
            return shared
        known = self._followed()
        fits = known is not None and known.database == mark and mine.cuts_like(shared)
        generation = mine.generation if fits else mine.generation + 1
        return shared.model_copy(update={"generation": generation, "tokens": mine.tokens if fits else TOKENS})

    def save(self, manifest: Manifest) -> None:
        """Write it to the folder, and to the database, unless another process does, what concerns all folders."""
        engine = self.open()
        try:
            shared = manifest.model_copy(update={"generation": 1, "tokens": TOKENS}).model_dump_json()
            with engine.begin() as sql:
                if not self.writer and fact(sql, "made_with") != shared:
                    keep_fact(sql, "made_with", shared)
        finally:
            engine.dispose()
        super().save(manifest)

    def seal(self, *, mend: bool) -> tuple[Seal | None, bool]:
        seal = Seal.load(self.folder)  # where the database was in the folder, it is no longer
        return seal and seal.without_database(), False

    def begin_writing(self, command: str) -> None:
        self._lease.acquire(command)

    @property
    def writer(self) -> str:
        return self._lease.holder

    def regain_writing(self) -> bool:
        return self._lease.regain()

    def end_writing(self) -> None:
        self._lease.release()

    def is_used_by(self, command: str) -> bool:
        with self._reading.connect() as sql:
            return is_connected(sql, command)

    def open(self) -> Engine:
        engine = open_postgres(self.url)
        with engine.begin() as sql:
            keep_fact(sql, "id", secrets.token_hex(8), first=True)
        return engine

    def vectors(self, manifest: Manifest, engine: Engine) -> VectorStore:
        if self.vectors_in == "chroma":
            return super().vectors(manifest, engine)
        model, dimension = manifest.embedder, manifest.dimension
        if self.vectors_in == "pgvector":
            return PgVectors(engine, model=model, dimension=dimension, may_write=lambda: not self.writer)
        from ingest.archive.vectors.server import ChromaServer

        with engine.connect() as sql:
            name = fact(sql, "id") or ""
        return ChromaServer(
            self.vectors_in,
            self.folder,
            name=name,
            model=model,
            dimension=dimension,
            may_write=lambda: not self.writer,
        )

    def open_to_read(self) -> Engine:
        return open_postgres_to_read(self.url)

    @contextmanager
    def rows(self, *, writing: bool = False) -> Iterator[Rows]:
        engine = self.open() if writing else self.open_to_read()
        try:
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as sql:
                with closing(_PostgresRows(sql)) as rows:
                    yield rows
                sql.commit()
        finally:
            engine.dispose()

    def copy_database(self, path: Path) -> None:
        new, old = open_engine(path), self.open_to_read()
        try:
            with old.connect().execution_options(isolation_level="REPEATABLE READ") as sql:
                copy_rows(sql, new, lambda _rows: None)
        finally:
            new.dispose()
            old.dispose()
        with closing(sqlite3.connect(path)) as sql_file:
            sql_file.execute("PRAGMA journal_mode=DELETE")

    def own_check(self) -> str:
        """PostgreSQL compares its pages with their checksums whenever it reads them."""
        with self._reading.connect() as sql:
            version_of(sql)
        return "ok"

    def orphans(self) -> list[str]:
        return []  # PostgreSQL allows none

    @property
    def is_shared(self) -> bool:
        return True

    def followed(self) -> int:
        known = self._followed()
        with self._reading.connect() as sql:
            return known.change if known and known.database == fact(sql, "id") else 0

    def is_followed(self) -> bool:
        return self.followed() == ChangeLog(self._reading).last()

    def note(self, followed: int) -> None:
        with self._reading.connect() as sql:
            mark = fact(sql, "id")
        write_safely(self.folder / NODE, Followed(database=mark or "", change=followed).model_dump_json())

    def _followed(self) -> Followed | None:
        try:
            return Followed.model_validate_json((self.folder / NODE).read_bytes())
        except (OSError, ValidationError):
            return None


def _require_nothing_begun(sql: Connection) -> None:
    if inspect(sql).has_table(facts.name) and (place := fact(sql, "moved_from")):
        message = f"the database holds a part of {place}, from a move or restore that was interrupted"
        raise ArchiveDamaged(message, "run dateline migrate or dateline restore again")


class _PostgresRows(Rows):
    """Rows by statements that are written as SQLite's are."""

    def __init__(self, sql: Connection) -> None:
        self._sql = sql
        self._begun: list[CursorResult[Any]] = []

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Any:
        written = statement.replace("?", "%s")
        if values or not statement.startswith("SELECT"):
            found = self._sql.exec_driver_sql(written, tuple(values))
            return found.mappings() if found.returns_rows else None
        self._begun.append(self._sql.exec_driver_sql(written, execution_options={"stream_results": True}))
        return self._begun[-1].mappings()  # not all rows of a table at once

    def log(self, gone: Mapping[str, Iterable[str]]) -> None:
        log_changes(self._sql, gone.items())

    def close(self) -> None:
        """Close what was not read to its end."""
        for found in self._begun:
            found.close()


def _manifest(kept: str | bytes) -> Manifest | None:
    try:
        return Manifest.model_validate_json(kept)
    except ValidationError:
        return None
