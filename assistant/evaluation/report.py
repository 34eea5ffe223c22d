"""The report as one HTML file: the figures, precision against recall, and what came of every question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant.evaluation.asked import Asked
from assistant.evaluation.figures import Figures, Point
from ingest.text import squeeze

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #ddd}"
    "td:first-child{white-space:nowrap}svg{width:100%;height:auto}"
)


def write_report(path: Path, name: str, measured: Figures, points: Sequence[Point], asked: Sequence[Asked]) -> None:
    """Writes the report whole or not at all. Raises OSError."""
    page = "\n".join([
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(name)}</title><style>{_STYLE}</style>",
        f"<h1>{escape(name)}</h1>",
        _table([("figure", "value"), *((field, value) for field, value in measured if value is not None)]),
        _plot(points),
        "<h2>Questions</h2>",
        _table([("came out", "question", "answer"), *map(_row, asked)]),
        "</html>",
    ])  # fmt: skip
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_text(page, encoding="utf-8")
    fresh.replace(path)


def _plot(points: Sequence[Point]) -> str:
    """Precision against recall as SVG, without script and without anything that is fetched."""
    if not points:
        return ""
    import pygal

    chart: Any = pygal.XY(
        js=[], show_legend=False, dots_size=2, range=(0, 1), xrange=(0, 1), height=420, disable_xml_declaration=True,
        title="Right answers, from the surest on down", x_title="recall", y_title="precision",
    )  # fmt: skip
    chart.add("", [{"value": (one.recall, one.precision), "label": f"{one.confidence:.2f}"} for one in points])
    drawing = chart.render(is_unicode=True)
    return re.sub(r"<script.*?</script>|<script[^>]*/>", "", str(drawing), flags=re.DOTALL)


def _row(one: Asked) -> tuple[str, str, str]:
    said = one.answer.receipt.reason if one.answer.receipt else one.answer.text
    return outcome(one), squeeze(one.question.question), squeeze(said)


def outcome(one: Asked) -> str:
    """What came of a question, in a word or two."""
    if one.refused:
        return "refused, wrongly" if one.question.answerable else "refused, rightly"
    if not one.question.answerable:
        return "answered, not to be"
    if one.contains is None and one.cited is None:
        return "answered"
    return "right" if one.right else "wrong"


def _table(rows: Iterable[Sequence[object]]) -> str:
    return f"<table>{''.join(_cells(rows))}</table>"


def _cells(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        kind = "td" if number else "th"
        yield f"<tr>{''.join(f'<{kind}>{escape(str(cell))}</{kind}>' for cell in row)}</tr>"
