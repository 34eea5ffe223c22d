"""Backups: the database of an archive and its manifest in one file, made while the archive is in use."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path

from pydantic import AwareDatetime, ConfigDict

from ingest.archive.archive import Archive
from ingest.archive.aside import LOGS, unused_ending
from ingest.archive.home import Embedded, Home, home_at
from ingest.archive.indexed import GENERATION, RESTORING
from ingest.archive.lock import LOCK, OWNER, ArchiveLock, lock_or_nothing
from ingest.archive.manifest import DATABASE, NAME, Manifest
from ingest.archive.moving import copied
from ingest.archive.recovery import Evidence, recovered
from ingest.archive.reserve import RESERVE
from ingest.archive.seal import SEAL
from ingest.database.engines.copying import clear
from ingest.database.engines.disk import translated_errors
from ingest.database.engines.drafts import drafts
from ingest.database.facts import fact, forget_fact
from ingest.database.rows import connect
from ingest.database.salvage import is_malformed
from ingest.embedding.embedder import Embedder
from ingest.errors import ArchiveDamaged, ArchiveMismatch, SourceError
from ingest.private import private
from ingest.types import Frozen

LABEL = "backup.json"
_LEVEL = 1  # texts become a third; embeddings stay as large as they are at every level
Say = Callable[[str], None]
# What reading a damaged ZIP file raises: RuntimeError where it seems to be encrypted, or packed in another way.
_UNREADABLE = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, KeyError, ValueError, EOFError, RuntimeError)
_COUNTED = "SELECT count(*) FROM articles WHERE version IS NOT NULL AND NOT removing"


def silent(_step: str) -> None:
    """For those who need not be told."""


class Backup(Frozen):
    """What a backup holds. Another Dateline may say more of it.

    made      when
    articles  how many it holds
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    made: AwareDatetime
    articles: int


def back_up(place: Path | Home, file: Path, *, replace: bool = False) -> Backup:
    """Write a backup of the archive in a folder, or in another home, to a file, beside whoever uses the archive.

    It holds what was last committed. The indexes are left out; they are derived from the database.
    Raises NotFound where there is no archive, SourceError where the file exists and is not to be replaced, DiskFull,
    and ArchiveDamaged for a damaged database, which could not be restored.
    """
    home = home_at(place)
    with translated_errors(home.folder):
        manifest = home.manifest()
        if manifest is None or not home.exists():
            raise home.no_archive()
    with (
        drafts(file, "part", "sqlite3", folder=home.folder, replace=replace) as (draft, snapshot),
        translated_errors(home.folder, written=Path(os.path.realpath(file)).parent),
    ):
        home.copy_database(snapshot)
        if is_malformed(snapshot):
            raise ArchiveDamaged(f"the database in {home.folder} is damaged", "run dateline repair, then back it up")
        found = Backup(made=datetime.now(UTC), articles=_count(snapshot))
        _pack(draft, snapshot, manifest, found)
    return found


def _pack(draft: Path, snapshot: Path, manifest: Manifest, label: Backup) -> None:
    with draft.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
            packed.writestr(LABEL, label.model_dump_json())
            packed.write(snapshot, DATABASE)
            packed.writestr(NAME, manifest.model_dump_json(indent=1))
        file.flush()
        os.fsync(file.fileno())


def restore(
    file: Path, place: Path | Home, embedder: Embedder, *, replace: bool = False, say: Say = silent
) -> Backup:
    """Make the archive of a backup, and its indexes; an archive that is there is put aside where `replace` says so.

    Raises SourceError for a file that is no backup or is damaged, ArchiveBusy, ArchiveMismatch for a backup of a
    newer Dateline or of another model, DiskFull. All is then as it was found, but for another model: that archive is
    in place, without indexes. So is one in a server's database when what fails is the making of its indexes.
    """
    home = home_at(place)
    with lock_or_nothing(home.folder) as lock, translated_errors(home.folder), ExitStack() as held:
        held.callback(home.end_writing)
        home.begin_writing(lock.command)
        found, mismatch = _restored(file, home, embedder, lock, replace=replace, say=say)
    if mismatch:
        raise mismatch
    return found


def _restored(
    file: Path, home: Home, embedder: Embedder, lock: ArchiveLock, *, replace: bool, say: Say
) -> tuple[Backup, ArchiveMismatch | None]:
    _require_none(home, replace=replace)
    draft = home.folder / RESTORING
    shutil.rmtree(draft, ignore_errors=True)  # of a restore that was killed
    try:
        say("unpacking the backup")
        whole = Embedded(draft / "whole")
        label, manifest = _unpacked(file, whole, embedder)
        into = whole if isinstance(home, Embedded) else home
        if into is home:
            _copy_into(home, whole, f"the backup of {label.made.isoformat()}")
        into.save(manifest)
        mismatch = _index(into, embedder, lock if into is home else None)
        aside = _exchange(whole.folder, home.folder, draft) if into is whole else ""
        if aside:
            say(f"keeping the old database as {aside}")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return label, mismatch


