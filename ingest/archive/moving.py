"""An archive moved into another database, and back: nothing is embedded again, and every row is compared."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

from sqlalchemy import Connection, Engine

from ingest.archive.aside import put_aside
from ingest.archive.home import NODE, Embedded, Home
from ingest.archive.lock import lock_or_nothing, this_command
from ingest.archive.manifest import DATABASE, Manifest
from ingest.archive.node import Node
from ingest.database.engines.copying import Done, clear, copy_rows, count_rows, first_difference, is_empty
from ingest.database.engines.disk import translated_errors
from ingest.database.facts import fact, keep_fact
from ingest.database.rows import broken_rows, connect
from ingest.database.store import open_engine
from ingest.errors import ArchiveDamaged, NotFound, SourceError
from ingest.types import Frozen

Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how much
_DRAFT = f"{DATABASE}.moving"
_SHOWN = 3  # broken rows that an error names


class Moved(Frozen):
    """What a move did.

    rows   how many rows there are, each compared with what it was
    aside  the name of the file that was the database until now, where there was one
    """

    rows: int
    aside: str = ""


def move(source: Home, target: Home, told: Progress = lambda _step, _done, _of: None) -> Moved:
    """Move an archive into an empty database. Killed at any point, it goes on where it was when it is begun again.

    In the same folder the search indexes stay as they are; in another one they are made at the first opening.
    Raises NotFound where there is no archive, SourceError for a database that is not empty, ArchiveBusy, and
    ArchiveDamaged where the archive is, or was changed since the move began; then nothing has been moved.
    """
    with translated_errors(source.folder), translated_errors(target.folder), ExitStack() as held:
        _hold(source, held)
        if target.folder.resolve() != source.folder.resolve():
            _hold(target, held)
        elif isinstance(target, Node):
            held.callback(target.end_writing)
            target.begin_writing(this_command())
        manifest = source.manifest()
        if manifest is None or not source.exists():
            raise NotFound(f"there is no archive in {source.folder}", "check --data and DATELINE_DATA")
        manifest.require_schema()
        with _landing(target) as new:
            rows = _copied(source, new, told)
        return Moved(rows=rows, aside=_settled(source, target, manifest))


def _hold(home: Home, held: ExitStack) -> None:
    lock = held.enter_context(lock_or_nothing(home.folder))
    held.callback(home.end_writing)
    home.begin_writing(lock.command)


@contextmanager
def _landing(target: Home) -> Iterator[Engine]:
    """The database that is moved into. A file has another name until it is whole."""
    if isinstance(target, Embedded):
        if target.database.exists():
            raise SourceError(f"there is an archive in {target.folder}", "name an empty folder")
        engine = open_engine(target.database.with_name(_DRAFT))
    else:
        engine = target.open()
    try:
        yield engine
    finally:
        engine.dispose()


def _copied(source: Home, new: Engine, told: Progress) -> int:
    _require_whole(source)
    source.open().dispose()  # which brings its tables up to date
    engine = source.open_to_read()
    try:
        return copied(engine, new, source.name, told)
    finally:
        engine.dispose()


def copied(old: Engine, new: Engine, mark: str, told: Progress) -> int:
    """Copy all rows into an empty database and compare them; returns how many there are.

    mark  where they come from: what was copied from there before is not copied again
    """
    with old.connect() as sql:
        with new.begin() as there:
            _require_empty(there, mark)
            keep_fact(there, "moved_from", mark)
            count = count_rows(there)
        total = count_rows(sql)
        copy_rows(sql, new, _Counter(told, "copying", total, count))
        _compare(sql, new, _Counter(told, "comparing", total))
    return total


def _require_whole(source: Home) -> None:
    """Raises ArchiveDamaged where a text, a record or an embedding is not what its digest is of."""
    with source.rows() as sql:
        broken = [str(row) for row in itertools.islice(broken_rows(sql), _SHOWN)]
    if broken:
        raise ArchiveDamaged(f"the archive is damaged: {', '.join(broken)}", "run dateline repair first")


def _require_empty(sql: Connection, mark: str) -> None:
    if fact(sql, "moved_from") != mark and not is_empty(sql):
        raise SourceError("there is an archive in that database", "name an empty one")


def _compare(old: Connection, new: Engine, told: Done) -> None:
    with new.connect() as sql:
        table, is_finished = first_difference(old, sql, told), fact(sql, "made_with") is not None
    if table and is_finished:  # by a move that was followed by work in that database
        raise SourceError("there is an archive in that database", "name an empty one")
    if table:
        with new.begin() as sql:
            clear(sql)
        raise ArchiveDamaged(f"the archive was changed ({table}) after the move began", "run it again from the start")


def _settled(source: Home, target: Home, manifest: Manifest) -> str:
    """Let the moved archive be the one that is opened; returns the name of the file that is put aside."""
    same_folder = source.folder.resolve() == target.folder.resolve()
    if isinstance(target, Embedded):
        indexed = same_folder and source.is_followed()
        target.save(manifest if indexed else manifest.model_copy(update={"generation": manifest.generation + 1}))
        target.database.with_name(_DRAFT).rename(target.database)
        (target.folder / NODE).unlink(missing_ok=True)
        return ""
    target.save(manifest)
    return _left_behind(source, target) if same_folder and isinstance(source, Embedded) else ""


def _left_behind(source: Embedded, target: Home) -> str:
    with closing(connect(source.database, writing=True)) as sql:
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    target.note(0)
    return put_aside(source.database, "moved").name


class _Counter:
    def __init__(self, told: Progress, step: str, of: int, done: int = 0) -> None:
        self._told, self._step, self._of, self._done = told, step, of, done

    def __call__(self, more: int) -> None:
        self._done += more
        self._told(self._step, self._done, self._of)
