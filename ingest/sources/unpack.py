"""Packed files, read as they are unpacked: a bomb is left before it has cost much."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from ingest.errors import SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP = b"\x1f\x8b"
# News packs at 3 to 1, the most repetitive dump at 50 to 1; a bomb comes near the 1,032 to 1 of its format.
MOST_TIMES = 200
_FREE = 64_000_000
_LAYERS = 2
BUFFER = 1 << 18
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, struct.error)


class Bomb(SourceError):
    """A packed file gives far more bytes than files with news do."""


class Budget:
    """The bytes that a packed file of a size may give, all its parts and layers together."""

    def __init__(self, packed: int) -> None:
        self._left = max(_FREE, MOST_TIMES * packed)

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise Bomb(f"it unpacks to more than {MOST_TIMES} times its size, as a bomb does; the rest was not read")


class Unpacked(io.RawIOBase):
    """The bytes that a packed file gives. Hands on what it has before it meets the damage of a broken one."""

    def __init__(self, file: gzip.GzipFile | zipfile.ZipExtFile, budget: Budget) -> None:
        self._file, self._budget = file, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer)
        piece = self._file.read1(len(room))
        self._budget.spend(len(piece))
        room[: len(piece)] = piece
        return len(piece)


def unpacked(file: io.BufferedReader[Any], budget: Budget) -> io.BufferedReader[Any]:
    """The bytes of a file, out of gzip where they are that, whatever its name says."""
    for _ in range(_LAYERS):
        if file.peek(2)[:2] != GZIP:
            break
        file = io.BufferedReader(Unpacked(gzip.GzipFile(fileobj=file), budget), BUFFER)
    return file


def reason(exc: BaseException) -> str:
    """What a reader is told of one of BROKEN."""
    if isinstance(exc, EOFError | zlib.error | gzip.BadGzipFile | zipfile.BadZipFile | struct.error):
        return "the compressed file is damaged or cut short; what came before was read"
    return (exc.strerror if isinstance(exc, OSError) else None) or str(exc)
