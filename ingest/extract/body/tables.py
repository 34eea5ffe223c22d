"""Tables of a page as paragraphs: a row each, that says what its figures are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from ingest.extract.body.paragraphs import line_of
from ingest.extract.body.runs import runs

ROW = "data-row"  # marks the paragraphs that were rows
_ROWS = "./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"
_HOLDS_PAGE = ".//h1 | .//article | .//main | .//nav | .//form"
_PARTS = frozenset("table thead tbody tfoot tr td th caption colgroup".split())
_MOST_COLUMNS, _MOST_TEXT = 100, 500_000
_LONGEST_CELL, _LONGEST_LABEL = 300, 60
_MOST_LINKED = 0.8
_AROUND, _BESIDE, _LONG = 3, 2, 60  # boxes that hold nothing else; elements next to it; characters of a paragraph
# Tables of other elements, as WAI-ARIA names their parts (sections 5.3.3 and 5.4).
_TABLES = ("table", "grid", "treegrid")
_ROLES = {"row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
_DIGIT = re.compile(r"\d")

Cells = list[str]


def spell_out(tree: Any) -> None:
    """Replace every table of data by its rows, and make boxes of the others, which only lay out the page."""
    _name_parts(tree)
    for table in reversed(list(tree.iter("table"))):  # those inside others first
        grid = [] if _lays_out(table) else _grid(table)
        if _is_data(grid, table):
            _replace(table, [*_caption(table), *_lines(grid, _headed(table, grid))])
    for part in list(tree.iter(*_PARTS)):
        part.tag = "div"


def _name_parts(tree: Any) -> None:
    """Make HTML's tables of those that only say by their roles what they are."""
    tables = [one for one in tree.iter("*") if one.get("role") in _TABLES and one.tag != "table"]
    for table in tables:
        rows = [one for one in table.iter("*") if one.get("role") == "row"]
        parts = [(one, _ROLES[one.get("role")]) for row in rows for one in row.iter("*") if one.get("role") in _ROLES]
        for part, tag in parts:
            part.tag = tag
        if rows:
            _gather(table, rows)


def _gather(table: Any, rows: list[Any]) -> None:
    """Put the rows right into their table, below captions of what else is in it."""
    from lxml.etree import Element

    inside = {one for row in rows for one in row.iter()}
    captions = []
    for run in [run for run in runs(table) if run.element not in inside]:
        captions.append(Element("caption"))
        captions[-1].text = run.text
    table.tag, table.text, table[:] = "table", None, [*captions, *rows]


def _lays_out(table: Any) -> bool:
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return True
    return bool(table.xpath(_HOLDS_PAGE)) or (_is_linked(table) and not (_names_parts(table) or _is_in_text(table)))


def _is_linked(table: Any) -> bool:
    found = runs(table)
    linked, length = sum(run.linked for run in found), sum(len(run.text) for run in found)
    return linked > _MOST_LINKED * length


def _is_data(grid: list[Cells], table: Any) -> bool:
    """Whether it has several rows and columns of short texts; a table that names its columns may have long ones.

    A single row or column is one where it has a heading, or stands among paragraphs.
    """
    filled = [row for row in grid if any(row)]
    cells = [cell for row in filled for cell in row if cell]
    if len(cells) < 2 or not (_names_parts(table) or max(map(len, cells)) <= _LONGEST_CELL):
        return False
    wide = max(sum(map(bool, row)) for row in filled)
    return min(len(filled), wide) > 1 or _names_parts(table) or _is_in_text(table)


def _names_parts(table: Any) -> bool:
    return table.find(".//th") is not None or table.find("./caption") is not None


def _is_in_text(table: Any) -> bool:
    """Whether a paragraph of running text stands right before or behind it, or the boxes that hold nothing else."""
    line = line_of(table)
    around = (step for step in islice(table.iterancestors(), _AROUND) if line_of(step) == line)
    beside = (one for step in (table, *around) for one in _beside(step))
    return any(one.tag == "p" and len(line_of(one)) >= _LONG for one in beside)


