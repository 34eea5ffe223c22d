"""The screen that lists the archive: filter, read, remove."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.service.errors import DatelineError
from assistant.types import ArticleSummary, ListOrder
from tui import wording
from tui.connection import Connection
from tui.listing import PAGE, Listing
from tui.plain import one_line
from tui.reader import ReaderScreen
from tui.widgets.confirm import Confirm


class ArticlesScreen(Listing[None]):
    """Shows the newest articles and loads further ones as the person moves down."""

    PROMPT = "press / to filter by title or outlet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("slash", "narrow", "Filter"),
        Binding("s", "turn", "Order"),
        Binding("d", "remove", "Remove"),
    ]

    def __init__(self, connection: Connection, collection: str | None = None) -> None:
        super().__init__(connection)
        self._collection = collection
        self._articles: list[ArticleSummary] = []
        self._total = 0
        self._order: ListOrder = "published"

    def begin(self, pause: float = 0.0) -> None:
        self._load(anew=True, pause=pause)

    @on(OptionList.OptionHighlighted)
    def _near_the_end(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index > len(self._articles) - 20 and len(self._articles) < self._total:
            self._load()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.app.push_screen(ReaderScreen(self.connection, [self._articles[event.option_index]], 0))

    def action_turn(self) -> None:
        """The other order: by time of publication, or by when they were ingested."""
        self._order = "added" if self._order == "published" else "published"
        self.begin()

    @work(exclusive=True, group="list")
    async def _load(self, *, anew: bool = False, pause: float = 0.0, at: int = 0) -> None:
        """Load the next page, or the first one of another filter, with the highlight at a row."""
        await asyncio.sleep(pause)
        try:
            service = await self.connection.service()
            offset = 0 if anew else len(self._articles)
            listed = partial(service.articles, text=self.words, collection=self._collection, order=self._order)
            page = await listed(limit=PAGE, offset=offset)
        except DatelineError as exc:
            self.say(f"✗ {wording.problem(exc.message, exc.hint)}")
            return
        self._total = page.total
        self._show(list(page.articles), anew=anew, at=at)

    def _show(self, articles: list[ArticleSummary], *, anew: bool, at: int) -> None:
        if anew:
            self._articles.clear()
            self.listed.clear_options()
        self._articles += articles
        self.listed.add_options(Option(_line(article)) for article in articles)
        if anew and articles:
            self.listed.highlighted = min(at, len(articles) - 1)
        self._say_total()

    def _say_total(self) -> None:
        found = " found" if self.words else ""
        within = f" in the collection {one_line(self._collection)}" if self._collection else ""
        order = "latest ingested first" if self._order == "added" else "newest first"
        count = wording.counted(self._total, "article")
        self.say(f"{count}{found}{within}, {order} · enter opens one")

    @work(exclusive=True, group="remove")
    async def action_remove(self) -> None:
        """Remove the highlighted article, once the person has said yes."""
        index = self.listed.highlighted
        if index is None:
            return
        article = self._articles[index]
        if not await self.app.push_screen_wait(Confirm(f"Remove this article?\n\n{wording.headline(article)}")):
            return
        try:
            await (await self.connection.service()).remove(article.article_id)
            await self.connection.look()
        except DatelineError as exc:
            self.complain(exc)
        self._load(anew=True, at=index)


def _line(article: ArticleSummary) -> Content:
    date = wording.short_date(article)
    title = one_line(article.title) or "(no title)"
    return Content.assemble((f"{date:<11} ", "$text-muted"), (one_line(article.outlet), "bold"), f" · {title}")
