"""Text with a hanging indent: rows of a short lead and a body that wraps beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


@dataclass(frozen=True)
class Row:
    """`lead` stands before the first line of `body`; the lines after it are indented by its width."""

    lead: Content
    body: Content

    def lines(self, width: int) -> list[Content]:
        indent = self.lead.cell_length
        first, *rest = self.body.wrap(max(width - indent, 8)) or [Content()]
        return [self.lead + first, *(Content(" " * indent) + line for line in rest)]


def row(lead: str, body: str | Content, style: str = "") -> Row:
    """A row from words of ours; a string is taken literally and shown in `style`."""
    content = Content.styled(body, style) if isinstance(body, str) else body
    return Row(Content.styled(lead, style), content)


def lay_out(rows: Iterable[Row], width: int) -> list[Content]:
    """The lines of all rows, each at most `width` cells wide."""
    return [line for each in rows for line in each.lines(width)]


class Block(Visual):
    """Rows where Textual wants one visual, such as an option of a list."""

    def __init__(self, *rows: Row) -> None:
        self._rows = rows

    def __str__(self) -> str:
        return "\n".join(f"{row.lead}{row.body}" for row in self._rows)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return Content("\n").join(lay_out(self._rows, width)).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max((row.lead.cell_length + row.body.cell_length for row in self._rows), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return len(lay_out(self._rows, width))
