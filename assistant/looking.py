"""Reads a question and finds its evidence, with a second reading where that is likelier to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant import wording
from assistant.conversations.followup import further_back, in_context
from assistant.evidence.differing import difference, differing, side_by_side
from assistant.evidence.digest import MOST as REPORTS
from assistant.evidence.digest import NOTHING, Digester, told_in
from assistant.evidence.refusal import UNANSWERED
from assistant.evidence.research import Findings, Researcher, doubted_by_age
from assistant.question.question import Question
from assistant.search.retriever import Retriever
from assistant.types import AskRequest, Digest, Turn
from ingest.archive.archive import Archive


@dataclass(frozen=True)
class Looked:
    """A question and what was found for it.

    widened  that a filter which the question names was taken off, and why
    beyond   whether the evidence is from beyond a filter that the question names
    digest   what a digest tells of, where one is asked for
    differ   which numbers the reports give for the same thing, where they differ
    unread   how many passages could not be compared by meaning, where there are any
    """

    question: Question
    findings: Findings
    widened: str = ""
    beyond: bool = False
    digest: Digest | None = None
    differ: str = ""
    unread: str = ""


def unread(archive: Archive) -> str:
    """How many passages cannot be compared by meaning yet, in a sentence; empty where all can."""
    waiting = archive.awaiting.count()
    return f"{wording.by_words_only(waiting, archive.store.count_passages())}." if waiting else ""


class Looking:
    """Reads questions and looks for their evidence; at most so many articles for each."""

    def __init__(self, archive: Archive, retriever: Retriever, researcher: Researcher, *, articles: int) -> None:
        self._archive, self._retriever, self._researcher, self._articles = archive, retriever, researcher, articles
        self._digester = Digester(archive, retriever)

    def read(self, request: AskRequest, text: str) -> tuple[Question, str]:
        """The question, and what is said where its time narrows nothing.

        A time of which there are no articles may be that of its subject.
        """
        store = self._archive.store
        today = self._retriever.moment(request.filters).astimezone().date()
        question = Question.read(request, text, store.outlets(), today, from_year=store.first_year())
        then = question.filters
        if not question.about or then.days == request.filters.days:
            return question, ""
        if store.summary(self._retriever.believable(then)).articles:
            return question, ""
        widened = f"No article was published {wording.dated(then)}; articles of other dates were searched."
        return question.without_times(request.filters), widened

    def look(self, request: AskRequest, question: Question, widened: str, history: Sequence[Turn]) -> Looked:
        """The evidence for what is asked; for a question about an article's record, the article."""
        return replace(self._look(request, question, widened, history), unread=unread(self._archive))

    def _look(self, request: AskRequest, question: Question, widened: str, history: Sequence[Turn]) -> Looked:
        limit = request.top_k or self._articles
        if question.record:
            found = self._researcher.look(question.inquiries, limit, question.order, enough=0.0)
            return Looked(question, found, widened)
        if question.broad:
            return self._digest(request, question, widened, history)
        looked = self._look_for(request, question, widened)
        looked = self._in_context(request, looked, history) or looked
        looked = self._further_back(request, looked, history) if looked.findings.reason else looked
        return self._beyond(request, looked) if looked.findings.reason else looked

    def _in_context(self, request: AskRequest, looked: Looked, history: Sequence[Turn]) -> Looked | None:
        """The same asked about the subject of the question before, where that is likelier to be answered."""
        text = in_context(request.question, history)
        cited = {one.article_id for turn in history[-1:] for one in turn.answer.citations}
        if text is None or text == looked.question.text or looked.findings.surely_of(cited):
            return None
        other = self._look_for(request, *self.read(request, text))
        return other if (other.findings.confidence or 0.0) > (looked.findings.confidence or 0.0) else None

    def _further_back(self, request: AskRequest, looked: Looked, history: Sequence[Turn]) -> Looked:
        """The likeliest of the other readings of a question that is not answered as it was read first."""
        others = [
            self._look_for(request, *self.read(request, text)) for text in further_back(request.question, history)
        ]
        answered = [one for one in others if one.findings.reason is None]
        return max(answered, key=lambda one: one.findings.confidence or 0.0, default=looked)

    def _beyond(self, request: AskRequest, looked: Looked) -> Looked:
        """Where nothing within a filter that the question names answers, what does so without it comes nearest."""
        question, own = looked.question, looked.question.without_its_filters(request.filters)
        if own == question or len(question.inquiries) > 1:
            return looked
        found = self._researcher.look(own.inquiries, request.top_k or self._articles, own.order)
        if found.reason:
            return looked
        within = looked.findings
        near = replace(found, hits=within.hits, reason=UNANSWERED, confidence=within.confidence, near=True)
        return replace(looked, findings=near, beyond=True)

    def _look_for(self, request: AskRequest, question: Question, widened: str) -> Looked:
        """What answers the whole; where nothing does, or several reports are described, each thing apart."""
        look = partial(self._researcher.look, question.inquiries, request.top_k or self._articles, question.order)
        whole = None if question.reports else look()
        if question.apart and (whole is None or whole.reason):
            apart = self._researcher.look_apart(question.apart, request.top_k or self._articles)
            if apart:
                days = request.filters.model_dump(include={"since", "until"})
                return Looked(replace(question, filters=question.filters.model_copy(update=days)), apart)
        found = doubted_by_age(whole or look(), question.fresh_from)
        differ = [] if found.reason or len(question.inquiries) > 1 else differing(found.evidence)
        found = replace(found, evidence=tuple(side_by_side(found.evidence, differ)))
        return Looked(question, found, widened, differ=difference(differ))

    def _digest(self, request: AskRequest, question: Question, widened: str, history: Sequence[Turn]) -> Looked:
        """The evidence of a digest; one that goes on does not tell again what the conversation has cited."""
        assert question.broad is not None
        [inquiry], most = question.inquiries, request.top_k or REPORTS
        told = told_in(history) if question.broad.more else NOTHING
        found, digest = self._digester.look(question.broad, inquiry, question.order, most=most, told=told)
        return Looked(question, found, widened, digest=digest)
