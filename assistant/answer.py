"""The flow from a question to a cited, checked answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from assistant.abandoning import abandoned_after
from assistant.asking import Asking
from assistant.checks.repair import mend
from assistant.checks.verify import Verdict, verify
from assistant.compose.additions import Worded, age, worded
from assistant.compose.draft import Composer, Draft
from assistant.compose.extractive import ExtractiveComposer
from assistant.conversations.followup import standalone
from assistant.conversations.memory import Memory
from assistant.conversations.remarks import remarks
from assistant.conversations.told import turns_of
from assistant.errors import AnswerRejected, ProviderError
from assistant.evidence.citations import search_results
from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import headline
from assistant.evidence.order import up_to_date
from assistant.evidence.pieces import quoting
from assistant.evidence.refusal import NEAREST, nearest, receipt
from assistant.evidence.research import Researcher
from assistant.looking import Looking, unread
from assistant.question.records import RecordQuestion
from assistant.question.said import said, uncapitalised
from assistant.question.times import Times, moment_meant
from assistant.reading.checker import ClaimChecker
from assistant.reading.reader import AnswerReader
from assistant.safety.gate import Gate
from assistant.search.rerank import Reranker
from assistant.search.retriever import Clock, Retriever
from assistant.steps import step
from assistant.traced import note, traced
from assistant.types import (
    Answer,
    AskRequest,
    Done,
    Failed,
    Filter,
    Headline,
    Policy,
    ReaderName,
    SearchOrder,
    SearchResults,
    Sources,
    Stated,
    Statement,
    StreamEvent,
    Turn,
)
from ingest.archive.archive import Archive
from ingest.database.collections import Collections
from ingest.database.engines.disk import translated_errors
from ingest.database.store import now
from ingest.errors import DatelineError

log = logging.getLogger("dateline")

REMEMBERED = 6  # turns of a conversation that a follow-up is understood by
SHOWN = 12  # pieces of evidence that a composer gets
INSTEAD = "these are sentences from the articles"


Understand = Callable[[str, Sequence[Turn]], Awaitable[str]]


async def understood_alone(question: str, history: Sequence[Turn]) -> str:
    """A follow-up as a question of its own, by rule."""
    return standalone(question, history)


class Assistant:
    """Answers questions from an archive; `assistant.Dateline` is the same as a LangChain Runnable."""

    def __init__(
        self,
        archive: Archive,
        memory: Memory,
        *,
        writer: Composer,
        understand: Understand = understood_alone,
        articles: int = 8,
        policy: Policy = "mark",
        clock: Clock = now,
        reader: AnswerReader | None = None,
        reranker: Reranker | None = None,
        checker: ClaimChecker | None = None,
    ) -> None:
        self.archive, self.memory, self.writer = archive, memory, writer
        self.policy, self._checker = policy, checker
        self._understand = understand
        self._reader: ReaderName = "bundled" if reader else "none"
        self._collections = Collections(archive.store.engine)
        self._retriever = Retriever(archive, clock, reranker)
        researcher = Researcher(archive, self._retriever, reader)
        self._looking = Looking(archive, self._retriever, researcher, articles=articles)

    async def ask(self, request: AskRequest) -> Answer:
        """The whole answer. Raises DatelineError where answering failed."""
        async with aclosing(self._flow(request)) as flow:
            async for event in flow:
                if isinstance(event, Done):
                    return event.answer
        raise AssertionError("the flow ends with Done")

    async def events(self, request: AskRequest) -> AsyncGenerator[StreamEvent, None]:
        """The answer as it comes about: any number of events, then one Done or Failed; never raises.

        Closing the iterator ends the work, and the chat model's writing.
        """
        try:
            async with aclosing(self._flow(request)) as flow:
                async for event in flow:
                    yield event
        except DatelineError as exc:
            yield Failed.of(exc)
        except Exception:
            log.exception("answering failed")
            yield Failed(code="internal", message="answering failed unexpectedly", hint="see the log of the service")

    async def _flow(self, request: AskRequest) -> AsyncGenerator[StreamEvent, None]:
        """Ends with Done. Raises DatelineError where answering failed."""
        with abandoned_after(), traced("question"), translated_errors(self.archive.folder):
            async with aclosing(self._steps(request)) as steps:
                async for event in steps:
                    if isinstance(event, Done):
                        told = event.answer
                        note(outcome=told.outcome, model=told.model, sentences=len(told.statements))
                    yield event

    async def _steps(self, request: AskRequest) -> AsyncGenerator[StreamEvent, None]:
        asking = await asyncio.to_thread(self._begin, request)
        if spoken := await asyncio.to_thread(
            remarks, asking.request.question, self.archive.store, self._retriever.clock()
        ):
            for text in spoken:
                yield await asyncio.to_thread(
                    self._stated, asking, Statement(text=text, citations=(), form="remark"), ()
                )
            yield Done(answer=asking.answer())
            return
        with asking.timed("understand"):
            text = await self._understand(asking.request.question, asking.history)
            question, widened = await asyncio.to_thread(self._looking.read, asking.request, text)
            asking.looked = replace(asking.looked, question=question, widened=widened)
        understood = asking.understood
        yield understood
        with asking.timed("evidence"):
            await step("retrieve", partial(self._looked, asking), text)
        if asking.understood != understood:
            yield asking.understood
        yield Sources(headlines=nearest(asking.findings.hits))
        drafts = await asyncio.to_thread(self._decide, asking)
        if asking.receipt is None or asking.findings.near:
            with asking.timed("compose"):
                async with aclosing(self._state(asking, drafts)) as statements:
                    async for stated in statements:
                        yield stated
        yield Done(answer=await asyncio.to_thread(self._finish, asking))

    def _begin(self, request: AskRequest) -> Asking:
        """The question, cleaned, the request as it is read, and the conversation so far."""
        conversation_id = request.conversation_id or self.memory.new_id()
        question = said(request.question)
        self._collections.require(request.filters.collection)
        told = turns_of(request.history[-REMEMBERED:])
        history = told or self.memory.turns(conversation_id, last=REMEMBERED)
        read = request.model_copy(update={"question": uncapitalised(question)})
        return Asking(read, question, conversation_id, history, self._reader)

    async def _looked(self, asking: Asking) -> tuple[Headline, ...]:
        """Find the evidence; returns what it was found in."""
        question, widened = asking.looked.question, asking.looked.widened
        asking.looked = await asyncio.to_thread(self._looking.look, asking.request, question, widened, asking.history)
        return nearest(asking.findings.hits)

    def _decide(self, asking: Asking) -> list[Draft] | None:
        """Refuse, answer from an article's record, or leave it to the composer (None)."""
        if asking.findings.reason:
            self._refuse(asking, asking.findings.reason)
        elif asking.question.record:
            return self._from_record(asking, asking.question.record)
        return None

    def _from_record(self, asking: Asking, record: RecordQuestion) -> list[Draft] | None:
        """What the record of the best article says; the citation opens the article's best sentence."""
        hits, evidence = asking.findings.hits, asking.findings.evidence
        lead = next((one for one in evidence if one.article.id == hits[0].article.id), evidence[0])
        if text := record.told(lead.article):
            return [Draft(text, (lead.key,))]
        near = headline(lead.article)
        self._refuse(asking, f"the archive has “{near.title}” ({near.outlet}), but {record.missing}")
        return None

    def _refuse(self, asking: Asking, reason: str) -> None:
        asking.receipt = receipt(
            self.archive, asking.question.text, reason, asking.question.filters, asking.findings.hits
        )

    async def _state(self, asking: Asking, drafts: Sequence[Draft] | None) -> AsyncGenerator[Stated, None]:
        """Compose and check, sentence by sentence; a dead model is replaced by verbatim sentences, and said so."""
        if drafts is not None:
            for draft in drafts:
                yield await asyncio.to_thread(
                    self._stated, asking, Statement(text=draft.text, citations=(), kind=draft.kind), draft.keys
                )
            return
        try:
            async with aclosing(self._composed(asking, self._writer_for(asking))) as composed:
                async for stated in composed:
                    yield stated
        except AnswerRejected:
            asking.left_out += 1
        except ProviderError as exc:
            if asking.statements:
                asking.notice, asking.cut_off = f"The answer is not complete: {exc.message}.", True
                return
            asking.notice = f"The chat model did not answer ({exc.message}); {INSTEAD}."
        if asking.left_out and not asking.statements and not asking.notice:
            asking.notice = f"What the chat model wrote did not pass the checks; {INSTEAD}."
        if asking.notice and not asking.statements:
            asking.left_out = 0
            async for stated in self._composed(asking, self._verbatim(asking)):
                yield stated

    def _writer_for(self, asking: Asking) -> Composer:
        """What only comes near is shown as it was printed, whoever writes the answers."""
        if asking.findings.near:
            return ExtractiveComposer(most=NEAREST)
        return self._verbatim(asking) if self.writer.name == ExtractiveComposer.name else self.writer

    def _verbatim(self, asking: Asking) -> Composer:
        """Who answers without a model."""
        return ExtractiveComposer(chosen=asking.looked.digest is not None)

    async def _composed(self, asking: Asking, composer: Composer) -> AsyncGenerator[Stated, None]:
        """The composer's sentences as far as an article supports them."""
        evidence = asking.findings.evidence[: None if asking.looked.digest else SHOWN]
        offered = {one.key: one for one in evidence}
        strict = composer.strict or (asking.request.policy or self.policy) == "strict"
        asking.writer = composer.name
        async with aclosing(composer.compose(asking.question.text, evidence, asking.history)) as drafts:
            async for draft in drafts:
                if draft.anew:
                    asking.begin_anew()
                check = partial(asyncio.to_thread, self._checked, asking, draft, offered)
                verdict = await step("check", check, draft.text)
                if verdict.found:
                    offered[verdict.found.key] = verdict.found
                    asking.found.append(verdict.found)
                if verdict.support == "unsupported" or (strict and verdict.support == "partly"):
                    asking.left_out += 1
                else:
                    yield await asyncio.to_thread(self._stated, asking, as_statement(verdict), verdict.keys)

    @traced("check")
    def _checked(self, asking: Asking, draft: Draft, offered: Mapping[str, Evidence]) -> Verdict:
        """The verdict on a draft, repaired where that helps; what may not leave is supported by nothing."""
        elsewhere = partial(quoting, self._retriever, filters=asking.question.filters)
        gate = Gate({one.article.url for one in offered.values() if one.article.url}, offered)
        draft = replace(draft, speaker=gate.admits(draft.speaker), quotation=gate.admits(draft.quotation))
        verdict = verify(draft, offered, self._checker)
        verdict = mend(draft, verdict, offered, checker=self._checker, elsewhere=elsewhere)
        if gate.stops(verdict.text):
            reason = "it contains something that an answer must not contain"
            verdict = replace(verdict, support="unsupported", reason=reason)
        elif gate.stops(verdict.reason):
            verdict = replace(verdict, reason="it does not pass its checks")
        note(verdict=verdict.support)
        return verdict

    def _stated(self, asking: Asking, statement: Statement, keys: Sequence[str]) -> Stated:
        cited = [one for key in keys for one in asking.evidence if one.key == key]
        numbers, fresh = asking.numbering.cite(cited)
        told = any(one.answering for one in asking.statements)  # what comes after it is beside the question
        shown = self._worded(asking, statement, cited)
        near = asking.findings.near
        answering = None if near or told else shown.answering
        report = asking.looked.digest and asking.writer == ExtractiveComposer.name
        numbered = statement.model_copy(
            update={
                "text": shown.text,
                "added": shown.added,
                "citations": numbers,
                "answering": answering,
                "nearest": near,
                "form": "report" if report else statement.form,
            }
        )
        asking.statements.append(numbered)
        return Stated(statement=numbered, citations=fresh)

    def _worded(self, asking: Asking, statement: Statement, cited: Sequence[Evidence]) -> Worded:
        """The statement with what is added to it: full names, and its age where newer reports are asked for."""
        if not cited:
            return Worded(statement.text, (), None)
        best = next((one for one in cited if one.words and one.words in statement.text), cited[0])
        shown = worded(statement.text, best, asking.statements)
        if asking.looked.digest:  # each of its lines is dated
            return shown
        today = self._retriever.moment(asking.request.filters).astimezone().date()
        bounded = asking.question.filters.until is not None
        fresh = asking.question.fresh_from or (
            up_to_date(asking.findings.evidence) if best.article.published else None
        )
        old = age(best.article, today, fresh, bounded=bounded)
        if not old or any(old in one.added for one in asking.statements[-1:]):
            return shown
        return replace(shown, text=f"{old} {shown.text}", added=(old, *shown.added))

    def _finish(self, asking: Asking) -> Answer:
        if asking.receipt is None and not asking.statements:
            self._refuse(asking, "no sentence could be written that an article supports")
        answer = asking.answer()
        return self.memory.add(answer) if asking.request.remember else answer

    async def search(
        self, query: str, filters: Filter, limit: int, order: SearchOrder = "relevance"
    ) -> SearchResults:
        """The best passage of each article, best or newest first: the plain ranked list."""
        await asyncio.to_thread(self._collections.require, filters.collection)
        vector = await asyncio.to_thread(self._retriever.vector, query)
        times = Times.read(query, self._retriever.moment(filters).astimezone().date())
        around = times.day or moment_meant(query, times.today)
        find = partial(self._retriever.find, query, vector, limit, filters, order, around=around)
        hits = await asyncio.to_thread(find)
        notice = await asyncio.to_thread(unread, self.archive)
        return search_results(query, hits).model_copy(update={"notice": notice})


def as_statement(verdict: Verdict) -> Statement:
    """A checked sentence, not yet numbered."""
    return Statement(
        text=verdict.text,
        citations=(),
        kind=verdict.kind,
        speaker=verdict.speaker,
        support=verdict.support,
        reason=verdict.reason,
        quotation=verdict.quotation,
        doubted=verdict.doubted,
    )
