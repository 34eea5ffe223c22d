"""Where questions are typed: Enter sends, ctrl+j breaks the line, up and down walk through what was sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from tui.widgets.in_order import own_bindings, run_own_binding


class Prompt(TextArea):
    """A text area that sends itself and remembers what it sent.

    shortcut   offered each character that is typed while there is no text; True keeps it out of the text
    sent       what was sent in earlier sessions
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,shift+enter", "break_line", "New line", show=False),
    ]

    class Sent(Message):
        """A question, or a command that begins with a slash."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, shortcut: Callable[[str], bool], sent: Sequence[str] = ()) -> None:
        super().__init__(compact=True, highlight_cursor_line=False, placeholder="Ask about the news, or /help")
        self._shortcut = shortcut
        self._sent = list(sent)
        self._shown: int | None = None

    async def _on_key(self, event: events.Key) -> None:
        """Decide here and not by a priority binding: that would run before the characters typed ahead of it."""
        if event.key == "enter":
            self.send()
        elif self.text or not event.character or not self._shortcut(event.character):
            await run_own_binding(self, event)
            return
        event.stop()
        event.prevent_default()

    def takes(self, key: str) -> bool:
        """Whether the key edits or sends the text, rather than being a letter of it."""
        return key == "enter" or bool(own_bindings(self, key))

    def type_ahead(self, text: str) -> None:
        """Send each whole line of a text, and leave the rest to be written on."""
        *lines, rest = text.split("\n")
        for line in lines:
            self.text = line
            self.send()
        self.text = rest
        self.move_cursor(self.document.end)

    def send(self) -> None:
        """Send what is typed, if anything."""
        text = self.text.strip()
        if text:
            if self._sent[-1:] != [text]:
                self._sent.append(text)
            self._shown = None
            self.clear()
            self.post_message(self.Sent(text))

    def action_break_line(self) -> None:
        self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        if select or not self._walk(-1):
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if select or not self._walk(+1):
            super().action_cursor_down(select)

    def _walk(self, step: int) -> bool:
        """Show the sent text before or after the one shown; False where the person is editing."""
        at = len(self._sent) if self._shown is None else self._shown
        if self.text != ("" if self._shown is None else self._sent[at]) or not self._sent:
            return False
        at = max(at + step, 0)
        self._shown = at if at < len(self._sent) else None
        self.text = self._sent[at] if self._shown is not None else ""
        self.move_cursor(self.document.end)
        return True
