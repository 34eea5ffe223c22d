"""Tables of a page as paragraphs: a row each, that says what its figures are."""

from __future__ import annotations

import re
from typing import Any

from ingest.extract.runs import runs

ROW = "data-row"  # marks the paragraphs that were rows
_ROWS = "./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"
_HOLDS_PAGE = ".//h1 | .//article | .//main | .//nav | .//form"
_PARTS = frozenset("table thead tbody tfoot tr td th caption colgroup".split())
_MOST_COLUMNS, _MOST_TEXT = 100, 500_000
_LONGEST_CELL, _LONGEST_LABEL = 300, 60
_MOST_LINKED = 0.8
_DIGIT = re.compile(r"\d")

Cells = list[str]


def spell_out(tree: Any) -> None:
    """Replace every table of data by its rows, and make boxes of the others, which only lay out the page."""
    for table in list(tree.iter("table")):
        grid = [] if _lays_out(table) else _grid(table)
        if _is_data(grid, table):
            _replace(table, [*_caption(table), *_lines(grid, _headed(table, grid))])
    for part in list(tree.iter(*_PARTS)):
        part.tag = "div"


def _lays_out(table: Any) -> bool:
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return True
    found = runs(table)
    linked, length = sum(run.linked for run in found), sum(len(run.text) for run in found)
    return linked > _MOST_LINKED * length or bool(table.xpath(_HOLDS_PAGE))


def _is_data(grid: list[Cells], table: Any) -> bool:
    """Whether it has several rows and columns of short texts; a table that names its columns may have long ones."""
    filled = [row for row in grid if any(row)]
    if len(filled) < 2 or max(sum(map(bool, row)) for row in filled) < 2:
        return False
    return table.find(".//th") is not None or max(len(cell) for row in filled for cell in row) <= _LONGEST_CELL


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
