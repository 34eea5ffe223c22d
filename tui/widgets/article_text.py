"""The text of an article with one highlighted passage, kept a third of the way down the screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from tui.article_rows import Highlight, text_lines


class _Lines(Static):
    """The wrapped lines, laid out once for each width."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._text, self._highlight = "", Highlight(0, 0)
        self._laid_out: tuple[int, list[Content], int | None] | None = None

    def show(self, text: str, highlight: Highlight) -> None:
        self._text, self._highlight, self._laid_out = text, highlight, None
        self.refresh(layout=True)

    @property
    def highlighted_line(self) -> int | None:
        return self._lay_out(self.content_size.width)[1]

    def render(self) -> Content:
        return Content("\n").join(self._lay_out(self.content_size.width)[0])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lay_out(width)[0])

    def _lay_out(self, width: int) -> tuple[list[Content], int | None]:
        if self._laid_out is None or self._laid_out[0] != width:
            self._laid_out = (width, *text_lines(self._text, self._highlight, width))
        return self._laid_out[1:]


class ArticleText(VerticalScroll):
    """Scrolls through an article."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = _Lines()

    def compose(self) -> ComposeResult:
        yield self._lines

    def show(self, text: str, highlight: Highlight) -> None:
        """Show a text, scrolled so that its highlight is in view with what stands before it."""
        self._lines.show(text, highlight)
        self.call_after_refresh(self._go_to_highlight)

    def on_resize(self) -> None:
        """Another width wraps the text anew, and the passage is what the reader came for."""
        self.call_after_refresh(self._go_to_highlight)

    @property
    def highlighted_line(self) -> int | None:
        """The line of the text on which the highlight begins."""
        return self._lines.highlighted_line

    def _go_to_highlight(self) -> None:
        line = self.highlighted_line or 0
        self.scroll_to(y=max(line - self.size.height // 3, 0), animate=False)
