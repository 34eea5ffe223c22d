"""Files and folders on disk, page by page, whatever kind of file they are."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from ingest.address import LONGEST
from ingest.errors import IngestError, SourceError
from ingest.sources import kinds, zips
from ingest.sources.kinds import READS
from ingest.sources.place import PAGE_LIMIT, RECORD_LIMIT, Limits, Place
from ingest.sources.seen import NeverSeen, Seen, stamp
from ingest.sources.unpack import BROKEN, Budget, reason, unpacked
from ingest.types import Outcome, Page

# The kernel's own files look regular and may block for ever or have no end.
_TOGETHER = 256  # files of a folder that are looked up at once
_TOO_LONG = f"its path has more than {LONGEST:,} bytes"
_KERNEL = (Path("/proc"), Path("/sys"))


def check(path: Path) -> None:
    """Raise SourceError unless the path is a folder or a regular file that may be read."""
    shown = str(path)
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError(f"there is no file or folder {shown}", "check the path") from None
    except (OSError, RuntimeError, ValueError) as exc:
        raise SourceError(f"{shown} cannot be read: {reason(exc)}", "check the path and its permissions") from exc
    if _is_kernel(real) or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise SourceError(f"{shown} is not a regular file or folder", "give a file or folder with articles")
    if _is_too_long(path):
        raise SourceError(f"{_name(path)} cannot be ingested: {_TOO_LONG}", "move it to a folder further up")
    if not os.access(real, os.R_OK):
        raise SourceError(f"{shown} cannot be read: permission denied", "change its permissions or copy it")


def pages(
    path: Path,
    *,
    captured: datetime | None = None,
    mapping: tuple[str, ...] = (),
    apart: Collection[str] = (),
    page_limit: int = PAGE_LIMIT,
    record_limit: int = RECORD_LIMIT,
    seen: Seen | None = None,
) -> Iterator[Page | Outcome]:
    """The pages of a file or folder, and an outcome for everything that could not be read.

    A folder is walked in sorted order; hidden files, archives of our own, links that lead out of it and the paths
    that are read `apart` are left alone. Every record of a dump, response of a WARC, message of a mailbox and member
    of a zip is a page. Reads as it goes: the largest thing in memory is one page, or one JSON file. A file that has
    not changed since it was `seen` is left closed, and its articles are told as "unchanged". Raises SourceError at
    once when the path itself cannot be read; see `check`.
    """
    check(path)
    path = Path(os.path.abspath(path))
    limits, place = Limits(page_limit, record_limit), Place(_name(path), captured, mapping)
    seen = seen or NeverSeen()
    if path.is_dir():
        return _folder(path, place, limits, seen, apart)
    return _changed([path], place, limits, seen, named=True)


def _folder(root: Path, place: Place, limits: Limits, seen: Seen, apart: Collection[str]) -> Iterator[Page | Outcome]:
    inside = {one for one in apart if Path(one) != root and Path(one).is_relative_to(root)}
    empty, walk = not inside, _walk(root, inside)
    while some := list(islice(walk, _TOGETHER)):
        empty = False
        yield from _changed(some, place, limits, seen, named=False)
    if empty:
        yield place.skipped(f"the folder holds no files; Dateline reads {READS}")


def _changed(
    found: Sequence[Path | Outcome], place: Place, limits: Limits, seen: Seen, *, named: bool
) -> Iterator[Page | Outcome]:
    """The pages of the files that have changed since they were seen, and the articles of the others."""
    paths = [path for path in found if isinstance(path, Path)]
    stamps = {_name(path): stamp(path, place, limits, named=named) for path in paths}
    unchanged = seen.unchanged({source: one for source, one in stamps.items() if one})
    for path in found:
        if isinstance(path, Outcome):
            yield path
        elif known := unchanged.get(source := _name(path)):
            yield from known
        else:
            seen.begin(source, stamps[source])
            yield from _file(path, replace(place, source=source), limits, named=named)


def _walk(root: Path, apart: Collection[str]) -> Iterator[Path | Outcome]:
    """The regular files below a folder, in sorted order, without recursion: paths can be deeper than the stack."""
    inside = root.resolve()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            if _name(path) in apart:
                continue
            if _is_archive(path):
                yield Outcome(status="skipped", source=_name(path), reason="an archive of Dateline's own")
            elif path.is_dir() and (path == root or not path.is_symlink()):
                waiting.extend(sorted(_visible(path), reverse=True))
            else:
                refusal = _refusal(path, inside)
                yield Outcome(status="skipped", source=_name(path), reason=refusal) if refusal else path
        except OSError as exc:
            yield Outcome(status="failed", source=_name(path), reason=reason(exc))


def _is_archive(folder: Path) -> bool:
    return (folder / "manifest.json").is_file() and (folder / "archive.sqlite3").is_file()


def _visible(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _refusal(path: Path, inside: Path) -> str:
    if not path.exists():
        return "the link points to nothing"
    real = path.resolve()
    if not real.is_relative_to(inside):
        return "the link leads out of the folder and is not followed"
    if real.is_dir():
        return "the link leads to a folder that is read where it is"
    return "" if real.is_file() and not _is_kernel(real) else "not a regular file"


def _file(path: Path, place: Place, limits: Limits, *, named: bool) -> Iterator[Page | Outcome]:
    if _is_too_long(path):
        yield place.failed(f"{_TOO_LONG}: move it to a folder further up")
        return
    if place.source != str(path):
        yield place.failed("the file's name is not valid UTF-8: rename it")
        return
    try:
        with _opened(path) as file:
            yield from _read(file, path, place, limits, named=named)
    except BROKEN as exc:
        yield place.failed(reason(exc))
    except IngestError as exc:
        yield place.failed(str(exc))


def _read(
    file: io.BufferedReader, path: Path, place: Place, limits: Limits, *, named: bool
) -> Iterator[Page | Outcome]:
    budget = Budget(os.fstat(file.fileno()).st_size)
    if kinds.kind_of(path, file.peek(16)[:16], named=named) == kinds.ZIP:
        yield from zips.members(file, place, limits, budget)
    else:
        yield from kinds.read(unpacked(file, budget), path, place, limits, named=named)


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SourceError("not a regular file")
        yield file


def _is_kernel(real: Path) -> bool:
    return any(real.is_relative_to(folder) for folder in _KERNEL)


def _name(path: Path) -> str:
    """The path as text that can be stored: it differs where the path is not valid UTF-8, or too long."""
    name = os.fsencode(path)
    start = "…" if _is_too_long(path) else ""
    return start + name[-LONGEST:].decode("utf-8", "replace")


def _is_too_long(path: Path) -> bool:
    return len(os.fsencode(path)) > LONGEST
