"""How a file of rows is laid out: what divides its cells, where its rows begin, and what its columns are called."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ingest.extract.field_names import TEXTS, role
from ingest.extract.record.records import is_header, named_columns

_MARKS = ",\t;|"
_SAMPLE_ROWS = 50
_MOST_ABOVE = 20  # lines that say of a file what it is, before its columns are named
_LONG = 140  # characters of a cell that may be a text
_SEPARATOR = "sep="


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of a file stand.

    delimiter  what divides them; escaped, whether a backslash goes before a mark in them
    names      of the columns; above, how many rows there are before the first record
    has_text   whether a column may be a text, by its name or by what is in it
    """

    delimiter: str
    escaped: bool
    names: list[str]
    above: int
    has_text: bool

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return _reader(lines, self.delimiter, escaped=self.escaped)


def layout_of(sample: str, *, whole: bool, wanted: Collection[str] = ()) -> Layout:
    """The layout that explains the first rows of a file best. `wanted` are names that columns have."""
    tried = [_tried(sample, mark, escaped, wanted, whole=whole) for mark in _MARKS for escaped in (False, True)]
    return max(tried, key=lambda each: each[0])[1]


def _tried(
    sample: str, mark: str, escaped: bool, wanted: Collection[str], *, whole: bool
) -> tuple[tuple[Any, ...], Layout]:
    """A layout, and how well it fits: as the file says, names that are known, rows of one width."""
    rows = _rows(sample, mark, escaped=escaped, whole=whole)
    said = _said(sample)
    skipped = 1 if said else 0
    above, header = _header(rows[skipped:], wanted)
    above += skipped
    widths = Counter(len(row) for row in rows[above:] if len(row) > 1)
    width, even = max(widths.items(), key=lambda each: each[1], default=(1, 0))
    names = header or named_columns([""] * width)
    recognised = sum(name in wanted or role(name) is not None for name in header)
    even = even if not header or width == len(header) else 0
    fit = (said == mark, recognised, even * 1000 // max(len(rows), 1), width, not escaped)
    has_text = any(known[0] in ("title", *TEXTS) for name in names if (known := role(name)))
    has_text = has_text or any(len(cell) >= _LONG for row in rows[above:] for cell in row)
    return fit, Layout(mark, escaped, names, above, has_text)


def _rows(sample: str, mark: str, *, escaped: bool, whole: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(islice(_reader(io.StringIO(sample, newline=""), mark, escaped=escaped), _SAMPLE_ROWS))
    except csv.Error:
        return rows
    return rows if whole or len(rows) == _SAMPLE_ROWS else rows[:-1] or rows


def _reader(lines: Iterable[str], mark: str, *, escaped: bool) -> Iterator[list[str]]:
    if not escaped:
        return csv.reader(lines, delimiter=mark)
    rows = csv.reader(lines, delimiter=mark, doublequote=False, escapechar="\\")
    return ([cell if cell != "N" else "" for cell in row] for row in rows)  # \N is nothing


def _said(sample: str) -> str:
    """The mark that the first line names for spreadsheets: "sep=;"."""
    first = sample.lstrip("\ufeff")[:10].partition("\n")[0].strip('"\r ')
    return first[len(_SEPARATOR) :] if first.lower().startswith(_SEPARATOR) else ""


def _header(rows: list[list[str]], wanted: Collection[str]) -> tuple[int, list[str]]:
    """The number of rows above the first record, and the names in the last of them; none where they have none.

    A header may stand below lines that say what the file is.
    """
    for at, row in enumerate(rows[:_MOST_ABOVE]):
        named = any(name in wanted for name in row) or _is_known(row)
        if named or (len(row) > 1 and at == _preface(rows) and is_header(row)):
            return at + 1, [name.strip("\ufeff ") for name in row]
    return _preface(rows), []


def _preface(rows: list[list[str]]) -> int:
    """How many of the first rows have but one cell where others have more."""
    widest = max(map(len, rows), default=0)
    return next((at for at, row in enumerate(rows[:_MOST_ABOVE]) if len(row) > 1 or widest == 1), 0)


def names_columns(line: str) -> bool:
    """Whether a line divides into names that the columns of a table of articles have."""
    return any(_is_known([cell.strip('" \r') for cell in line.split(mark)]) for mark in _MARKS)


def _is_known(row: list[str]) -> bool:
    known = {found[0] for name in row if (found := role(name))}
    return len(known) > 1 and not known.isdisjoint(("title", "text", "summary"))
