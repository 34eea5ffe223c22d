"""A question with what came of it: four light widgets, whatever the length of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from assistant.types import Answer, Citation, Done, Failed, Sources, Stated, Statement, StreamEvent, Understood
from tui.answer_rows import (
    CITATION,
    MUTED,
    closing_rows,
    problem_row,
    question_row,
    reading_row,
    receipt_rows,
    statements_rows,
    understood_rows,
)
from tui.rows import row
from tui.widgets.hanging import Hanging
from tui.widgets.places import Places
from tui.wording import STRICTLY


class Turn(Vertical):
    """Shows a question at once and its answer as the events come."""

    def __init__(
        self, question: str, *, everything: bool = False, strict: bool = False, collection: str | None = None
    ) -> None:
        super().__init__()
        self.question, self.everything, self.strict, self.collection = question, everything, strict, collection
        self.answer: Answer | None = None
        self._statements: list[Statement] = []
        self._asked = [question_row(question), *([row("  ", STRICTLY, MUTED)] if strict else [])]
        self._heading = Hanging(self._asked, classes="question")
        self._body = Hanging(classes="statements")
        self.places = Places()
        self._ending = Hanging(classes="closing")

    def compose(self) -> ComposeResult:
        yield from (self._heading, self._body, self.places, self._ending)

    def on_click(self, event: events.Click) -> None:
        """A citation mark opens its place in this answer, whichever is the latest."""
        number = event.style.meta.get(CITATION)
        if number is not None and (opened := self.places.opened(number)):
            event.stop()
            self.post_message(opened)

    def wait(self, why: str) -> None:
        """Say what the question waits for."""
        self._ending.show([row("… ", why, MUTED)])

    def show(self, event: StreamEvent) -> None:
        """Take one event of the answer's stream."""
        match event:
            case Understood():
                self._heading.show([*self._asked, *understood_rows(self.question, event)])
            case Sources():
                self._ending.show([reading_row(event)])
            case Stated():
                self.places.add(event.citations)
                self._state([*self._statements, event.statement])
            case Done():
                self._finish(event.answer)
            case Failed():
                self.fail(event.message, event.hint)

    def note(self, lines: Sequence[str]) -> None:
        """Say below the answer what has become of its citations since."""
        if self.answer and lines:
            self._ending.show([*closing_rows(self.answer), *(row("! ", line, MUTED) for line in lines)])

    def fail(self, message: str, hint: str) -> None:
        """Say what went wrong; what was answered so far stays."""
        self._ending.show([problem_row(message, hint)])

    def stop(self) -> None:
        """Say that the person stopped it."""
        self._ending.show([row("■ ", "stopped", MUTED)])

    def _state(self, statements: list[Statement]) -> None:
        self._statements = statements
        cited = [place for place in self.places.places if isinstance(place, Citation)]
        self._body.show(statements_rows(statements, cited))

    def _finish(self, answer: Answer) -> None:
        """The whole answer is the truth; what was streamed only came earlier."""
        self.answer = answer
        self.places.replace(answer.citations or (answer.receipt.nearest if answer.receipt else ()))
        self._state(list(answer.statements))
        if answer.receipt:
            self._body.show([*self._body.rows, *receipt_rows(answer.receipt, alone=not answer.statements)])
        self._ending.show(closing_rows(answer))
