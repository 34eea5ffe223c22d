"""A screen with a list, and a line above it that narrows the list down."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static

from assistant.service.errors import DatelineError
from tui import wording
from tui.connection import Connection
from tui.widgets.in_order import Line

PAGE = 200
_TYPING_PAUSE = 0.2

Result = TypeVar("Result")


class Listing(Screen[Result]):
    """Lists what a service has, anew whenever other words are typed; `begin` is to load the first page of it.

    PROMPT  what the line says while it is empty
    """

    PROMPT: ClassVar[str]

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection
        self.words = ""

    def compose(self) -> ComposeResult:
        yield Line(placeholder=self.PROMPT, compact=True)
        yield Static("loading …", id="total", markup=False)
        yield OptionList(markup=False, compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.listed.focus()
        self.begin()

    @property
    def listed(self) -> OptionList:
        return self.query_one(OptionList)

    def begin(self, pause: float = 0.0) -> None:
        raise NotImplementedError

    def say(self, total: str) -> None:
        """What stands between the line and the list."""
        self.query_one("#total", Static).update(total)

    def complain(self, exc: DatelineError) -> None:
        """Say what went wrong beside the list, which stays."""
        self.notify(wording.problem(exc.message, exc.hint), severity="error", markup=False)

    @on(Line.Changed)
    def _words_changed(self, event: Line.Changed) -> None:
        self.words = event.value.strip()
        self.begin(pause=_TYPING_PAUSE)

    @on(Line.Submitted)
    def _words_done(self) -> None:
        self.listed.focus()

    def action_narrow(self) -> None:
        self.query_one(Line).focus()

    def action_back(self) -> None:
        """Out of the line, which is emptied; else out of the list."""
        line = self.query_one(Line)
        if line.has_focus:
            line.value = ""
            self.listed.focus()
        else:
            self.dismiss(None)
