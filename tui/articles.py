"""The screen that lists the archive: filter, read, remove."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from assistant.service.errors import DatelineError
from assistant.types import ArticleSummary, ListOrder
from tui import wording
from tui.connection import Connection
from tui.plain import one_line
from tui.reader import ReaderScreen
from tui.widgets.confirm import Confirm
from tui.widgets.in_order import Line

_PAGE = 200
_TYPING_PAUSE = 0.2


class ArticlesScreen(Screen[None]):
    """Shows the newest articles and loads further ones as the person moves down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("slash", "filter", "Filter"),
        Binding("s", "turn", "Order"),
        Binding("d", "remove", "Remove"),
    ]

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection
        self._articles: list[ArticleSummary] = []
        self._total = 0
        self._words = ""
        self._order: ListOrder = "published"

    def compose(self) -> ComposeResult:
        yield Line(placeholder="press / to filter by title or outlet", compact=True)
        yield Static("loading …", id="total", markup=False)
        yield OptionList(markup=False, compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._load(anew=True)

    @on(Line.Changed)
    def _filter_changed(self, event: Line.Changed) -> None:
        self._words = event.value.strip()
        self._load(anew=True, pause=_TYPING_PAUSE)

    @on(Line.Submitted)
    def _filter_done(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionHighlighted)
    def _near_the_end(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index > len(self._articles) - 20 and len(self._articles) < self._total:
            self._load()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.app.push_screen(ReaderScreen(self._connection, [self._articles[event.option_index]], 0))

    def action_back(self) -> None:
        """Out of the filter, which is emptied; else out of the list."""
        field = self.query_one(Line)
        if field.has_focus:
            field.value = ""
            self.query_one(OptionList).focus()
        else:
            self.app.pop_screen()

    def action_turn(self) -> None:
        """The other order: by time of publication, or by when they were ingested."""
        self._order = "added" if self._order == "published" else "published"
        self._load(anew=True)

    def action_filter(self) -> None:
        self.query_one(Line).focus()

    @work(exclusive=True, group="list")
    async def _load(self, *, anew: bool = False, pause: float = 0.0, at: int = 0) -> None:
        """Load the next page, or the first one of another filter, with the highlight at a row."""
        await asyncio.sleep(pause)
        try:
            service = await self._connection.service()
            offset = 0 if anew else len(self._articles)
            page = await service.articles(limit=_PAGE, offset=offset, text=self._words, order=self._order)
        except DatelineError as exc:
            self.query_one("#total", Static).update(f"✗ {wording.problem(exc.message, exc.hint)}")
            return
        self._total = page.total
        self._show(list(page.articles), anew=anew, at=at)

    def _show(self, articles: list[ArticleSummary], *, anew: bool, at: int) -> None:
        listed = self.query_one(OptionList)
        if anew:
            self._articles.clear()
            listed.clear_options()
        self._articles += articles
        listed.add_options(Option(_line(article)) for article in articles)
        if anew and articles:
            listed.highlighted = min(at, len(articles) - 1)
        self._say_total()

    def _say_total(self) -> None:
        found = " found" if self._words else ""
        order = "latest ingested first" if self._order == "added" else "newest first"
        count = wording.counted(self._total, "article")
        self.query_one("#total", Static).update(f"{count}{found}, {order} · enter opens one")

    @work(exclusive=True, group="remove")
    async def action_remove(self) -> None:
        """Remove the highlighted article, once the person has said yes."""
        index = self.query_one(OptionList).highlighted
        if index is None:
            return
        article = self._articles[index]
        if not await self.app.push_screen_wait(Confirm(f"Remove this article?\n\n{wording.headline(article)}")):
            return
        try:
            await (await self._connection.service()).remove(article.article_id)
            await self._connection.look()
        except DatelineError as exc:
            self.notify(wording.problem(exc.message, exc.hint), severity="error", markup=False)
        self._load(anew=True, at=index)


def _line(article: ArticleSummary) -> Content:
    date = wording.short_date(article)
    title = one_line(article.title) or "(no title)"
    return Content.assemble((f"{date:<11} ", "$text-muted"), (one_line(article.outlet), "bold"), f" · {title}")
