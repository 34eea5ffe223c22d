"""The report as one HTML file: the figures, precision against recall, and what came of every question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from assistant.evaluation.asked import Asked
from assistant.evaluation.figures import Figures, Point
from ingest.language.text import squeeze

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #ddd}"
    "td:first-child{white-space:nowrap}svg{width:100%;height:auto}"
)

_LEFT, _TOP, _WIDE, _HIGH = 50, 24, 600, 320  # the plot, in the units of its drawing


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
    """Precision against recall as SVG, both from 0 to 1; each point tells the confidence it stands for."""
    if not points:
        return ""
    places = [(_LEFT + point.recall * _WIDE, _TOP + (1 - point.precision) * _HIGH) for point in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(
        f"<circle cx={x:.1f} cy={y:.1f} r=2.5><title>confidence {point.confidence:.2f}: precision"
        f" {point.precision:.2f}, recall {point.recall:.2f}</title></circle>"
        for point, (x, y) in zip(points, places, strict=True)
    )
    grid = "".join(
        f"<text x={_LEFT + share * _WIDE:.0f} y={_TOP + _HIGH + 18}>{share:g}</text>"
        f"<text x={_LEFT - 28} y={_TOP + (1 - share) * _HIGH + 4:.0f}>{share:g}</text>"
        f"<path d='M{_LEFT} {_TOP + (1 - share) * _HIGH:.0f}h{_WIDE}' stroke=#ddd />"
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        "<h2>Correct answers, from the most confident down</h2>"
        f"<svg viewBox='0 0 {_LEFT + _WIDE + 20} {_TOP + _HIGH + 45}' font-size=12 role=img>{grid}"
        f"<text x={_LEFT + _WIDE / 2 - 20:.0f} y={_TOP + _HIGH + 38}>recall</text>"
        f"<text x={_LEFT} y=14>precision</text>"
        f"<polyline points='{line}' fill=none stroke=#06c stroke-width=2 />{dots}</svg>"
    )


def _row(one: Asked) -> tuple[str, str, str]:
    said = one.answer.receipt.reason if one.answer.receipt else one.answer.text
    return outcome(one), squeeze(one.question.question), squeeze(said)


def outcome(one: Asked) -> str:
    """What came of a question, in a word or two."""
    if one.refused:
        return "refused, wrongly" if one.question.answerable else "refused, correctly"
    if not one.question.answerable:
        return "answered, should be refused"
    if one.contains is None and one.cited is None:
        return "answered"
    return "right" if one.right else "wrong"


def _table(rows: Iterable[Sequence[object]]) -> str:
    return f"<table>{''.join(_cells(rows))}</table>"


def _cells(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        kind = "td" if number else "th"
        yield f"<tr>{''.join(f'<{kind}>{escape(str(cell))}</{kind}>' for cell in row)}</tr>"
