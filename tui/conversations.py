"""The screen that lists the conversations: search, resume, delete."""

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
from assistant.types import ConversationSummary
from tui import wording
from tui.connection import Connection
from tui.plain import one_line
from tui.widgets.confirm import Confirm
from tui.widgets.in_order import Line

_PAGE = 200
_TYPING_PAUSE = 0.2


class ConversationsScreen(Screen[str | None]):
    """Shows the conversations, the last asked first; gives the id of the one to resume."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("slash", "search", "Search"),
        Binding("d", "delete", "Delete"),
    ]

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection
        self._found: list[ConversationSummary] = []
        self._words = ""

    def compose(self) -> ComposeResult:
        yield Line(placeholder="press / to search questions and answers", compact=True)
        yield Static("loading …", id="total", markup=False)
        yield OptionList(markup=False, compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self._load()

    @on(Line.Changed)
    def _search_changed(self, event: Line.Changed) -> None:
        self._words = event.value.strip()
        self._load(pause=_TYPING_PAUSE)

    @on(Line.Submitted)
    def _search_done(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _resume(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].id)

    def action_back(self) -> None:
        """Out of the search, which is emptied; else out of the list."""
        field = self.query_one(Line)
        if field.has_focus:
            field.value = ""
            self.query_one(OptionList).focus()
        else:
            self.dismiss(None)

    def action_search(self) -> None:
        self.query_one(Line).focus()

    @work(exclusive=True, group="list")
    async def _load(self, *, pause: float = 0.0, at: int = 0) -> None:
        await asyncio.sleep(pause)
        try:
            page = await (await self._connection.service()).conversations(text=self._words, limit=_PAGE)
        except DatelineError as exc:
            self.query_one("#total", Static).update(f"✗ {wording.problem(exc.message, exc.hint)}")
            return
        self._found = list(page.conversations)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(Option(_line(one)) for one in self._found)
        if self._found:
            listed.highlighted = min(at, len(self._found) - 1)
        more = f", the latest {_PAGE} shown" if page.next else ""
        count = wording.counted(page.total, "conversation")
        self.query_one("#total", Static).update(f"{count}{more} · enter resumes one")

    @work(exclusive=True, group="delete")
    async def action_delete(self) -> None:
        """Delete the highlighted conversation, once the person has said yes."""
        index = self.query_one(OptionList).highlighted
        if index is None or index >= len(self._found):
            return
        one = self._found[index]
        if not await self.app.push_screen_wait(Confirm(f"Delete this conversation?\n\n{one_line(one.title)}")):
            return
        try:
            await (await self._connection.service()).delete_conversation(one.id)
        except DatelineError as exc:
            self.notify(wording.problem(exc.message, exc.hint), severity="error", markup=False)
        self._load(at=index)


def _line(one: ConversationSummary) -> Content:
    date = f"{one.updated.day} {one.updated:%b %Y}"
    asked = wording.counted(one.turns, "question")
    return Content.assemble((f"{date:<11} ", "$text-muted"), (one_line(one.title), "bold"), f" · {asked}")
