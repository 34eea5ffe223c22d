"""The terminal chat: paints first, finds the service behind the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from assistant.service.errors import DatelineError, Unreachable
from tui.chat import ChatScreen
from tui.connection import Connect, Connection, Starting, State
from tui.kept import Kept
from tui.plain import plain
from tui.widgets.confirm import Confirm
from tui.widgets.help import Help

_LOOK_SECONDS = 5.0
_STILL_INGESTING = """\
Articles are still being ingested. Quit?

Ingesting stops at the next article, and what was ingested stays. “dateline reindex” continues with the rest."""


class DatelineApp(App[None]):
    """The chat.

    connect     gives a service that runs, and may take its time
    look_every  seconds between two looks at the archive, which may change elsewhere
    typed       what was typed before the screen was there; each of its whole lines is sent
    kept        the lines and the theme of earlier sessions
    """

    TITLE = "Dateline"
    CSS_PATH = "dateline.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", priority=True),
        Binding("ctrl+q", "quit", "Quit", priority=True),
        Binding("f5", "reconnect", "Connect again", show=False),
    ]

    def __init__(
        self,
        connect: Connect,
        *,
        look_every: float = _LOOK_SECONDS,
        typed: str = "",
        conversation_id: str | None = None,
        kept: Kept | None = None,
    ) -> None:
        super().__init__()
        self._look_every, self._kept = look_every, kept or Kept()
        self.state: State = Starting()
        self.connection = Connection(connect, self._changed)
        self.chat = ChatScreen(self.connection, self._kept, typed, conversation_id)

    def get_default_screen(self) -> Screen[None]:
        return self.chat

    def on_mount(self) -> None:
        if self._kept.theme in self.available_themes:
            self.theme = self._kept.theme
        self.watch(self, "theme", self._kept.choose, init=False)
        self.call_after_refresh(self.action_reconnect)
        self.set_interval(self._look_every, self._look)

    @work(exclusive=True, group="service")
    async def action_reconnect(self) -> None:
        """Find the service anew; questions that wait are asked when it is ready."""
        await self.connection.bring_up()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Keep the status true; a service that has died may have a successor, so look for it once."""
        if not self.connection.is_ready:
            return
        try:
            await self.connection.look()
        except Unreachable:
            self.action_reconnect()
        except DatelineError:
            return

    def action_help(self) -> None:
        """Show the keys and commands, or put them away."""
        if isinstance(self.screen, Help):
            self.screen.dismiss()
        else:
            self.push_screen(Help())

    async def action_quit(self) -> None:
        """Leave; while articles are being ingested only after a yes, or when asked again."""
        if self.chat.is_ingesting and not isinstance(self.screen, Confirm):
            self.push_screen(Confirm(_STILL_INGESTING), lambda yes: self.exit() if yes else None)
        else:
            self.exit()

    async def on_event(self, event: events.Event) -> None:
        """What is pasted comes from outside, like everything else that is cleaned before it is shown."""
        if isinstance(event, events.Paste):
            event.text = plain(event.text)
        await super().on_event(event)

    async def on_unmount(self) -> None:
        await self.connection.close()

    def _changed(self, state: State) -> None:
        self.state = state
        self.chat.show_state(state)
