"""Repair: whatever of an archive can be had from its database is put right, and what is lost is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from ingest.archive.archive import Archive
from ingest.archive.aside import LOGS, put_aside
from ingest.archive.home import Embedded, Home, home_at
from ingest.archive.lock import ArchiveLock, make_folder, this_command
from ingest.archive.manifest import DATABASE, NAME, Manifest
from ingest.archive.recovery import Evidence, recovered
from ingest.archive.seal import Seal
from ingest.database.engines.disk import translated_errors
from ingest.database.mending import Mending, mend_rows
from ingest.database.rows import broken_rows
from ingest.database.salvage import is_malformed, reindexed, salvage
from ingest.embedding.chunk import passages
from ingest.embedding.embedder import Embedder
from ingest.errors import ArchiveDamaged, NotFound
from ingest.types import Frozen

Say = Callable[[str], None]


class Repaired(Frozen):
    """What a repair did.

    mended  what is right again
    lost    what the database does not hold any more, by name where that is known
    """

    mended: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def repair(place: Path | Home, embedder: Embedder, say: Say = lambda _step: None) -> Repaired:
    """Put the archive in a folder, or in another home, right from its database; `say` is told of each step.

    Raises NotFound where there is no archive, ArchiveBusy, ArchiveDamaged for a database that is none any more, and
    ArchiveMismatch where the archive belongs to another model or a newer Dateline.
    """
    home = home_at(place)
    with translated_errors(home.folder):
        if not home.exists():
            raise NotFound(f"there is no archive in {home.folder}", "dateline restore brings one back from a backup")
        make_folder(home.folder)
        lock = ArchiveLock(home.folder).acquire(this_command())
        try:
            home.begin_writing(lock.command)
            return _Repair(home, embedder, say).run(lock)
        finally:
            home.end_writing()
            lock.release()


class _Repair:
    def __init__(self, home: Home, embedder: Embedder, say: Say) -> None:
        self._home, self._embedder, self._say = home, embedder, say
        self._folder, self._database = home.folder, home.folder / DATABASE
        self._mended: list[str] = []
        self._lost: list[str] = []

    def run(self, lock: ArchiveLock) -> Repaired:
        if isinstance(self._home, Embedded):  # PostgreSQL looks after its own files
            self._say("checking the database")
            self._mend_database()
        self._mend_manifest()
        self._say("checking texts and embeddings")
        rows = self._mend_rows()
        self._accept_database()
        self._say("checking the search indexes")
        self._mend_indexes(lock, rows)
        return Repaired(mended=tuple(self._mended), lost=tuple(self._lost))

    def _mend_database(self) -> None:
        if not is_malformed(self._database):
            self._note_changes()
        elif reindexed(self._database):
            self._mended.append("the indexes within the database")
        else:
            self._salvage()

    def _note_changes(self) -> None:
        """A change from outside that no digest tells of is accepted, and said."""
        seal = Seal.load(self._folder)
        if seal and seal.has_changed(self._folder, whole=True):
            self._mended.append("the database, which another program changed, is taken as it is from now on")

    def _salvage(self) -> None:
        self._say("copying what can be read into a new database")
        fresh = self._folder / f"{DATABASE}.new"
        try:
            unread = salvage(self._database, fresh)
        except sqlite3.DatabaseError as exc:
            fresh.unlink(missing_ok=True)
            message = f"nothing can be read from {self._database}: {exc}"
            raise ArchiveDamaged(message, "dateline restore brings a backup back") from exc
        kept = put_aside(self._database, "damaged")
        for suffix in LOGS:
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
        fresh.rename(self._database)
        self._mended.append(f"the database, made anew from what can be read; the damaged one is {kept.name}")
        self._lost += [f"up to {count} rows of {table} cannot be read" for table, count in unread.items()]

    def _mend_manifest(self) -> None:
        try:
            manifest = self._home.manifest()
        except ArchiveDamaged:
            manifest = None
        if manifest is None or Evidence.of(self._home).contradicts(manifest):
            manifest = recovered(self._home, self._embedder)
            self._home.save(manifest)
            self._mended.append(f"{NAME}, made anew from the database")
        manifest.require_model(self._embedder)

    def _mend_rows(self) -> Mending:
        self._home.open().dispose()  # which brings its tables up to date
        with self._home.rows(writing=True) as sql:
            found = mend_rows(sql, list(broken_rows(sql)))
        self._mended += found.mended
        self._lost += found.lost
        return found

    def _accept_database(self) -> None:
        """Have the database sealed as it is from now on: its old checksum would stand where its size and time do."""
        if seal := Seal.load(self._folder):
            seal.without_database().save(self._folder)

    def _mend_indexes(self, lock: ArchiveLock, rows: Mending) -> None:
        with Archive.open(self._home, self._embedder, check=False, lock=lock) as archive:
            for article in archive.store.articles(sorted(rows.recut)).values():
                archive.store.recut(article, passages(article, self._embedder.count_tokens))
            if lacking := archive.embeddings.lacking() - archive.awaiting.ids():
                self._mended.append(f"embeddings of {len(lacking)} passages")
            if (
                archive.damage
                or lacking
                or rows.mended
                or rows.lost
                or not archive.manifest.cuts_like(self._today(archive))
            ):
                if archive.damage:
                    self._mended.append(f"the search indexes: {archive.damage}")
                self._say("rebuilding the search indexes")
                archive.index_anew()
            archive.finish_pending()
            if lacking:
                archive.catch_up()

    def _today(self, archive: Archive) -> Manifest:
        return Manifest.of(self._embedder, generation=archive.manifest.generation)