def _beside(element: Any) -> Iterator[Any]:
    return chain(islice(element.itersiblings(preceding=True), _BESIDE), islice(element.itersiblings(), _BESIDE))


def _grid(table: Any) -> list[Cells]:
    """The texts of its cells; one that spans several rows or columns stands in each (HTML standard, 4.9.12)."""
    below: dict[int, tuple[int, str]] = {}
    grid: list[Cells] = []
    length = 0
    for row in table.xpath(_ROWS):
        grid.append(_cells(list(row.iterchildren("td", "th")), below))
        length += sum(map(len, grid[-1]))
        if length > _MOST_TEXT:
            return []
    return grid


def _cells(said: list[Any], below: dict[int, tuple[int, str]]) -> Cells:
    """A row; `below` is what cells reach down from the rows above, by column, and is brought up to date."""
    cells: Cells = []
    for cell in said:
        _fill(cells, below)
        text = "; ".join(run.text for run in runs(cell))
        for _ in range(min(_span(cell, "colspan"), _MOST_COLUMNS) if len(said) > 1 else 1):
            if (rows := _span(cell, "rowspan")) > 1 and len(cells) < _MOST_COLUMNS:
                below[len(cells)] = (rows - 1, text)
            cells.append(text)
    _fill(cells, below)
    return cells


def _fill(cells: Cells, below: dict[int, tuple[int, str]]) -> None:
    while (at := len(cells)) in below:
        left, text = below.pop(at)
        cells.append(text)
        if left > 1:
            below[at] = (left - 1, text)


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _headed(table: Any, grid: list[Cells]) -> int:
    """How many rows name the columns: those marked so, else the first above columns of figures."""
    rows = table.xpath(_ROWS)[: len(grid)]
    marked = 0
    while marked < len(rows) - 1 and _is_head(rows[marked]):
        marked += 1
    return marked or int(_names_figures(grid))


def _is_head(row: Any) -> bool:
    return row.getparent().tag == "thead" or (row.find("th") is not None and row.find("td") is None)


def _names_figures(grid: list[Cells]) -> bool:
    first, *rest = grid
    if not rest:
        return False
    figures = (all(at < len(row) and _DIGIT.search(row[at]) for row in rest) for at, name in enumerate(first) if name)
    return len(set(first)) > 1 and not any(map(_DIGIT.search, first)) and any(figures)


def _lines(grid: list[Cells], headed: int) -> list[str]:
    """The rows as lines, below what names columns and is in none of them."""
    names = _names(grid[:headed])
    labels = [name if len(name) <= _LONGEST_LABEL else "" for name in names]
    lines = [line for row in grid[headed:] if (line := _line(row, labels))]
    told = "\n".join(lines)
    return ["; ".join(unused), *lines] if (unused := [name for name in names if name not in told]) else lines


def _names(heads: list[Cells]) -> Cells:
    """The name of each column, of all rows that name it."""
    width = max(map(len, heads), default=0)
    named = ([row[at] for row in heads if at < len(row) and row[at]] for at in range(width))
    return [" ".join(dict.fromkeys(parts)) for parts in named]


def _line(row: Cells, names: Cells) -> str:
    """A row as a reader would say it; a heading that spans all columns stands alone."""
    filled = [cell for cell in row if cell]
    if len(row) < 2 or not filled:
        return "".join(filled)
    if not names:
        first, *rest = filled
        return f"{first.rstrip(':')}: {'; '.join(rest)}" if rest else first
    labels = [*names, *[""] * len(row)]
    return "; ".join(_labelled(name, cell) for name, cell in zip(labels, row, strict=False) if cell)


def _labelled(name: str, cell: str) -> str:
    return f"{name.rstrip(':')}: {cell}" if name and name != cell else cell


def _caption(table: Any) -> Cells:
    return [run.text for caption in table.iterchildren("caption") for run in runs(caption)]


def _replace(table: Any, lines: Cells) -> None:
    from lxml.etree import SubElement

    tail = table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    for line in lines:
        row = SubElement(table, "p")
        row.text = line
        row.set(ROW, "")
