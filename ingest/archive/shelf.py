"""The database of an archive on its own: what was ingested, without the model and the indexes that search it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Engine

from ingest.archive.lock import ArchiveLock, this_command
from ingest.archive.manifest import DATABASE, Manifest
from ingest.archive.reserve import use_reserve
from ingest.archive.seal import unsealed
from ingest.database.disk import translated_errors
from ingest.database.journal import Journal
from ingest.database.retention import Retentions
from ingest.database.schema import is_current
from ingest.database.store import Store, empty_engine, open_engine, open_to_read
from ingest.database.subscriptions import Subscriptions

if TYPE_CHECKING:
    from ingest.stories.stories import Stories


class Shelf:
    """Articles, sources, outcomes and subscriptions, read from SQL."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        self.store = Store(engine)
        self.journal = Journal(engine)
        self.subscriptions = Subscriptions(engine)
        self.retentions = Retentions(engine)

    @cached_property
    def stories(self) -> Stories:
        from ingest.stories.stories import Stories

        return Stories(self.store.engine)

    def close(self) -> None:
        self.store.close()


class LooseShelf(Shelf):
    """A shelf opened by itself, in milliseconds; use it in a `with`.

    lock  held by one who also writes to the database; None for one who only reads
    """

    def __init__(self, folder: Path, engine: Engine, lock: ArchiveLock | None = None) -> None:
        super().__init__(folder, engine)
        self._lock = lock
        self._sealing: Callable[[], None] | None = None

    @classmethod
    def to_read(cls, folder: Path) -> Self:
        """Open it beside whoever owns the archive: SQLite shows a reader what was last committed.

        Nothing is shown where there is no archive. Raises ArchiveDamaged, ArchiveMismatch for another schema.
        """
        manifest, database = Manifest.load(folder), folder / DATABASE
        use_reserve(folder)
        if manifest is None or not database.exists():
            return cls(folder, empty_engine())
        manifest.require_schema()
        with translated_errors(folder):
            engine = open_to_read(database)
            if not is_current(engine):
                engine.dispose()
                cls._bring_up(folder)
        return cls(folder, engine)

    @classmethod
    def to_write(cls, folder: Path) -> Self | None:
        """Open it as the owner of the archive; None where there is no archive.

        Raises ArchiveBusy, ArchiveDamaged, ArchiveMismatch for another schema.
        """
        manifest = Manifest.load(folder)
        if manifest is None:
            return None
        use_reserve(folder)
        manifest.require_schema()
        with ExitStack() as undo:
            lock = ArchiveLock(folder).acquire(this_command())
            undo.callback(lock.release)
            with translated_errors(folder):
                seal, changed = unsealed(folder, mend=True)
                shelf = cls(folder, open_engine(folder / DATABASE), lock)
                shelf._sealing = partial(seal.renew, folder, changed=changed) if seal else None
            undo.pop_all()
        return shelf

    @classmethod
    def _bring_up(cls, folder: Path) -> None:
        """Bring the schema that an earlier Dateline made up to date, as the owner of the archive."""
        if shelf := cls.to_write(folder):
            shelf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def exists(self) -> bool:
        """Whether there is an archive in the folder."""
        return (self.folder / DATABASE).exists()

    def close(self) -> None:
        try:
            super().close()
            if self._sealing:
                self._sealing()
        finally:
            if self._lock:
                self._lock.release()
