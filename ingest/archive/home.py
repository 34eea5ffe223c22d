"""Where an archive lives: in a folder, or with its database on a PostgreSQL server and its indexes in a folder."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, text

from ingest.archive.manifest import DATABASE, Manifest
from ingest.archive.seal import Seal, unsealed
from ingest.database.rows import Rows, connect, orphans
from ingest.database.store import open_engine, open_to_read
from ingest.errors import NotFound, SettingsError

if TYPE_CHECKING:
    from ingest.archive.vectors.store import VectorStore
    from ingest.embedding.embedder import Embedder
    from ingest.settings import IngestSettings

NODE = "node.json"  # in a folder whose database is elsewhere


class Home(ABC):
    """A folder, and the database of the archive in it.

    address     of the database, where it is not in the folder
    vectors_in  what keeps the vectors of passages: "chroma", in the folder, "pgvector", in the database, or the
                address of a Chroma server
    """

    address = ""
    vectors_in = "chroma"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """Where the database is, without a password."""
        return str(self.folder.resolve())

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is an archive."""

    def no_archive(self) -> NotFound:
        """The error that there is no archive."""
        return NotFound(f"there is no archive in {self.folder}", "check --data and DATELINE_DATA")

    @abstractmethod
    def manifest(self, engine: Engine | None = None) -> Manifest | None:
        """The manifest of the archive; None where there is no archive. Raises what `Manifest.load` raises.

        engine  by which a shared database is open already: connecting anew each time costs its server much
        """

    def manifest_for(self, embedder: Embedder) -> Manifest:
        """The manifest of the archive, or that of a new one. Raises what `Manifest.load` raises."""
        found = self.manifest()
        if found is None:
            found = Manifest.of(embedder)
            self.save(found)
        return found

    def save(self, manifest: Manifest) -> None:
        manifest.save(self.folder)

    @abstractmethod
    def seal(self, *, mend: bool) -> tuple[Seal | None, bool]:
        """What `ingest.archive.seal.unsealed` says."""

    def begin_writing(self, command: str) -> None:  # noqa: B027 - the lock of the folder is enough for most
        """Raises ArchiveBusy where another process writes to the database; the lock of the folder is held already."""

    @property
    def writer(self) -> str:
        """The other process that writes to the database, when it was last looked for; empty where this one may."""
        return ""

    def regain_writing(self) -> bool:
        """Take what `begin_writing` did not get, or what was lost since: whether others may have written meanwhile.

        Raises ArchiveBusy where another process still does.
        """
        return False

    def end_writing(self) -> None:  # noqa: B027
        """Give up what `begin_writing` took."""

    def is_used_by(self, command: str) -> bool:
        """Whether a process of that command writes to a shared database, or waits to; it may have another folder."""
        return False

    @abstractmethod
    def open(self) -> Engine:
        """Open the database with today's schema, which is made where there is none.

        Raises ArchiveMismatch for the database of a later version.
        """

    @abstractmethod
    def open_to_read(self) -> Engine:
        """Open the database that is there, beside whoever writes to it."""

    def vectors(self, manifest: Manifest, engine: Engine) -> VectorStore:
        """The index of vectors, not yet open."""
        from ingest.archive.vectors.index import VectorIndex

        return VectorIndex(self.folder / manifest.vectors, dimension=manifest.dimension)

    @abstractmethod
    def rows(self, *, writing: bool = False) -> AbstractContextManager[Rows]:
        """The rows of the database as they are; with `writing`, what is done to them is committed at the end."""

    @abstractmethod
    def copy_database(self, path: Path) -> None:
        """Copy all that was committed, in one piece, to a SQLite file; what is committed meanwhile is not in it."""

    @abstractmethod
    def own_check(self) -> str:
        """What the database says of itself; "ok" where all is well."""

    @abstractmethod
    def orphans(self) -> list[str]:
        """Which rows refer to nothing."""

    @property
    def is_shared(self) -> bool:
        """Whether other processes may write to the database; a file has one owner, whose indexes change with it."""
        return False

    def followed(self) -> int:
        """The last of the changes to a shared database that the indexes in the folder have, at least."""
        return 0

    def is_followed(self) -> bool:
        """Whether the indexes in the folder have followed all changes, as far as those who close it well tell."""
        return True

    def note(self, followed: int) -> None:  # noqa: B027
        """Keep what `followed` says."""


class Embedded(Home):
    """A folder with the database in it, a SQLite file."""

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    def exists(self) -> bool:
        return self.database.exists() and self.database.stat().st_size > 0

    def manifest(self, engine: Engine | None = None) -> Manifest | None:
        if (self.folder / NODE).exists() and not self.database.exists():
            message = f"the database of the archive in {self.folder} is on a PostgreSQL server"
            raise SettingsError(message, "set DATELINE_DATABASE_URL to it, or DATELINE_DATA to another folder")
        return Manifest.load(self.folder)

    def seal(self, *, mend: bool) -> tuple[Seal | None, bool]:
        return unsealed(self.folder, mend=mend)

    def open(self) -> Engine:
        return open_engine(self.database)

    def open_to_read(self) -> Engine:
        return open_to_read(self.database)

    @contextmanager
    def rows(self, *, writing: bool = False) -> Iterator[Rows]:
        with closing(connect(self.database, writing=writing)) as sql:
            yield sql
            sql.commit()

    def copy_database(self, path: Path) -> None:
        with closing(connect(self.database)) as old, closing(sqlite3.connect(path)) as new:
            old.backup(new, pages=-1)
            new.execute("PRAGMA journal_mode=DELETE")

    def own_check(self) -> str:
        engine = self.open_to_read()
        try:
            with engine.connect() as sql:
                return str(sql.execute(text("PRAGMA integrity_check")).scalar())
        finally:
            engine.dispose()

    def orphans(self) -> list[str]:
        with closing(connect(self.database)) as sql:
            return orphans(sql)


def home_at(place: Path | Home) -> Home:
    """A home; that of an archive with everything in it for a folder."""
    return place if isinstance(place, Home) else Embedded(place)


def home_of(settings: IngestSettings) -> Home:
    """Where the archive of the settings lives."""
    address = settings.database_url.get_secret_value() if settings.database_url else ""
    if settings.chroma_url and settings.vectors != "chroma":
        raise SettingsError("DATELINE_CHROMA_URL is set, but DATELINE_VECTORS is pgvector", "unset one of them")
    vectors_in = settings.chroma_url.get_secret_value() if settings.chroma_url else settings.vectors
    return home_with(settings.data, address, vectors_in)


def home_with(folder: Path, address: str, vectors_in: str = "chroma") -> Home:
    """The home with the database at an address; in the folder for none. Raises SettingsError for no address."""
    if not address and vectors_in != "chroma":
        setting = "DATELINE_VECTORS=pgvector" if vectors_in == "pgvector" else "DATELINE_CHROMA_URL"
        raise SettingsError(f"{setting} needs PostgreSQL", "set DATELINE_DATABASE_URL, or unset it")
    if not address:
        return Embedded(folder)
    from ingest.archive.node import Node

    return Node(folder, address, vectors_in)
