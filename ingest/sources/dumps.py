"""Dumps of many records: JSON lines, JSON and CSV, one page per record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.errors import IngestError
from ingest.extract.decode import decode
from ingest.extract.fields import KNOWN, TEXT, TITLE, key
from ingest.types import Outcome, Page

JSON_LIMIT = 200_000_000
_LISTS = (
    "articles",
    "items",
    "results",
    "data",
    "docs",
    "documents",
    "records",
    "news",
    "stories",
    "entries",
    "hits",
)
_STEP = 1 << 20
_SAMPLE = 65536
_UTF8_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes that a page, a record and a JSON file may have."""

    page: int
    record: int
    json: int = JSON_LIMIT


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages are being read from, and when they were captured."""

    source: str
    captured: datetime | None

    def page(self, content: bytes, item: str) -> Page:
        return Page(self.source, content, "application/json", item=item, captured=self.captured)

    def failed(self, reason: str, item: str) -> Outcome:
        return Outcome(status="failed", source=self.source, item=item, reason=reason)

    def skipped(self, reason: str, item: str) -> Outcome:
        return Outcome(status="skipped", source=self.source, item=item, reason=reason)


Reader = Callable[[io.BufferedReader, Place, Limits], Iterator[Page | Outcome]]


def lines(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """One page per line. The JSON is read by the extractor, so that a line that is known already is never parsed."""
    number = 0
    while line := stream.readline(limits.record + 1):
        number += 1
        if number == 1:
            if line.startswith(_WIDE_MARKS):
                yield place.failed("the file is in UTF-16: save it as UTF-8", "")
                return
            line = line.removeprefix(_UTF8_MARK)
        if len(line) > limits.record and not line.endswith(b"\n"):
            yield place.failed(_too_long(len(line) + rest(stream, line=True), limits.record), f"line {number}")
        elif content := line.strip():
            yield place.page(content, f"line {number}")


def json_records(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """A list of records, an object that holds such a list, one record, or JSON lines under the wrong name."""
    content = stream.read(limits.json + 1)
    if len(content) > limits.json:
        yield place.failed(f"{_too_long(len(content) + rest(stream), limits.json)}: give it as JSON lines", "")
        return
    try:
        value = json.loads(content if content[:1] in b"[{" else decode(content))
    except RecursionError:
        yield place.failed("the JSON is nested too deeply", "")
    except IngestError as exc:
        yield place.failed(str(exc), "")
    except ValueError as exc:
        if not content.strip():
            yield place.skipped("the file is empty", "")
        elif _are_lines(content):
            yield from lines(io.BufferedReader(io.BytesIO(content)), place, limits)
        else:
            yield place.failed(f"not valid JSON: {exc}", "")
    else:
        yield from _records(value, place, limits)


def rows(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """One page per row of CSV or TSV; rows are counted as a spreadsheet does, the header being row 1."""
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    text = io.TextIOWrapper(stream, encoding=_encoding(sample), errors="replace", newline="")
    try:
        yield from _rows(text, place, limits, _delimiter(_header(sample)))
    finally:
        text.detach()


def rest(stream: io.BufferedReader, *, line: bool = False) -> int:
    """Skip to the end of the line or of the stream in small steps; how many bytes that were."""
    skipped = 0
    while piece := stream.readline(_STEP) if line else stream.read(_STEP):
        skipped += len(piece)
        if line and piece.endswith(b"\n"):
            break
    return skipped


def size(count: int) -> str:
    """A number of bytes for a reader."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= scale:
            return f"{count / scale:.1f}".removesuffix(".0") + f" {unit}"
    return f"{count} bytes"


def _too_long(count: int, limit: int) -> str:
    return f"{size(count)} is more than the {size(limit)} that may be read at once"


def _are_lines(content: bytes) -> bool:
    first = content.lstrip().partition(b"\n")
    try:
        return bool(first[2].strip()) and isinstance(json.loads(first[0]), dict)
    except (ValueError, RecursionError):
        return False


def _records(value: Any, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    found = _list_in(value)
    if found is None:
        yield place.page(_canonical(value), "")
        return
    if not found:
        yield place.skipped("the file holds an empty list", "")
    for number, record in enumerate(found, 1):
        content = _canonical(record)
        if len(content) > limits.record:
            yield place.failed(_too_long(len(content), limits.record), f"item {number}")
        else:
            yield place.page(content, f"item {number}")


def _list_in(value: Any) -> list[Any] | None:
    """The records in a JSON value; None when it is one record itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    named = {key(name): inner for name, inner in value.items()}
    for name in _LISTS:
        inner = named.get(name)
        if isinstance(inner, dict) and name in ("hits", "data", "results"):
            inner = _list_in(inner)
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            return inner
    return None


def _canonical(record: Any) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode()


def _rows(text: io.TextIOWrapper, place: Place, limits: Limits, delimiter: str) -> Iterator[Page | Outcome]:
    csv.field_size_limit(limits.record)
    reader = csv.reader(_Lines(text, limits.record), delimiter=delimiter)
    try:
        header = next(reader, [])
    except csv.Error as exc:
        yield place.failed(f"not valid CSV: {exc}", "row 1")
        return
    if not {key(name) for name in header} & {*TITLE, *TEXT}:
        yield place.failed("the first row must name the columns, among them title and text", "row 1")
        return
    number = 1
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            yield place.failed(f"not valid CSV: {exc}", f"row {number}")
            continue
        if any(cell.strip() for cell in row):
            yield place.page(_canonical(dict(zip(header, row, strict=False))), f"row {number}")


class _Lines:
    """The lines of a file for the CSV reader; one over the limit is skipped and is an error of its row alone."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self._text, self._limit = text, limit

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        if len(line) > self._limit and not line.endswith("\n"):
            while (piece := self._text.readline(_STEP)) and not piece.endswith("\n"):
                pass
            raise csv.Error(f"a line is longer than the {size(self._limit)} that may be read at once")
        return line


def _encoding(sample: bytes) -> str:
    if sample.startswith(_WIDE_MARKS):
        return "utf-16"
    decode(sample)
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as exc:
        return "utf-8-sig" if exc.start > len(sample) - 4 else "cp1252"
    return "utf-8-sig"


def _header(sample: bytes) -> str:
    """The first line of a file, as far as it is needed to tell commas from tabs."""
    return decode(sample).partition("\n")[0]


def _delimiter(header: str) -> str:
    """The mark that divides the header into the most names that are known."""
    return max(",\t;|", key=lambda mark: sum(key(name.strip('"')) in KNOWN for name in header.split(mark)))
