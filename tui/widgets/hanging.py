"""A block of rows with hanging indents, one light widget however many rows it holds."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from tui.rows import Row, lay_out


class Hanging(Static):
    """Shows rows wrapped to its width; it is hidden while it has none."""

    def __init__(self, rows: Iterable[Row] = (), *, classes: str = "") -> None:
        super().__init__(markup=False, classes=classes)
        self._rows = tuple(rows)
        self.display = bool(self._rows)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def show(self, rows: Iterable[Row]) -> None:
        """Replace what is shown."""
        self._rows = tuple(rows)
        self.display = bool(self._rows)
        self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join(lay_out(self._rows, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(lay_out(self._rows, width))
