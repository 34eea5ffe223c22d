"""The seal: sizes and checksums of an archive's files as they were when it was closed."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from ingest.archive.manifest import DATABASE, NAME, Manifest, write_safely
from ingest.database.rows import broken_rows, connect, integrity, orphans
from ingest.errors import ArchiveDamaged
from ingest.types import Frozen

log = logging.getLogger("dateline")

SEAL = "seal.json"
_READ_ANYWAY = 32 * 2**20  # bytes up to which a file is read at every opening, whatever its times say
_PIECE = 2**20


class SealedFile(Frozen):
    """A file as it was.

    modified  its time in nanoseconds; while size and time are the same, a large file is taken to be unchanged
    checksum  CRC-32 of all of it
    """

    size: int
    modified: int
    checksum: int

    @classmethod
    def of(cls, path: Path, known: SealedFile | None = None) -> Self:
        """The file at a path, which is not read again where it is still as known."""
        stat = path.stat()
        if known and (known.size, known.modified) == (stat.st_size, stat.st_mtime_ns):
            return cls(size=stat.st_size, modified=stat.st_mtime_ns, checksum=known.checksum)
        return cls(size=stat.st_size, modified=stat.st_mtime_ns, checksum=checksum(path))

    def fits(self, path: Path, *, whole: bool = False) -> bool:
        """Whether the file is as it was; a large one is only read where its times changed, or `whole` asks for it."""
        stat = path.stat()
        if stat.st_size != self.size:
            return False
        same_time = stat.st_mtime_ns == self.modified
        return (same_time and not whole and self.size > _READ_ANYWAY) or checksum(path) == self.checksum


class Seal(Frozen):
    """What an archive consisted of.

    files    by their names within its folder
    changed  the database was changed by something else than Dateline before it was sealed, and not looked at since
    """

    files: dict[str, SealedFile]
    changed: bool = False

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """None where an archive was never sealed, or the seal itself is damaged."""
        try:
            return cls.model_validate_json((folder / SEAL).read_bytes())
        except (OSError, ValidationError):
            return None

    @classmethod
    def of(cls, folder: Path, manifest: Manifest, known: Seal | None, *, changed: bool) -> Self:
        """The files of an archive as they are; those that are as known are not read."""
        before = known.files if known else {}
        paths = [*_settled(folder), folder / NAME, *derived(folder, manifest)]
        names = {str(path.relative_to(folder)): path for path in paths}
        return cls(
            files={name: SealedFile.of(path, before.get(name)) for name, path in names.items()}, changed=changed
        )

    def save(self, folder: Path) -> None:
        write_safely(folder / SEAL, self.model_dump_json())

    def renew(self, folder: Path, *, changed: bool) -> None:
        """Seal the database as it is now; the rest was not touched. Without the seal it is looked at when opened."""
        with suppress(OSError):
            again = {path.name: SealedFile.of(path, self.files.get(path.name)) for path in _settled(folder)}
            Seal(files={**self.without_database().files, **again}, changed=changed).save(folder)

    def without_database(self, *, changed: bool = False) -> Seal:
        """The seal of all the rest, for when the database may be written to, or is to be sealed anew."""
        return Seal(files={name: file for name, file in self.files.items() if name != DATABASE}, changed=changed)

    def fits_indexes(self, folder: Path, manifest: Manifest) -> bool:
        """Whether both indexes consist of the files that were sealed, unchanged."""
        there = {str(path.relative_to(folder)) for path in derived(folder, manifest)}
        return there == self._indexes(manifest) and not self.differing(folder, there)

    def _indexes(self, manifest: Manifest) -> set[str]:
        return {name for name in self.files if name.partition("/")[0] in (manifest.vectors, manifest.words)}

    def has_changed(self, folder: Path, *, whole: bool = False) -> bool:
        """Whether the database is not as it was sealed, or was not then; False where it was not sealed."""
        return self.changed or (DATABASE in self.files and bool(self.differing(folder, [DATABASE], whole=whole)))

    def differing(self, folder: Path, names: Iterable[str] | None = None, *, whole: bool = False) -> list[str]:
        """Which of the sealed files are gone or not as they were."""
        wanted = self.files if names is None else names
        return [name for name in wanted if not _fits(self.files.get(name), folder / name, whole=whole)]


def unsealed(folder: Path, *, mend: bool) -> tuple[Seal | None, bool]:
    """The seal of an archive that is opened, and whether something else changed its database since it was closed.

    The database is no longer sealed until it is closed again. With `mend`, one that was changed is looked through.
    Raises ArchiveDamaged where that finds what should not be.
    """
    seal = Seal.load(folder)
    if seal is None:
        return None, False
    changed = seal.has_changed(folder)
    if changed and mend:
        _look_through(folder)
    if DATABASE in seal.files:
        seal.without_database(changed=changed).save(folder)
    return seal, changed


def _look_through(folder: Path) -> None:
    with closing(connect(folder / DATABASE)) as sql:
        wrong = next((str(one) for one in chain(integrity(sql), orphans(sql), broken_rows(sql))), "")
    if wrong:
        raise ArchiveDamaged(f"the database has changed on the disk: {wrong}", "dateline repair mends what it can")
    log.warning("the database in %s was changed by another program; dateline doctor --deep says more", folder)


def _settled(folder: Path) -> list[Path]:
    """The database, unless somebody still reads it: the last one to close it writes to it what is in its log."""
    log_file = folder / f"{DATABASE}-wal"
    if not (folder / DATABASE).exists():  # it is on a server
        return []
    return [] if log_file.exists() and log_file.stat().st_size else [folder / DATABASE]


def derived(folder: Path, manifest: Manifest) -> Iterator[Path]:
    """The files of both indexes; locks come and go."""
    for name in (manifest.vectors, manifest.words):
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and path.suffix != ".lock":
                yield path


def checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found


def _fits(sealed: SealedFile | None, path: Path, *, whole: bool) -> bool:
    return sealed is not None and path.is_file() and sealed.fits(path, whole=whole)
