"""One line on the service and the archive; several when something has to be done."""

from __future__ import annotations

from textual.widgets import Static

from tui import wording
from tui.connection import Down, Ready, Starting, State, Warming
from tui.plain import one_line


class Status(Static):
    """Shows the state of the service."""

    def __init__(self) -> None:
        super().__init__(describe(Starting()), markup=False)

    def show(self, state: State) -> None:
        self.set_class(isinstance(state, Down), "down")
        self.update(describe(state))


def describe(state: State) -> str:
    """A state of the service in words."""
    match state:
        case Starting():
            return "starting the service …"
        case Warming():
            return f"warming up … {one_line(state.step)}".rstrip()
        case Ready():
            return wording.archive(state.readiness)
        case Down():
            problem = wording.problem(state.message, state.hint)
            return f"✗ {problem}\nF5 tries again; questions asked meanwhile wait · ctrl+q quits"
