"""One question on its way to its answer: what is known of it so far."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant import prompts, wording
from assistant.compose.extractive import ExtractiveComposer
from assistant.evidence.citations import Numbering, as_of, digest_text, independent_sources, marked_text
from assistant.evidence.digest import copies_of
from assistant.evidence.evidence import Evidence
from assistant.evidence.refusal import told
from assistant.evidence.research import Findings
from assistant.looking import Looked
from assistant.question.question import Question
from assistant.traced import traced
from assistant.types import (
    Answer,
    AnswerOutcome,
    AskRequest,
    Digest,
    ReaderName,
    Receipt,
    Statement,
    Turn,
    Understood,
)
from ingest.types import EVERYTHING

_NOTHING = Looked(Question("", (), EVERYTHING, "relevance"), Findings((), (), "nothing was looked for"))


@dataclass
class Asking:
    """Filled step by step by the flow; `answer` gives what it came to.

    request   as it is read: capitals throughout as small letters
    asked     the question as it was asked, cleaned
    looked    the question as it was read, and what was found
    found     evidence that the checks found beyond that
    notice    what the reader should know of how the answer came about
    cut_off   whether the composer failed after some statements
    left_out  sentences that were composed and did not pass their checks
    """

    request: AskRequest
    asked: str
    conversation_id: str
    history: Sequence[Turn]
    reader: ReaderName
    looked: Looked = _NOTHING
    found: list[Evidence] = field(default_factory=list)
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
        with traced(step):
            yield
        self.timings[step] = round((time.perf_counter() - began) * 1000, 1)

    @property
    def question(self) -> Question:
        return self.looked.question

    @property
    def findings(self) -> Findings:
        return self.looked.findings

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that may be cited."""
        return (*self.findings.evidence, *self.found)

    @property
    def understood(self) -> Understood:
        """How the question is read so far."""
        question = self.question
        return Understood(standalone=question.text, filters=question.filters, order=question.order)

    def begin_anew(self) -> None:
        """Take back what was stated."""
        self.statements, self.numbering, self.left_out = [], Numbering(), 0

    def answer(self) -> Answer:
        citations = tuple(self.numbering.citations)
        return Answer(
            question=self.asked,
            standalone=self.question.text,
            text=self._text(),
            outcome=self._outcome(),
            statements=tuple(self.statements),
            citations=citations,
            filters=self.question.filters,
            order=self.question.order,
            as_of=as_of(citations),
            independent_sources=independent_sources(citations),
            receipt=self.receipt,
            digest=self._digest(),
            conversation_id=self.conversation_id,
            model=self.writer,
            prompts=None if self.writer == ExtractiveComposer.name else prompts.digest(),
            reader=self.reader,
            notice=self._notice(),
            confidence=None if self.findings.confidence is None else round(self.findings.confidence, 3),
            timings=self.timings,
        )

    def _text(self) -> str:
        if self.receipt is None:
            if digest := self._digest():
                return digest_text(digest, self.statements, self.numbering.citations)
            return marked_text(self.statements)
        if not self.statements:
            return told(self.receipt)
        return f"{wording.NEAREST} {marked_text(self.statements)}"

    def _digest(self) -> Digest | None:
        """With the reports that were told in the end, and the copies of these."""
        told = {citation.article_id for citation in self.numbering.citations}
        update = {"told": len(told), "copies": copies_of(self.findings.hits, told)}
        return self.looked.digest.model_copy(update=update) if self.looked.digest else None

    def _outcome(self) -> AnswerOutcome:
        if self.receipt:
            return "nearest" if self.statements else "refused"
        doubtful = any(one.support != "supported" for one in self.statements)
        weak = self.cut_off or self.left_out or self.findings.missing or doubtful
        return "partly" if weak else "answered"

    def _notice(self) -> str:
        looked = self.looked
        beyond = wording.BEYOND if looked.beyond else ""
        told = (looked.differ, looked.widened, beyond, looked.unread, self.notice, self._not_found(), self._omitted())
        return " ".join(filter(None, told))

    def _not_found(self) -> str:
        missing = "" if self.receipt else ", ".join(f"“{one}”" for one in self.findings.missing)
        return f"Nothing was found on {missing}." if missing else ""

    def _omitted(self) -> str:
        if self.left_out == 1:
            return "1 sentence was left out: it did not pass the checks."
        return f"{self.left_out} sentences were left out: they did not pass the checks." if self.left_out else ""
