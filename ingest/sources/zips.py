"""Zip files: every member is read where it lies, as the kind of file it is; nothing is unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, cast

from ingest.errors import IngestError
from ingest.language.text import squeeze, within
from ingest.sources import kinds
from ingest.sources.place import Limits, Place
from ingest.sources.unpack import BROKEN, BUFFER, Bomb, Budget, Unpacked, reason, unpacked
from ingest.types import Outcome, Page

MOST_MEMBERS = 1000
_LONGEST_LIST = 8_000_000
_LONGEST_NAME = 300
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the standard library raises for members whose headers contradict each other.
_REFUSED = (*BROKEN, NotImplementedError, RuntimeError, ValueError)


def members(file: io.BufferedReader, place: Place, limits: Limits, budget: Budget) -> Iterator[Page | Outcome]:
    """The pages of the members of a zip, in its order, and an outcome for each that is not read.

    A member's name tells its kind and where a page was found, and is never used as a path.
    """
    try:
        # It stays open as long as the file itself.
        archive = zipfile.ZipFile(cast(IO[bytes], _Listed(file)))
    except _REFUSED:
        yield place.failed("the zip is damaged, or is none")
        return
    found = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]
    if not found:
        yield place.skipped("the zip holds no files")
    for member in found[:MOST_MEMBERS]:
        try:
            yield from _member(archive, member, _inside(place, member), limits, budget)
        except Bomb as exc:
            yield place.failed(str(exc))
            return
    if len(found) > MOST_MEMBERS:
        rule = f"the zip has {len(found):,} members and only the first {MOST_MEMBERS:,} are read"
        yield place.failed(f"{rule}: unpack it and give the folder")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Place, limits: Limits, budget: Budget
) -> Iterator[Page | Outcome]:
    if _is_special(member):
        yield place.skipped("a link or device in a zip is not followed")
        return
    if refusal := _refusal(member):
        yield place.failed(refusal)
        return
    try:
        with archive.open(member) as packed:
            stream = unpacked(io.BufferedReader(Unpacked(cast(zipfile.ZipExtFile, packed), budget), BUFFER), budget)
            yield from kinds.read(stream, PurePosixPath(member.filename), place, limits, named=False)
    except Bomb:
        raise
    except IngestError as exc:
        yield place.failed(str(exc))
    except _REFUSED as exc:
        yield place.failed(reason(exc))


def _refusal(member: zipfile.ZipInfo) -> str:
    """Why a member is not read, by what the list says of it."""
    parts = PureWindowsPath(member.filename)
    if parts.anchor or ".." in parts.parts:
        return "a member whose name leads out of the zip is not read"
    if member.flag_bits & _ENCRYPTED:
        return "it is encrypted: unpack it with its password and give the files"
    if member.compress_type not in _METHODS:
        return "it is packed in a way that Dateline does not read: unpack it and give the files"
    return ""


def _is_special(member: zipfile.ZipInfo) -> bool:
    """Whether it is a symbolic link or a device; most tools write permissions without the kind of file."""
    return stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG)


def _is_hidden(name: str) -> bool:
    """As in a folder: what a Mac adds for itself, and dot files."""
    parts = PureWindowsPath(name).parts
    return "__MACOSX" in parts or (parts[-1].startswith(".") if parts and ".." not in parts else False)


def _inside(place: Place, member: zipfile.ZipInfo) -> Place:
    return replace(place, inside=within(squeeze(member.filename), _LONGEST_NAME))


class _Listed:
    """The file of a zip. Its list of members is read in one piece, for which a hostile zip may ask gigabytes."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _LONGEST_LIST:
            raise zipfile.BadZipFile("the list of members is too long")
        return self._file.read(size)
