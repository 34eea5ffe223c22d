"""The progress of ingesting articles, beside the conversation."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import ProgressBar, Static

from assistant.types import IngestEvent
from tui.plain import one_line
from tui.tally import Tally

_REDRAW_SECONDS = 0.1


class IntakePanel(Vertical):
    """A bar, the counts and the problems of one run; hidden when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self._title = ""
        self._tally = Tally()
        self._stale = False
        self._heading = Static(markup=False, classes="heading")
        self._bar = ProgressBar(show_eta=False, show_percentage=False)
        self._counts = Static(markup=False)
        self._problems = Static(markup=False, classes="problems")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield from (self._heading, self._bar)
        yield self._counts
        with VerticalScroll(can_focus=False):
            yield self._problems

    def on_mount(self) -> None:
        self.set_interval(_REDRAW_SECONDS, self._redraw)

    def begin(self, title: str) -> None:
        """Start over, for a new run."""
        self._title, self._tally, self.display = one_line(title), Tally(), True
        self._redraw(now=True)

    def stopping(self) -> None:
        """Say that it will end soon."""
        self._tally.stopping = True
        self._redraw(now=True)

    def take(self, event: IngestEvent) -> None:
        """Count one event; thousands may come in a second, so the panel is drawn by the clock."""
        self._tally.take(event)
        self._stale = True

    def end(self, how: str = "", hint: str = "") -> None:
        """Say how the run ended where its events did not."""
        if how and hint:
            self._tally.fail(how, hint)
        self._tally.end = self._tally.end or how
        self._redraw(now=True)

    def dismiss(self) -> None:
        self.display = False

    def _redraw(self, *, now: bool = False) -> None:
        if not (now or self._stale):
            return
        self._stale = False
        tally = self._tally
        done, total = tally.progress.done, tally.progress.total
        pages = "" if not done and total is None else f"{done:,} of {'?' if total is None else f'{total:,}'} · "
        self._heading.update(f"{pages}{self._title} ")
        self._bar.update(total=total, progress=done)
        self._bar.display = not tally.end
        self._counts.update(" · ".join(filter(None, [tally.summary, self._standing()])))
        self._problems.display = bool(tally.problems)
        self._problems.update("\n".join(tally.problems))

    def _standing(self) -> str:
        if self._tally.end:
            return f"{self._tally.end} (escape closes this)"
        if self._tally.stopping:
            return "stopping at the next article …"
        return one_line(self._tally.progress.place) or "escape stops it"
