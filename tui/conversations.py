"""The screen that lists the conversations: search, resume, delete."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.service.errors import DatelineError
from assistant.types import ConversationSummary
from tui import wording
from tui.connection import Connection
from tui.listing import PAGE, Listing
from tui.plain import one_line
from tui.widgets.confirm import Confirm


class ConversationsScreen(Listing[str | None]):
    """Shows the conversations, the last asked first; gives the id of the one to resume."""

    PROMPT = "press / to search questions and answers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("slash", "narrow", "Search"),
        Binding("d", "delete", "Delete"),
    ]

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._found: list[ConversationSummary] = []

    def begin(self, pause: float = 0.0) -> None:
        self._load(pause=pause)

    @on(OptionList.OptionSelected)
    def _resume(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].id)

    @work(exclusive=True, group="list")
    async def _load(self, *, pause: float = 0.0, at: int = 0) -> None:
        await asyncio.sleep(pause)
        try:
            page = await (await self.connection.service()).conversations(text=self.words, limit=PAGE)
        except DatelineError as exc:
            self.say(f"✗ {wording.problem(exc.message, exc.hint)}")
            return
        self._found = list(page.conversations)
        self.listed.clear_options()
        self.listed.add_options(Option(_line(one)) for one in self._found)
        if self._found:
            self.listed.highlighted = min(at, len(self._found) - 1)
        more = f", the latest {PAGE} shown" if page.next else ""
        count = wording.counted(page.total, "conversation")
        self.say(f"{count}{more} · enter resumes one")

    @work(exclusive=True, group="delete")
    async def action_delete(self) -> None:
        """Delete the highlighted conversation, once the person has said yes."""
        index = self.listed.highlighted
        if index is None or index >= len(self._found):
            return
        one = self._found[index]
        if not await self.app.push_screen_wait(Confirm(f"Delete this conversation?\n\n{one_line(one.title)}")):
            return
        try:
            await (await self.connection.service()).delete_conversation(one.id)
        except DatelineError as exc:
            self.complain(exc)
        self._load(at=index)


def _line(one: ConversationSummary) -> Content:
    date = f"{one.updated.day} {one.updated:%b %Y}"
    asked = wording.counted(one.turns, "question")
    return Content.assemble((f"{date:<11} ", "$text-muted"), (one_line(one.title), "bold"), f" · {asked}")
