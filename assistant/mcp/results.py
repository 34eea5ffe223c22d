"""What the tools give: answers in which each sentence carries its verdict and the passages it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from pydantic import AwareDatetime

from assistant.types import (
    Answer,
    AnswerOutcome,
    Article,
    AsOf,
    Citation,
    Digest,
    Filter,
    Kind,
    Outcome,
    QuotationVerdict,
    Readiness,
    Receipt,
    Report,
    SearchOrder,
    Status,
    Subscription,
    Support,
)
from assistant.wording import aged
from ingest.types import Frozen

_SHOWN = 100  # pages of a run that are named


class Sentence(Frozen):
    """One sentence of an answer.

    verdict    how far the cited passages support it
    reason     why they do not support it in full
    kind       whether it states a fact, reports what somebody said, or quotes
    speaker    who said it
    answering  the words that answer the question, if known
    doubted    the words that the cited passages do not support
    added      the words in square brackets that Dateline added
    quotation  whether its quotation was found where it was cited, in another article, or nowhere
    nearest    true for a sentence that is only the nearest one found, and no answer
    citations  the passages it rests on: `text` is exactly `start:end` of the article's text, or of its title
    """

    text: str
    verdict: Support
    reason: str
    kind: Kind
    speaker: str | None
    answering: str | None
    doubted: tuple[str, ...]
    added: tuple[str, ...]
    quotation: QuotationVerdict | None
    nearest: bool
    citations: tuple[Citation, ...]


class Holdings(Frozen):
    """What the archive holds, and how old it is.

    newest  publication time of the newest article
    oldest  publication time of the oldest article
    age     how old the newest article is, such as "3 days old"; null if none is dated
    """

    articles: int
    outlets: int
    newest: AwareDatetime | None
    oldest: AwareDatetime | None
    age: str | None

    @classmethod
    def of(cls, found: Readiness, now: datetime) -> Self:
        age = aged(found.newest, now) if found.newest else None
        return cls(articles=found.articles, outlets=found.outlets, newest=found.newest, oldest=found.oldest, age=age)


class Asked(Frozen):
    """A cited, checked answer; or the reason why there is none.

    text                 the whole answer, with marks such as [1]
    outcome              answered; partly; nearest, if only the nearest sentences can be shown; or refused
    sentences            the sentences of the answer
    understood           the question as it was searched for
    filters              the filter that was applied
    order                the order that was applied
    as_of                publication times of the newest and the oldest cited article
    independent_sources  number of cited articles, copies of one report counted once
    refused              why the question was not answered, what was searched, and what came nearest
    digest               what a digest covers
    notice               what a reader should know about how the answer was made
    confidence           probability that the best sentence found answers the question
    model                "extractive", or the chat model that wrote the sentences
    conversation_id      the conversation that keeps the question; null if it is not kept
    archive              what the archive holds, and how old it is
    """

    text: str
    outcome: AnswerOutcome
    sentences: tuple[Sentence, ...]
    understood: str
    filters: Filter
    order: SearchOrder
    as_of: AsOf | None
    independent_sources: int
    refused: Receipt | None
    digest: Digest | None
    notice: str
    confidence: float | None
    model: str
    conversation_id: str | None
    archive: Holdings

    @classmethod
    def of(cls, answer: Answer, archive: Holdings, *, kept: bool) -> Self:
        return cls(
            text=answer.text,
            outcome=answer.outcome,
            sentences=tuple(_sentences(answer)),
            understood=answer.standalone,
            filters=answer.filters,
            order=answer.order,
            as_of=answer.as_of,
            independent_sources=answer.independent_sources,
            refused=answer.receipt,
            digest=answer.digest,
            notice=answer.notice,
            confidence=answer.confidence,
            model=answer.model,
            conversation_id=answer.conversation_id if kept else None,
            archive=archive,
        )


def _sentences(answer: Answer) -> Iterable[Sentence]:
    cited = {one.number: one for one in answer.citations}
    for said in answer.statements:
        yield Sentence(
            text=said.text,
            verdict=said.support,
            reason=said.reason,
            kind=said.kind,
            speaker=said.speaker,
            answering=said.answering,
            doubted=said.doubted,
            added=said.added,
            quotation=said.quotation,
            nearest=said.nearest,
            citations=tuple(cited[number] for number in said.citations),
        )


class ReadArticle(Frozen):
    """An article, with the part of its text that was asked for.

    article  the article; its `text` is `start:end` of the whole text
    version  the digest of its title and text, as citations name it
    length   the number of characters of the whole text
    """

    article: Article
    version: str
    start: int
    end: int
    length: int

    @classmethod
    def of(cls, article: Article, start: int, end: int | None) -> Self:
        part = article.text[start:end]
        begin = min(start, len(article.text))
        return cls(
            article=article.model_copy(update={"text": part}),
            version=article.digest,
            start=begin,
            end=begin + len(part),
            length=len(article.text),
        )


class Ingested(Frozen):
    """What became of the pages of a run.

    counts       how many pages came to each outcome
    pages        the first hundred outcomes, those that failed first
    left_out     how many more there are
    interrupted  whether the run was stopped before its end
    """

    counts: dict[Status, int]
    pages: tuple[Outcome, ...]
    left_out: int
    interrupted: bool

    @classmethod
    def of(cls, reports: Iterable[Report]) -> Self:
        runs = list(reports)
        outcomes = [one for run in runs for one in run.outcomes]
        outcomes.sort(key=lambda one: one.status != "failed")
        return cls(
            counts=Report(outcomes=tuple(outcomes)).counts,
            pages=tuple(outcomes[:_SHOWN]),
            left_out=max(0, len(outcomes) - _SHOWN),
            interrupted=any(run.interrupted for run in runs),
        )


class Feeds(Frozen):
    """The subscriptions, each with its state.

    ingested  what the check brought; null if the feeds were not checked
    """

    subscriptions: tuple[Subscription, ...]
    ingested: Ingested | None = None
