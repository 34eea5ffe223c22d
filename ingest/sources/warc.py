"""WARC files (ISO 28500), such as CC-NEWS gives: every web page in one is a page."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.address import canonical
from ingest.errors import SourceError
from ingest.language.text import squeeze
from ingest.sources.place import Limits, Place, size, too_long
from ingest.sources.unpack import BROKEN, Budget, unpacked
from ingest.types import Outcome, Page

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
# Plain texts that sites write for machines.
_FOR_MACHINES = ("/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt", "/humans.txt", "/llms.txt")
_CHARSET = re.compile(r"""charset=["']?\s?([\w-]{2,30})""", re.IGNORECASE)
_START = b"WARC/"
_LONGEST_LINE, _MOST_LINES = 1 << 16, 1000
_STEP = 1 << 20


def responses(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """A page for every response with status 200 that is HTML or plain text, and one outcome that counts the others.

    What is broken is an outcome of its own, and reading goes on at the next record.
    """
    from warcio.recordloader import ArcWarcRecordLoader

    into = _Into(ArcWarcRecordLoader(verify_http=False, arc2warc=False), place, limits)
    others: Counter[str] = Counter()
    number = 0
    while first := _next_start(stream):
        number += 1
        found = into.found(_Lines(stream), first, f"record {number}")
        if isinstance(found, str):
            others[found] += 1
        else:
            yield found
    if not number:
        yield place.failed("the file holds no WARC record")
    elif others:
        yield place.skipped(_counted(others, number))


@dataclass(frozen=True)
class _Into:
    """Makes pages of records."""

    loader: ArcWarcRecordLoader
    place: Place
    limits: Limits

    def found(self, stream: _Lines, first: bytes, item: str) -> Page | Outcome | str:
        """The page of a record, why it could not be read, or what it is instead of a page."""
        from warcio.exceptions import ArchiveLoadFailed

        try:
            record = self.loader.parse_record_stream(stream, statusline=first, known_format="warc")
            if not (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal():
                return self.place.failed("the record is broken: it does not say how long it is", item)
            found = _other(record) or self._page(record, item)
            _skip(record)
        except (ArchiveLoadFailed, SourceError, AttributeError, ValueError) as exc:
            return self.place.failed(f"the record is broken: {squeeze(str(exc))[:200]}", item)
        except EOFError:
            return self.place.failed("the record is broken: it holds nothing", item)
        return found if record.raw_stream.limit == 0 else self.place.failed("the record is cut short", item)

    def _page(self, record: ArcWarcRecord, item: str) -> Page | Outcome:
        if record.length > self.limits.record:
            return self.place.failed(too_long(record.length, self.limits.record), item)
        if cut := record.rec_headers.get_header("WARC-Truncated"):
            return self.place.failed(f"whoever made the file cut the page short ({squeeze(cut)[:40]})", item)
        try:
            content = _content(record, self.limits.page + 1)
        except (*BROKEN, SourceError) as exc:
            return self.place.failed(f"its content cannot be unpacked: {squeeze(str(exc))[:200]}", item)
        if len(content) > self.limits.page:
            return self.place.failed(f"it is more than the {size(self.limits.page)} that a page may have", item)
        if not content.strip():
            return self.place.skipped("the page is empty", item)
        kind, charset = _media_type(record), _charset(record)
        url, captured = canonical(_address(record)), _date(record)
        return self.place.page(content, item, kind, url=url, captured=captured, charset=charset)


class _Lines:
    """A stream for one record whose lines, and whose number of lines, stay small."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._left = stream, _MOST_LINES

    def read(self, length: int = -1) -> bytes:
        return self._stream.read(length)

    def readline(self, length: int | None = None) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise SourceError("its head has too many lines")
        return self._stream.readline(min(length or _LONGEST_LINE, _LONGEST_LINE))

    def tell(self) -> int:
        return 0


def _next_start(stream: io.BufferedReader) -> bytes:
    """The first line of the next record, past everything that belongs to none; empty at the end."""
    while line := stream.readline(_LONGEST_LINE):
        if line.startswith(_START):
            return line
    return b""


def _other(record: ArcWarcRecord) -> str:
    """What a record is that is no page; empty for a page."""
    if record.rec_type != "response" or not record.http_headers:
        return f"of type {squeeze(record.rec_type or 'unknown')[:30]}"
    status = record.http_headers.get_statuscode()
    if status != "200":
        return f"with status {squeeze(status or 'unknown')[:20]}"
    kind = _media_type(record)
    if kind not in _KINDS or (kind == "text/plain" and _address(record).endswith(_FOR_MACHINES)):
        return f"with {squeeze(kind)[:60] or 'content of unknown kind'}"
    return ""


def _content(record: ArcWarcRecord, most: int) -> bytes:
    """The decoded body, at most so many bytes of it. Raises SourceError where it is packed in an unknown way."""
    from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

    packing = (record.http_headers.get_header("content-encoding") or "").strip().lower()
    chunked = (record.http_headers.get_header("transfer-encoding") or "").strip().lower() == "chunked"
    body = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    content = bytes(body.read(record.length))
    if packing in ("", "identity", "none", "gzip", "x-gzip"):
        return unpacked(io.BufferedReader(io.BytesIO(content)), Budget(len(content))).read(most)
    if packing not in BufferedReader.get_supported_decompressors():
        raise SourceError(f"packed with “{squeeze(packing)[:20]}”")
    return bytes(BufferedReader(io.BytesIO(content), decomp_type=packing).read(most))


def _skip(record: ArcWarcRecord) -> None:
    while record.raw_stream.read(_STEP):
        pass


def _address(record: ArcWarcRecord) -> str:
    return record.rec_headers.get_header("WARC-Target-URI") or ""


def _media_type(record: ArcWarcRecord) -> str:
    kind = record.http_headers.get_header("content-type") or ""
    return kind.partition(";")[0].strip().lower()


def _charset(record: ArcWarcRecord) -> str:
    named = _CHARSET.search(record.http_headers.get_header("content-type") or "")
    return named[1] if named else ""


def _date(record: ArcWarcRecord) -> datetime | None:
    """When the page was fetched; None where the record does not say it as the standard wants."""
    try:
        at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _counted(others: Counter[str], number: int) -> str:
    """ "12 of 20 records are no pages of news: 9 of type request, 3 with status 404"."""
    named = [f"{count:,} {what}" for what, count in others.most_common(5)]
    rest = sum(others.values()) - sum(count for _, count in others.most_common(5))
    listed = ", ".join([*named, *([f"{rest:,} others"] if rest else [])])
    return f"{sum(others.values()):,} of {number:,} records are no pages of news: {listed}"
