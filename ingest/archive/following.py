"""Archives that share a database: one writes to it, and the indexes of the others follow its log of changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from ingest.archive.home import Home
from ingest.database.change_log import Change, ChangeLog
from ingest.database.store import Store
from ingest.errors import ArchiveDamaged


def changing(store: Store, changes: Sequence[Change]) -> set[str]:
    """The ids of all passages of articles that changed, of those that are there and of those that are gone."""
    current = store.current_ids_of(sorted({one.article_id for one in changes}))
    return set(current).union(*(one.gone for one in changes))


class Following:
    """How far the indexes in a folder have come with the changes to a shared database.

    is_behind  whether others may have made changes that are not in the indexes
    """

    def __init__(self, home: Home, engine: Engine) -> None:
        self._home, self._log = home, ChangeLog(engine)
        self._at, self._kept = home.followed(), -1
        self.is_behind = bool(home.writer)

    def changes(self) -> Sequence[Change]:
        """Those that the indexes do not have yet. Raises ArchiveDamaged where not all of them are known any more."""
        if not self._home.is_shared:
            return ()
        found = self._log.since(self._at)
        if found is None:
            raise ArchiveDamaged("too much has changed in the database since")
        return found

    def last(self) -> int:
        """The number of the last change to the database; 0 where it is not shared."""
        return self._log.last() if self._home.is_shared else 0

    def reached(self, number: int) -> None:
        """The indexes have all changes up to this one."""
        self._at = number

    def wrote(self, number: int) -> None:
        """This process made all changes up to this one, or has followed them."""
        self._at = max(self._at, number)

    def keep(self) -> None:
        """Write to the folder how far its indexes are, at least: what came later is followed again."""
        if self._home.is_shared and self._kept != self._at:
            self._home.note(self._at)
            self._kept = self._at

    def close(self) -> None:
        """Write to the folder how far its indexes are at their end. All that was written here is in them."""
        if self._home.is_shared and not self.is_behind and not self._home.regain_writing():
            self._at = self._log.last()
        self.keep()
