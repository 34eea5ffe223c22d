"""Dumps of many records: JSON lines, JSON and CSV, one page per record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from ingest.errors import IngestError
from ingest.extract.decode import decode
from ingest.extract.fields import KNOWN, TEXT, TITLE, key
from ingest.extract.mapping import FieldMap, field_map
from ingest.sources.place import Limits, Place, rest, size, too_long
from ingest.types import Outcome, Page

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
            yield place.failed(too_long(len(line) + rest(stream, line=True), limits.record), f"line {number}")
        elif content := line.strip():
            yield place.page(content, f"line {number}")


def json_records(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """A list of records, an object that holds such a list, one record, or JSON lines under the wrong name."""
    content = stream.read(limits.json + 1)
    if len(content) > limits.json:
        yield place.failed(f"{too_long(len(content) + rest(stream), limits.json)}: give it as JSON lines", "")
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
        yield from _rows(text, place, limits, _delimiter(_header(sample), _mapped(place)))
    finally:
        text.detach()


def _are_lines(content: bytes) -> bool:
    first = content.lstrip().partition(b"\n")
    try:
        return bool(first[2].strip()) and isinstance(json.loads(first[0]), dict)
    except (ValueError, RecursionError):
        return False


def _records(value: Any, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    found = _list_in(value, _mapped(place))
    if found is None:
        yield place.page(_canonical(value), "")
        return
    if not found:
        yield place.skipped("the file holds an empty list", "")
    for number, record in enumerate(found, 1):
        content = _canonical(record)
        if len(content) > limits.record:
            yield place.failed(too_long(len(content), limits.record), f"item {number}")
        else:
            yield place.page(content, f"item {number}")


def _list_in(value: Any, mapped: frozenset[str] = frozenset()) -> list[Any] | None:
    """The records in a JSON value; None when it is one record itself. `mapped` names fields that records have."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    named = {key(name): inner for name, inner in value.items()}
    for name in _LISTS:
        inner = named.get(name)
        if isinstance(inner, dict) and name in ("hits", "data", "results"):
            inner = _list_in(inner)
        if _are_records(inner):
            return inner
    return None if mapped & value.keys() else next((inner for inner in value.values() if _have(inner, mapped)), None)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _have(value: Any, mapped: frozenset[str]) -> bool:
    """Whether a value is a list of records with a field that is mapped."""
    return isinstance(value, list) and any(isinstance(item, dict) and mapped & item.keys() for item in value)


def _canonical(record: Any) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode()


def _mapped(place: Place) -> frozenset[str]:
    """The fields that records have by what is said of them; of one inside an object the object's."""
    return frozenset(name.partition(".")[0] for name in field_map(place.mapping).names)


def _rows(text: io.TextIOWrapper, place: Place, limits: Limits, delimiter: str) -> Iterator[Page | Outcome]:
    csv.field_size_limit(limits.record)
    reader = csv.reader(_Lines(text, limits.record), delimiter=delimiter)
    try:
        header = next(reader, [])
    except csv.Error as exc:
        yield place.failed(f"not valid CSV: {exc}", "row 1")
        return
    if problem := _header_problem(header, field_map(place.mapping)):
        yield place.failed(problem, "row 1")
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


def _header_problem(header: list[str], mapping: FieldMap) -> str:
    """Why a first row cannot be used; empty where it can."""
    if lacking := mapping.names - set(header):
        return f"there is no column {', '.join(sorted(lacking))}; there are {', '.join(header)[:500]}"
    if mapping.names or {key(name) for name in header} & {*TITLE, *TEXT}:
        return ""
    return "the first row must name the columns, among them title and text; --map tells which is which"


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


def _delimiter(header: str, mapped: frozenset[str]) -> str:
    """The mark that divides the header into the most names that are known."""
    known = KNOWN | {key(name) for name in mapped}
    return max(",\t;|", key=lambda mark: sum(key(name.strip('"')) in known for name in header.split(mark)))
