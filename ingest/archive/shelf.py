"""The database of an archive on its own: what was ingested, without the model and the indexes that search it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Engine

from ingest.archive.home import Home, home_at
from ingest.archive.lock import ArchiveLock, this_command
from ingest.archive.reserve import use_reserve
from ingest.database.engines.disk import translated_errors
from ingest.database.journal import Journal
from ingest.database.retention import Retentions
from ingest.database.schema import is_current
from ingest.database.store import Store, empty_engine
from ingest.database.subscriptions import Subscriptions

if TYPE_CHECKING:
    from ingest.stories.stories import Stories


class Shelf:
    """Articles, sources, outcomes and subscriptions, read from SQL."""

    def __init__(self, home: Home, engine: Engine) -> None:
        self.home, self.folder = home, home.folder
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

    def __init__(self, home: Home, engine: Engine, lock: ArchiveLock | None = None) -> None:
        super().__init__(home, engine)
        self._lock = lock
        self._sealing: Callable[[], None] | None = None

    @classmethod
    def to_read(cls, place: Path | Home) -> Self:
        """Open it beside whoever owns the archive: a reader is shown what was last committed.

        Nothing is shown where there is no archive. Raises ArchiveDamaged, ArchiveMismatch for another schema.
        """
        home = home_at(place)
        with translated_errors(home.folder):
            manifest = home.manifest()
            use_reserve(home.folder)
            if manifest is None or not home.exists():
                return cls(home, empty_engine())
            manifest.require_schema()
            engine = home.open_to_read()
            if not is_current(engine):
                engine.dispose()
                cls._bring_up(home)
        return cls(home, engine)

    @classmethod
    def to_write(cls, place: Path | Home) -> Self | None:
        """Open it as the owner of the folder; None where there is no archive.

        Raises ArchiveBusy, ArchiveDamaged, ArchiveMismatch for another schema.
        """
        home = home_at(place)
        with ExitStack() as undo, translated_errors(home.folder):
            manifest = home.manifest()
            if manifest is None:
                return None
            use_reserve(home.folder)
            manifest.require_schema()
            lock = ArchiveLock(home.folder).acquire(this_command())
            undo.callback(lock.release)
            seal, changed = home.seal(mend=True)
            shelf = cls(home, home.open(), lock)
            shelf._sealing = partial(seal.renew, home.folder, changed=changed) if seal else None
            undo.pop_all()
        return shelf

    @classmethod
    def _bring_up(cls, home: Home) -> None:
        """Bring the schema that an earlier Dateline made up to date, as the owner of the archive."""
        if shelf := cls.to_write(home):
            shelf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def exists(self) -> bool:
        """Whether there is an archive in the folder."""
        return self.home.exists()

    def close(self) -> None:
        try:
            super().close()
            if self._sealing:
                self._sealing()
        finally:
            if self._lock:
                self._lock.release()
