"""The screen that shows the article behind a citation, at the cited passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from assistant.service.errors import DatelineError
from assistant.types import Article, Citation, Headline, Related
from tui.article_rows import Highlight, heading_rows, kept_rows, locate, related_rows
from tui.connection import Connection
from tui.plain import one_line
from tui.rows import Row, row
from tui.web_address import host_of
from tui.widgets.article_text import ArticleText
from tui.widgets.confirm import Confirm
from tui.widgets.hanging import Hanging
from tui.wording import problem


class ReaderScreen(Screen[None]):
    """Reads `places[index]`; n and p walk through the others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.pop_screen", "Back"),
        Binding("n", "step(1)", "Next"),
        Binding("p", "step(-1)", "Previous"),
        Binding("o", "open_address", "Open in browser"),
        *(Binding(str(number), f"open({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, connection: Connection, places: Sequence[Citation | Headline], index: int) -> None:
        super().__init__()
        self._connection = connection
        self._places = tuple(places)
        self._index = index
        self._url: str | None = None
        self._heading = Hanging(classes="heading")
        self._notice = Hanging(classes="notice")
        self.text = ArticleText()

    def compose(self) -> ComposeResult:
        yield from (self._heading, self._notice, self.text, Footer(show_command_palette=False))

    def on_mount(self) -> None:
        self.text.focus()
        self._read()

    def action_step(self, by: int) -> None:
        index = self._index + by
        if 0 <= index < len(self._places):
            self._index = index
            self._read()

    def action_open(self, number: int) -> None:
        for index, place in enumerate(self._places):
            if isinstance(place, Citation) and place.number == number:
                self._index = index
                self._read()

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        place = self._places[self._index]
        self._notice.show([row("", "loading …", "$text-muted")])
        try:
            service = await self._connection.service()
            version = place.version if isinstance(place, Citation) else None
            article = await service.article(place.article_id, version)
            self._show(place, article, await service.related(place.article_id))
        except DatelineError as exc:
            self._show_kept(place, exc)

    def _show(self, place: Citation | Headline, article: Article, related: Related) -> None:
        highlight = locate(article, place) if isinstance(place, Citation) else Highlight(0, 0)
        self._url = article.url
        self._heading.show([*self._position(), *heading_rows(article), *related_rows(related)])
        self._warn(highlight.notice)
        self.text.show(article.text, highlight)

    def _show_kept(self, place: Citation | Headline, exc: DatelineError) -> None:
        """Without its article, a citation still shows the words it rests on."""
        self._url = place.url
        if not isinstance(place, Citation):
            self._heading.show([row("", one_line(place.title), "bold")])
            self._warn(problem(exc.message, exc.hint))
            return
        self._heading.show([*self._position(), *kept_rows(place)])
        gone = "This version of the article is no longer in the archive; the citation kept this passage:"
        self._warn(gone if exc.code == "not_found" else problem(exc.message, exc.hint))
        self.text.show(place.text, Highlight(0, len(place.text)))

    def _warn(self, notice: str) -> None:
        self._notice.show([row("! ", notice, "$text-warning")] if notice else [])

    def _position(self) -> list[Row]:
        place = self._places[self._index]
        if not isinstance(place, Citation):
            return []
        return [row("", f"citation [{place.number}], {self._index + 1} of {len(self._places)}", "$text-muted")]

    @work(exclusive=True, group="browser")
    async def action_open_address(self) -> None:
        """Open the article's address, after the person has seen where it leads."""
        url, host = self._url, host_of(self._url)
        if url is None or host is None:
            self.notify("This article has no web address that can be opened.", severity="warning", markup=False)
        elif await self.app.push_screen_wait(Confirm(f"Open this address in the browser?\n\nhost: {host}\n{url}")):
            self.app.open_url(url)
