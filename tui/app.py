"""The terminal chat: paints first, finds the service behind the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.chat import ChatScreen
from tui.plain import plain
from tui.service import Connect, Service, Starting, State


class DatelineApp(App[None]):
    """The chat; `connect` gives an HTTP client for a service that runs, and may take its time."""

    TITLE = "Dateline"
    CSS_PATH = "dateline.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", priority=True),
        Binding("f5", "reconnect", "Connect again", show=False),
    ]

    def __init__(self, connect: Connect) -> None:
        super().__init__()
        self.state: State = Starting()
        self.service = Service(connect, self._changed)
        self.chat = ChatScreen(self.service)

    def get_default_screen(self) -> Screen[None]:
        return self.chat

    def on_mount(self) -> None:
        self.call_after_refresh(self.action_reconnect)

    @work(exclusive=True, group="service")
    async def action_reconnect(self) -> None:
        """Find the service anew; questions that wait are asked when it is ready."""
        await self.service.bring_up()

    async def on_event(self, event: events.Event) -> None:
        """What is pasted comes from outside, like everything else that is cleaned before it is shown."""
        if isinstance(event, events.Paste):
            event.text = plain(event.text)
        await super().on_event(event)

    async def on_unmount(self) -> None:
        await self.service.close()

    def _changed(self, state: State) -> None:
        self.state = state
        self.chat.show_state(state)
