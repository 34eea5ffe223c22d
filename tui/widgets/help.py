"""The keys and commands on one page."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.wording import MEANINGS

# Narrow enough for a terminal of 60 columns: lines that wrap cannot be read as a table.
_TEXT = f"""\
{MEANINGS}

Questions
  enter     send
  ctrl+j    new line
  up, down  earlier questions
  escape    stop the answer
  ctrl+n    new conversation
  F3        list and resume conversations
  /copy     copy the last answer with its sources
  /all      ask again, without any filter
  /in NAME  search and list a collection;
            /in ends it
  /strict   leave out partly supported sentences

Citations
  1 to 9    open one, on an empty question line
            (to type a digit first, press space)
  tab       go to the lists; enter opens one
  n, p, o   in the reader: next, previous, browser

Archive
  ctrl+o    ingest articles; also /add SOURCE
  ctrl+r    read the sources again; also
            /reindex, or /reindex full
  ctrl+l F2 list; / filters, s order, d removes

F1          this page, on every screen
pgup pgdn   scroll
F5          connect again
ctrl+p      themes
ctrl+q      quit"""


class Help(ModalScreen[None]):
    """Closes with any of the keys that opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog wide"):
            yield Static(_TEXT, markup=False)
