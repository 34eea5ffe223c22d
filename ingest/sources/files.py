"""Files and folders on disk, page by page: articles as text or HTML, and dumps of many records."""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import IngestError, SourceError
from ingest.sources import dumps, saved_feeds
from ingest.types import Outcome, Page

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PAGE_LIMIT = 5_000_000
RECORD_LIMIT = 20_000_000
READS = ".txt, .md, .html, .xml (feeds), .json, .jsonl, .csv and .tsv, each also as .gz"

_MEDIA_TYPES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html",
}  # fmt: skip
_DUMPS: dict[str, dumps.Reader] = {
    ".json": saved_feeds.json_or_feed, ".xml": saved_feeds.feed, ".rss": saved_feeds.feed, ".atom": saved_feeds.feed,
    ".rdf": saved_feeds.feed, ".opml": saved_feeds.feed, ".jsonl": dumps.lines, ".ndjson": dumps.lines,
    ".csv": dumps.rows, ".tsv": dumps.rows,
}  # fmt: skip
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]{0,200}>\s{0,9})?(?:<!--.{0,2000}?-->\s{0,9})?<(?:!doctype html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_GZIP = b"\x1f\x8b"
# The kernel's own files look regular and may block for ever or have no end.
_KERNEL = (Path("/proc"), Path("/sys"))
_BROKEN = (OSError, EOFError, zlib.error)


def check(path: Path) -> None:
    """Raise SourceError unless the path is a folder or a regular file that may be read."""
    shown = str(path)
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError(f"there is no file or folder {shown}", "check the path") from None
    except (OSError, RuntimeError, ValueError) as exc:
        raise SourceError(f"{shown} cannot be read: {_reason(exc)}", "check the path and its permissions") from exc
    if _is_kernel(real) or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise SourceError(f"{shown} is not a regular file or folder", "give a file or folder with articles")
    if not os.access(real, os.R_OK):
        raise SourceError(f"{shown} cannot be read: permission denied", "change its permissions or copy it")


def pages(
    path: Path, *, captured: datetime | None = None, page_limit: int = PAGE_LIMIT, record_limit: int = RECORD_LIMIT
) -> Iterator[Page | Outcome]:
    """The pages of a file or folder, and an outcome for everything that could not be read.

    A folder is walked in sorted order; hidden files and links that lead out of it are left alone. Every record
    of a dump is a page. Reads as it goes: the largest thing in memory is one page, or one JSON file.
    Raises SourceError at once when the path itself cannot be read; see `check`.
    """
    check(path)
    path = Path(os.path.abspath(path))
    limits = dumps.Limits(page_limit, record_limit)
    if path.is_dir():
        return _folder(path, captured, limits)
    return _file(path, captured, limits, named=True)


def _folder(root: Path, captured: datetime | None, limits: dumps.Limits) -> Iterator[Page | Outcome]:
    empty = True
    for found in _walk(root):
        empty = False
        if isinstance(found, Outcome):
            yield found
        else:
            yield from _file(found, captured, limits, named=False)
    if empty:
        yield Outcome(
            status="skipped", source=_name(root), reason=f"the folder holds no files; Dateline reads {READS}"
        )


def _walk(root: Path) -> Iterator[Path | Outcome]:
    """The regular files below a folder, in sorted order, without recursion: paths can be deeper than the stack."""
    inside = root.resolve()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            if path.is_dir() and (path == root or not path.is_symlink()):
                waiting.extend(sorted(_visible(path), reverse=True))
            else:
                refusal = _refusal(path, inside)
                yield Outcome(status="skipped", source=_name(path), reason=refusal) if refusal else path
        except OSError as exc:
            yield Outcome(status="failed", source=_name(path), reason=_reason(exc))


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


def _file(path: Path, captured: datetime | None, limits: dumps.Limits, *, named: bool) -> Iterator[Page | Outcome]:
    source = _name(path)
    if source != str(path):
        yield Outcome(status="failed", source=source, reason="the file's name is not valid UTF-8: rename it")
        return
    place = dumps.Place(source, captured)
    try:
        with _opened(path) as stream:
            yield from _read(stream, path, place, limits, named=named)
    except _BROKEN as exc:
        yield place.failed(_reason(exc), "")
    except IngestError as exc:
        yield place.failed(str(exc), "")


def _read(
    stream: io.BufferedReader, path: Path, place: dumps.Place, limits: dumps.Limits, *, named: bool
) -> Iterator[Page | Outcome]:
    suffix = _suffix(path)
    head = stream.peek(4096)[:4096]
    if not head:
        yield place.skipped("the file is empty", "")
    elif reader := _DUMPS.get(suffix):
        yield from reader(stream, place, limits)
    elif media_type := _media_type(suffix, head, named=named):
        yield _page(stream, media_type, place, limits)
    else:
        reason = f"{suffix or 'a file without suffix'} is not a kind of file that Dateline reads ({READS})"
        yield place.failed(reason, "") if named else place.skipped(reason, "")


def _page(stream: io.BufferedReader, media_type: str, place: dumps.Place, limits: dumps.Limits) -> Page | Outcome:
    content = stream.read(limits.page + 1)
    if len(content) > limits.page:
        size = dumps.size(len(content) + dumps.rest(stream))
        return place.failed(f"{size} is more than the {dumps.size(limits.page)} that a page may have", "")
    if not content.strip():
        return place.skipped("the file is empty", "")
    return Page(source=place.source, content=content, media_type=media_type, captured=place.captured)


def _media_type(suffix: str, head: bytes, *, named: bool) -> str:
    """By suffix; without one by the first bytes. What a person names may be plain text under any bare name."""
    if not suffix:
        return "text/html" if _HTML.match(head.lstrip()) else "text/plain" if named else ""
    return _MEDIA_TYPES.get(suffix, "")


def _suffix(path: Path) -> str:
    inner = Path(path.stem) if path.suffix.lower() == ".gz" else path
    return inner.suffix.lower()


class _Unpacked(io.RawIOBase):
    """The bytes inside a gzip file. Hands on what it has before it meets the damage of a broken one."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = gzip.GzipFile(fileobj=file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer)
        piece = self._file.read1(len(room))
        room[: len(piece)] = piece
        return len(piece)


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    """The bytes of a regular file, unpacked where they are gzip, whatever the name says."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SourceError("not a regular file")
        if file.peek(2)[:2] == _GZIP:
            yield io.BufferedReader(_Unpacked(file), 1 << 18)
        else:
            yield file


def _is_kernel(real: Path) -> bool:
    return any(real.is_relative_to(folder) for folder in _KERNEL)


def _name(path: Path) -> str:
    """The path as text that can be stored; it differs from the path where that is not valid UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(exc: BaseException) -> str:
    if isinstance(exc, EOFError | zlib.error | gzip.BadGzipFile):
        return "the compressed file is damaged or cut short; what came before was read"
    return (exc.strerror if isinstance(exc, OSError) else None) or str(exc)
