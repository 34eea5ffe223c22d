"""Dumps of many records: JSON lines, JSON and CSV, one page per record."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ingest.errors import IngestError
from ingest.extract.decode import decode, encoding_of
from ingest.extract.record.mapping import FieldMap, field_map, paths, values_at
from ingest.extract.record.records import records
from ingest.sources.columns import Layout, layout_of
from ingest.sources.place import Limits, Place, rest, size, too_long
from ingest.types import Outcome, Page

_STEP = 1 << 20
_SAMPLE = 65536
_UTF8_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def lines(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """One page per line. The JSON is read by the extractor, so that a line that is known already is never parsed."""
    yield from _checked(_lines(stream, place, limits), place)


def _lines(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
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
    """The records of a JSON value, however they are wrapped; also of several values one after another."""
    content = stream.read(limits.json + 1)
    if len(content) > limits.json:
        yield place.failed(f"{too_long(len(content) + rest(stream), limits.json)}: give it as JSON lines", "")
        return
    try:
        value = json.loads(decode(content))
    except RecursionError:
        yield place.failed("the JSON is nested too deeply", "")
    except IngestError as exc:
        yield place.failed(str(exc), "")
    except ValueError as exc:
        if not content.strip():
            yield place.skipped("the file is empty", "")
        elif _are_lines(content):
            yield from lines(io.BufferedReader(io.BytesIO(content)), place, limits)
        elif values := _one_after_another(content):
            yield from _records(values, place, limits)
        else:
            yield place.failed(f"not valid JSON: {exc}", "")
    else:
        yield from _records(value, place, limits)


def rows(stream: io.BufferedReader, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    """One page per row of CSV or TSV; rows are counted as a spreadsheet does, from the first line of the file."""
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    mapping = field_map(place.mapping)
    layout = layout_of(decode(sample), whole=len(sample) < _SAMPLE, wanted=mapping.names)
    text = io.TextIOWrapper(stream, encoding=_encoding(sample), errors="replace", newline="")
    try:
        yield from _rows(text, place, limits, layout, mapping)
    finally:
        text.detach()


def _are_lines(content: bytes) -> bool:
    first = content.lstrip().partition(b"\n")
    try:
        return bool(first[2].strip()) and isinstance(json.loads(decode(first[0])), dict)
    except (IngestError, ValueError, RecursionError):
        return False


def _one_after_another(content: bytes) -> list[Any]:
    """The values of JSON texts that stand one after another, as jq prints them; none where that is not so."""
    decoder, text, found = json.JSONDecoder(), decode(content), []
    at = 0
    try:
        while at < len(text):
            value, end = decoder.raw_decode(text, at)
            found.append(value)
            at = end + len(text[end:]) - len(text[end:].lstrip()) if text[end : end + 1].isspace() else end
    except (ValueError, RecursionError):
        return []
    return found


def _records(value: Any, place: Place, limits: Limits) -> Iterator[Page | Outcome]:
    mapping = field_map(place.mapping)
    found = records(value, mapping.fields)
    if found is None:
        yield from _checked([place.page(_canonical(value), "")], place)
        return
    if not found:
        yield place.skipped("the file holds an empty list", "")
    elif lacking := _lacking(found, mapping):
        yield place.failed(lacking, "")
        return
    for number, record in enumerate(found, 1):
        content = _canonical(record)
        if len(content) > limits.record:
            yield place.failed(too_long(len(content), limits.record), f"item {number}")
        else:
            yield place.page(content, f"item {number}")


def _canonical(record: Any) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode()


def _lacking(found: Sequence[Any], mapping: FieldMap) -> str:
    """Which fields that are mapped no record has; empty where each is in one."""
    return _told(_unseen(found, mapping.names), found[0])


def _unseen(found: Iterable[Any], names: Sequence[str]) -> list[str]:
    unseen = list(names)
    for record in found:
        if not unseen:
            break
        unseen = [name for name in unseen if not (isinstance(record, dict) and values_at(record, name))]
    return unseen


def _told(unseen: Sequence[str], first: Any) -> str:
    has = paths(first) if isinstance(first, dict) else "no fields"
    return f"no record has the field {', '.join(unseen)}; the first has: {has}; correct --map" if unseen else ""


def _checked(found: Iterable[Page | Outcome], place: Place) -> Iterator[Page | Outcome]:
    """What was found, and at its end a failure for fields that are mapped and were in no record of it."""
    unseen, first = list(field_map(place.mapping).names), None
    for each in found:
        if unseen and isinstance(each, Page):
            value = _parsed(each.content)
            first = value if first is None else first
            unseen = _unseen([value], unseen) if value is not None else unseen
        yield each
    if first is not None and (told := _told(unseen, first)):
        yield place.failed(told, "")


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None  # the extractor says why


def _rows(
    text: io.TextIOWrapper, place: Place, limits: Limits, layout: Layout, mapping: FieldMap
) -> Iterator[Page | Outcome]:
    csv.field_size_limit(limits.record)
    reader = layout.reader(_Lines(text, limits.record))
    if problem := _column_problem(layout, mapping):
        yield place.failed(problem, "row 1")
        return
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            yield place.failed(f"not valid CSV: {exc}", f"row {number}")
            continue
        if number > layout.above and any(cell.strip() for cell in row):
            yield place.page(_canonical(dict(zip(layout.names, row, strict=False))), f"row {number}")


def _column_problem(layout: Layout, mapping: FieldMap) -> str:
    """Why the columns cannot be used; empty where they can."""
    if lacking := [name for name in mapping.names if name not in layout.names]:
        return f"there is no column {', '.join(lacking)}; there are {', '.join(layout.names)[:500]}"
    if mapping.names or layout.has_text:
        return ""
    return (
        f"no column can be told for title or text among {', '.join(layout.names)[:500]}; --map tells which is which"
    )


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
    encoding = encoding_of(sample)
    return "utf-8-sig" if encoding == "utf-8" else encoding
