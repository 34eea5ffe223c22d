"""A dialog for the files, folders or links to ingest."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.widgets.in_order import Line

_EXPLAINED = "Links, files or folders. Put a path with spaces in quotes."


class AskPath(ModalScreen[str]):
    """Gives what was typed, or nothing where the person changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Cancel")]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Ingest articles", markup=False, classes="heading")
            yield Static(_EXPLAINED, markup=False)
            yield Line(placeholder="https://…  or  ~/news/", compact=True)
            yield Static("enter ingests   escape cancels", markup=False, classes="keys")

    @on(Line.Submitted)
    def _submit(self, event: Line.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        self.dismiss("")
