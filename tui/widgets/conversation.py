"""The turns of a conversation, kept at the bottom while the person does not scroll away."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.widgets.turn import Turn

WELCOME = """\
Ask about the news in your archive. Every sentence of the answer opens the passage it rests on: press its number.

ctrl+o ingests articles from files, folders or links; F1 shows all keys."""


class _Rule(Static):
    """Where another conversation begins."""


class Conversation(VerticalScroll, can_focus=False):
    """Scrolls through the turns; what was asked last stands lowest."""

    def compose(self) -> ComposeResult:
        yield Static(WELCOME, markup=False, id="welcome")

    def on_mount(self) -> None:
        self.anchor()

    async def add(self, turn: Turn) -> None:
        """Put a turn at the end and show it."""
        self.query("#welcome").remove()
        await self.mount(turn)
        self.anchor()

    async def rule(self) -> None:
        """Draw a line under what was said: what comes below it knows nothing of what stands above."""
        if self.query(Turn) and not isinstance(self.children[-1], _Rule):
            await self.mount(_Rule("new conversation", markup=False))
            self.anchor()

    @property
    def in_sight(self) -> Turn | None:
        """The lowest turn with citations that can be seen; the newest one where none can."""
        cited = [turn for turn in reversed(list(self.query(Turn))) if turn.places.has_citations]
        return next((turn for turn in cited if turn.region.overlaps(self.region)), cited[0] if cited else None)

    @property
    def latest(self) -> Turn | None:
        return next(iter(reversed(list(self.query(Turn)))), None)

    @property
    def answered(self) -> Turn | None:
        """The newest turn that has its answer, be it a refusal."""
        return next((turn for turn in reversed(list(self.query(Turn))) if turn.answer), None)
