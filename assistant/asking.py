"""One question on its way to its answer: what is known of it so far."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant import prompts
from assistant.citations import Numbering, as_of, independent_sources, marked_text
from assistant.compose.draft import Evidence
from assistant.compose.extractive import ExtractiveComposer
from assistant.refusal import told
from assistant.retrieve import Hit
from assistant.types import Answer, AnswerOutcome, AskRequest, Filter, Receipt, SearchOrder, Statement, Turn
from ingest.types import EVERYTHING


@dataclass
class Asking:
    """Filled step by step by the flow; `answer` gives what it came to.

    sought    what is looked for: the question without what `filters` stand for; nothing where all news is asked for
    filters   those of the request, or those that the question names
    notice    what the reader should know of how the answer came about
    cut_off   whether the composer failed after some statements
    left_out  sentences that were composed and that no article supports
    """

    request: AskRequest
    question: str
    conversation_id: str
    history: Sequence[Turn]
    standalone: str = ""
    sought: str = ""
    filters: Filter = EVERYTHING
    order: SearchOrder = "relevance"
    hits: list[Hit] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    receipt: Receipt | None = None
    writer: str = ExtractiveComposer.name
    notice: str = ""
    cut_off: bool = False
    left_out: int = 0
    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Note how many milliseconds a step took."""
        began = time.perf_counter()
        yield
        self.timings[step] = round((time.perf_counter() - began) * 1000, 1)

    def answer(self) -> Answer:
        citations = tuple(self.numbering.citations)
        return Answer(
            question=self.question,
            standalone=self.standalone,
            text=told(self.receipt) if self.receipt else marked_text(self.statements),
            outcome=self._outcome(),
            statements=tuple(self.statements),
            citations=citations,
            filters=self.filters,
            order=self.order,
            as_of=as_of(citations),
            independent_sources=independent_sources(citations),
            receipt=self.receipt,
            conversation_id=self.conversation_id,
            model=self.writer,
            prompts=None if self.writer == ExtractiveComposer.name else prompts.digest(),
            notice=self._notice(),
            timings=self.timings,
        )

    def _outcome(self) -> AnswerOutcome:
        if self.receipt:
            return "refused"
        weak = self.cut_off or self.left_out or any(one.support != "supported" for one in self.statements)
        return "partly" if weak else "answered"

    def _notice(self) -> str:
        if not self.left_out:
            return self.notice
        one = self.left_out == 1
        said = (
            "1 sentence left out: no article supports it."
            if one
            else f"{self.left_out} sentences left out: no article supports them."
        )
        return f"{self.notice} {said}".strip()