def _unpacked(file: Path, whole: Embedded, embedder: Embedder) -> tuple[Backup, Manifest]:
    """The label and the manifest of a backup, whose database is made one of today's schema.

    A manifest that cannot be that of the database is made anew.
    """
    whole.folder.mkdir(mode=0o700, parents=True)
    label, manifest = _unpack(file, whole.database)
    if is_malformed(whole.database):
        raise ArchiveDamaged(f"the database in {file} is damaged", "use another backup")
    whole.open().dispose()  # refuses a later version's
    if _count(whole.database) != label.articles:
        raise _not_whole(file)
    if Evidence.of(whole).contradicts(manifest):
        manifest = recovered(whole, embedder)
    return label, manifest


def _count(database: Path) -> int:
    with closing(connect(database)) as sql:
        return int(sql.execute(_COUNTED).fetchone()[0])


def _require_none(home: Home, *, replace: bool) -> None:
    if not home.exists():
        return
    if not isinstance(home, Embedded):
        raise SourceError("there is an archive in that database", "name an empty one with DATELINE_DATABASE_URL")
    if not replace:
        message = f"there is an archive in {home.folder}"
        raise SourceError(message, "name another folder with --data, or pass --replace to put this one aside")


def _index(home: Home, embedder: Embedder, lock: ArchiveLock | None = None) -> ArchiveMismatch | None:
    """Make the indexes. Another model's archive is left without, to be opened with that model or embedded again."""
    try:
        Archive.open(home, embedder, lock=lock).close()
    except ArchiveMismatch as exc:
        return exc
    return None


def _copy_into(home: Home, restored: Embedded, mark: str) -> None:
    """Copy what was restored into a database that has to be empty: those who use it may be anywhere.

    Where it fails, the database is empty again. Where it is killed, the same restore goes on.
    """
    old, new = restored.open(), home.open()
    try:
        copied(old, new, mark, lambda _step, _done, _of: None)
    except BaseException:
        with new.begin() as sql:
            if fact(sql, "moved_from") == mark and fact(sql, "made_with") is None:
                clear(sql)
                forget_fact(sql, "moved_from")
        raise
    finally:
        old.dispose()
        new.dispose()


def _unpack(file: Path, fresh: Path) -> tuple[Backup, Manifest]:
    """The label and the manifest of a backup, whose database is written to a path."""
    try:
        with _opened(file) as content, zipfile.ZipFile(content) as packed:
            label = Backup.model_validate_json(packed.read(LABEL))
            with packed.open(DATABASE) as old, open(fresh, "wb", opener=private) as new:
                shutil.copyfileobj(old, new, 2**20)
            return label, Manifest.read(packed.read(NAME), f"the backup {file}")
    except _UNREADABLE as exc:
        raise _not_whole(file) from exc


class _Medium(BufferedReader):
    """A backup to read, whose medium may fail. Its errors are told from those of the disk that is written to."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Raises SourceError where it cannot be read."""
        with self._failures():
            return super().read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Raises SourceError where it cannot be read."""
        with self._failures():
            return super().seek(offset, whence)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            if exc.errno == errno.EINVAL:  # sought before the beginning: the file is too short for a ZIP file
                raise
            hint = "check the medium it is on, or use another backup"
            raise SourceError(f"{self.name} cannot be read: {exc.strerror}", hint) from exc


def _opened(file: Path) -> BufferedReader:
    try:
        if file.exists() and not file.is_file():  # a pipe would be waited for
            raise SourceError(f"{file} is no regular file", "name another file")
        return _Medium(file.open("rb", buffering=0))
    except FileNotFoundError as exc:
        raise SourceError(f"there is no file {file}", "check the path") from exc
    except OSError as exc:
        raise SourceError(f"{file} cannot be read: {exc.strerror}", "check the path and its permissions") from exc


def _not_whole(file: Path) -> SourceError:
    return SourceError(f"{file} is no backup of Dateline, or is damaged", "use another backup")


def _exchange(whole: Path, folder: Path, draft: Path) -> str:
    """Put what is in a folder aside, and an archive in its place; where that fails or is stopped, all is as it was.

    Returns the new name of the database that was there, or nothing.
    """
    ending = unused_ending(folder, "replaced")
    begun: list[tuple[Path, Path]] = []
    try:
        for old, new in [*_moved_out(folder, ending, draft), *_moved_in(whole, folder)]:
            begun.append((old, new))
            old.rename(new)
    except BaseException:
        for old, new in reversed(begun):
            if not old.exists():
                new.rename(old)
        raise
    aside = folder / f"{DATABASE}{ending}"
    return aside.name if aside.exists() else ""


def _moved_out(folder: Path, ending: str, draft: Path) -> Iterator[tuple[Path, Path]]:
    """New names of what is in a folder: database and manifest stay there, the indexes go with the draft."""
    for path in sorted(folder.iterdir()):
        if path.name == SEAL or GENERATION.fullmatch(path.name):
            yield path, draft / path.name
        elif path.name == NAME:
            yield path, folder / f"{NAME}{ending}"
        elif path.name in (DATABASE, *(DATABASE + log for log in LOGS)):
            yield path, folder / path.name.replace(DATABASE, f"{DATABASE}{ending}")


def _moved_in(whole: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """An archive's new places in a folder, its database first: without it, the rest could not be made anew."""
    stays = (LOCK, OWNER, RESERVE)  # of each folder its own
    return ((path, folder / path.name) for path in sorted(whole.iterdir()) if path.name not in stays)
