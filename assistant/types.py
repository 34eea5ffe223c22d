"""The values that move through answering, the requests and answers of the API, and the events of a stream."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from ingest.source_kind import SourceKind, looks_like_link
from ingest.types import (
    Article,
    Carrier,
    Filter,
    Frozen,
    KeptOutcome,
    ListOrder,
    Moment,
    Outcome,
    Precision,
    Progress,
    Report,
    Subscription,
)

__all__ = [
    "Answer",
    "AnswerOutcome",
    "Article",
    "ArticleList",
    "ArticleSummary",
    "AsOf",
    "AskRequest",
    "Carrier",
    "Citation",
    "Conversation",
    "Digest",
    "DigestOrder",
    "Done",
    "Failed",
    "FeedCheckRequest",
    "FeedRequest",
    "Filter",
    "Finished",
    "Headline",
    "IngestEvent",
    "KeptSource",
    "ListOrder",
    "Outcome",
    "OutcomeList",
    "OutletList",
    "OutletSummary",
    "Progress",
    "Progressed",
    "Readiness",
    "Receipt",
    "Related",
    "Report",
    "SearchOrder",
    "SearchResult",
    "SearchResults",
    "SearchSignals",
    "SourceKind",
    "SourceRequest",
    "Sources",
    "Span",
    "Stated",
    "Statement",
    "StreamEvent",
    "Subscription",
    "Took",
    "Turn",
    "Understood",
    "Version",
]  # fmt: skip

Kind = Literal["fact", "attributed", "quote"]
Support = Literal["supported", "partly", "unsupported"]
QuotationVerdict = Literal["verified", "wrong article", "not found"]
Policy = Literal["mark", "strict"]
ReaderName = Literal["bundled", "none"]
SearchOrder = Literal["relevance", "newest"]
DigestOrder = Literal["newest", "oldest"]
# sentence: in an answer; report: in a digest, about the report that it cites; remark: by the assistant itself, about
# its archive or in reply to a greeting, without a citation
StatementForm = Literal["sentence", "report", "remark"]
# nearest: no sentence answers, and the nearest ones are shown; refused: nothing comes near
AnswerOutcome = Literal["answered", "partly", "nearest", "refused"]


class Span(Frozen):
    """A slice of one version of an article: `text` is `start:end` of the article's text or title.

    version  the digest of the article's title and text
    start    offset of the first character, from 0
    end      offset after the last character
    part     whether the offsets count in the article's text or in its title
    """

    article_id: str
    version: str
    start: int
    end: int
    text: str
    part: Literal["text", "title"] = "text"


class Headline(Frozen):
    """An article in one line.

    published            null where no publication date is known
    published_precision  how exactly the publication time is known
    published_said       the page's own words for a time that gives no date: "21 minutes ago"
    """

    article_id: str
    outlet: str
    title: str
    url: str | None = None
    published: AwareDatetime | None = None
    published_precision: Precision | None = None
    published_said: str | None = None


class Citation(Headline, Span):
    """A cited passage or headline, and the article it is from.

    number   the mark shown in the answer, from 1
    origin   the agency or outlet that wrote the article, if the article states one
    copies   other articles with the same report
    partial  why the article's text is incomplete, such as "only the free part"
    claims   the host that the page claims to belong to, if it was fetched from another one
    """

    number: int
    origin: str | None = None
    authors: tuple[str, ...] = ()
    copies: tuple[Carrier, ...] = ()
    partial: str | None = None
    claims: str | None = None


class Statement(Frozen):
    """One sentence of an answer.

    citations  the numbers of its citations
    kind       whether it states a fact, reports what somebody said, or quotes
    speaker    who said it
    support    how far the cited passages support it
    reason     why they do not support it in full
    answering  the words of the text that answer the question, if known
    quotation  whether its quotation was found where it was cited, in another article (which is then cited), or
               nowhere; null if it quotes nothing
    nearest    true for a sentence that is only the nearest one found, and no answer
    doubted    the words of the text that the cited passages do not support, if known
    form       a sentence of an answer, a report in a digest, or a remark of the assistant that cites nothing
    added      the words in square brackets that Dateline added: a full name, the date of an old report, "[Headline:]"
    """

    text: str
    citations: tuple[int, ...]
    kind: Kind = "fact"
    speaker: str | None = None
    support: Support = "supported"
    reason: str = ""
    answering: str | None = None
    quotation: QuotationVerdict | None = None
    nearest: bool = False
    doubted: tuple[str, ...] = ()
    form: StatementForm = "sentence"
    added: tuple[str, ...] = ()


class Digest(Frozen):
    """What a digest covers. Copies of one report are counted once.

    found   how many reports were found
    told    how many of them the digest shows
    copies  other articles with the same reports
    order   which report comes first
    newest  when the newest report found was published; null if none is dated
    asked   when the question was asked
    """

    found: int
    told: int
    copies: int
    order: DigestOrder
    newest: AwareDatetime | None
    asked: AwareDatetime


class AsOf(Frozen):
    """The age of the evidence: publication times of the newest and the oldest cited article."""

    newest: AwareDatetime
    oldest: AwareDatetime


class Receipt(Frozen):
    """Why a question was not answered, and what would help.

    articles_searched  articles that the filter allows
    passages_searched  passages of these articles
    filters            the filter that was applied
    nearest            the headlines that came nearest
    hint               what to do next
    """

    reason: str
    articles_searched: int
    passages_searched: int
    filters: Filter
    nearest: tuple[Headline, ...] = ()
    hint: str = ""


class Answer(Frozen):
    """A cited, checked answer; or the reason why there is none.

    question             the question as it was asked
    standalone           the question as it was searched for, completed from the conversation
    text                 the whole answer, with marks such as [1]
    outcome              answered; partly; nearest, if only the nearest sentences can be shown; or refused
    statements           the sentences of the answer
    citations            what the statements cite, by number
    filters              the filter that was applied
    order                the order that was applied
    as_of                the age of the evidence; null without dated evidence
    independent_sources  number of cited articles, copies of one report counted once
    receipt              why the question was not answered; null if it was
    digest               what a digest covers; null for other answers
    model                "extractive", or the chat model that wrote the statements
    prompts              a digest of the prompts that the chat model was given
    reader               "none" if the trained reader and checker took no part
    notice               what a reader should know about how the answer was made, such as that the model failed
    confidence           calibrated probability that the best sentence found answers the question, also for a refusal;
                         null where that does not apply, such as for an article's date
    timings              milliseconds for each step
    """

    question: str
    standalone: str
    text: str
    outcome: AnswerOutcome
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    filters: Filter
    order: SearchOrder = "relevance"
    as_of: AsOf | None
    independent_sources: int
    receipt: Receipt | None
    digest: Digest | None = None
    conversation_id: str
    model: str
    prompts: str | None = None
    reader: ReaderName = "bundled"
    notice: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    timings: dict[str, float] = Field(default_factory=dict)


class Turn(Frozen):
    """One question of a conversation, and its answer."""

    question: str
    answer: Answer


class Conversation(Frozen):
    """The questions and answers of a conversation, oldest first."""

    id: str
    turns: tuple[Turn, ...] = ()


# What streams while a question is answered: any number of events, then exactly one Done or Failed.


class Understood(Frozen):
    """The question as it is searched for, with the filter and order that are applied."""

    event: Literal["understood"] = "understood"
    standalone: str
    filters: Filter
    order: SearchOrder = "relevance"


class Sources(Frozen):
    """The articles that were found, best first."""

    event: Literal["sources"] = "sources"
    headlines: tuple[Headline, ...]


class Stated(Frozen):
    """A checked sentence.

    citations  those that no earlier sentence has
    """

    event: Literal["statement"] = "statement"
    statement: Statement
    citations: tuple[Citation, ...]


class Done(Frozen):
    """The last event of a stream that succeeded."""

    event: Literal["done"] = "done"
    answer: Answer


class Failed(Frozen):
    """The last event of a stream that failed.

    code     names the error for programs
    message  what happened
    hint     what to do about it
    """

    event: Literal["error"] = "error"
    code: str
    message: str
    hint: str = ""


StreamEvent = Annotated[Understood | Sources | Stated | Done | Failed, Field(discriminator="event")]


# What streams while articles are ingested: Progress and Outcome values, then one Finished or Failed.


class Finished(Frozen):
    """The last event of a run that came to its end."""

    event: Literal["done"] = "done"
    report: Report


class Took(Frozen):
    """A page is done."""

    event: Literal["outcome"] = "outcome"
    outcome: Outcome


class Progressed(Frozen):
    """A run has progressed."""

    event: Literal["progress"] = "progress"
    progress: Progress


IngestEvent = Annotated[Progressed | Took | Finished | Failed, Field(discriminator="event")]


# Requests and answers of the API


class AskRequest(Frozen):
    """A question.

    conversation_id  the conversation to continue, or a new name to start one
    filters          which articles may answer
    read_filters     also apply outlets and times that the question names, where `filters` sets none
    remember         keep the answer for follow-ups
    policy           mark sentences that are supported in part, or leave them out (strict); by default as the
                     service is configured
    order            best match first, or newest first; by default as the question says ("the latest on …")
    top_k            how many articles the answer may use; by default as the service is configured
    """

    question: Annotated[str, Field(min_length=1, max_length=2000)]
    conversation_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    filters: Filter = Filter()
    read_filters: bool = True
    remember: bool = True
    policy: Policy | None = None
    order: SearchOrder | None = None
    top_k: Annotated[int, Field(ge=1, le=50)] | None = None


def _elsewhere_too(address: str) -> str:
    """The service may run in another folder, or on another machine."""
    if not (looks_like_link(address) or PurePath(address).is_absolute()):
        raise ValueError("a source is an absolute path or a link")
    return address


class SourceRequest(Frozen):
    """Files and folders on the service's machine, and links, to ingest and remember.

    sources      absolute paths and links
    kind         what the sources are, if Dateline cannot tell
    captured_at  when the files were saved; for files and folders only
    map          which field of a record holds what, for files and folders only: "title=kop" reads the title from the
                 field kop, "outlet==De Krant" gives every record this outlet
    """

    sources: Annotated[
        tuple[Annotated[str, AfterValidator(_elsewhere_too)], ...], Field(min_length=1, max_length=1000)
    ]
    kind: SourceKind = "auto"
    captured_at: Moment | None = None
    map: Annotated[tuple[str, ...], Field(max_length=100)] = ()


class KeptSource(Frozen):
    """A source that a reindex reads again.

    address      the path or link
    captured_at  when the files were saved, if that was given
    map          which field of a record holds what, if that was given
    """

    address: str
    kind: SourceKind
    captured_at: AwareDatetime | None = None
    map: tuple[str, ...] = ()


class FeedRequest(Frozen):
    """Feeds to subscribe to.

    titles  their titles in the same order, if known
    """

    addresses: Annotated[tuple[str, ...], Field(min_length=1, max_length=5000)]
    titles: Annotated[tuple[str, ...], Field(max_length=5000)] = ()


class FeedCheckRequest(Frozen):
    """Which feeds to check.

    addresses  the feeds; none checks all
    due        leave out feeds that were checked recently
    minutes    time between two checks of a feed; by default as the service is configured
    """

    addresses: Annotated[tuple[str, ...], Field(max_length=5000)] = ()
    due: bool = False
    minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None


class Version(Frozen):
    """One version of an article.

    digest   identifies the version: a digest of title and text
    seen     when it was ingested
    updated  when the page says it was last changed
    current  whether it is the latest one
    """

    digest: str
    seen: AwareDatetime
    updated: AwareDatetime | None = None
    current: bool


class Related(Frozen):
    """The articles that belong with an article.

    copy_of   the original, if the article is a copy
    copies    other articles with the same report
    story     other reports of the same story
    versions  how many versions of the article there are
    """

    copy_of: Carrier | None = None
    copies: tuple[Carrier, ...] = ()
    story: tuple[Headline, ...] = ()
    versions: int


class ArticleSummary(Headline):
    """An article in a list.

    origin   the agency or outlet that wrote it, if the article states one
    updated  when the page says it was last changed
    added    when it was ingested
    """

    origin: str | None = None
    authors: tuple[str, ...] = ()
    updated: AwareDatetime | None = None
    language: str | None = None
    passages: int
    versions: int
    added: AwareDatetime


class OutcomeList(Frozen):
    """A page of the outcomes, latest first.

    total  how many match in all
    """

    total: int
    outcomes: tuple[KeptOutcome, ...]


class ArticleList(Frozen):
    """A page of the articles.

    total  how many match in all
    """

    total: int
    articles: tuple[ArticleSummary, ...]


class OutletSummary(Frozen):
    """An outlet in the archive.

    articles  how many articles it has
    newest    the day of its newest article; null if none is dated
    """

    outlet: str
    articles: int
    newest: date | None = None


class OutletList(Frozen):
    """The outlets in the archive, those with the most articles first."""

    total: int
    outlets: tuple[OutletSummary, ...]


class SearchSignals(Frozen):
    """What a passage was found by, each at most 1.

    words    how well its words match
    meaning  how near its meaning is
    title    the share of the query's words in the headline
    lead     1 for the passage that an article begins with
    recent   how recent the article is
    reread   the score of the reranker, if there is one
    """

    words: float
    meaning: float
    title: float
    lead: float
    recent: float
    reread: float | None = None


class SearchResult(Headline, Span):
    """A passage that was found.

    rank    from 1
    score   comparable within one search only
    copies  other articles with the same report
    """

    rank: int
    score: float
    signals: SearchSignals
    copies: tuple[Carrier, ...] = ()


class SearchResults(Frozen):
    """The best passage of each article that was found, best first."""

    query: str
    results: tuple[SearchResult, ...]


class Readiness(Frozen):
    """Whether the service can answer, and what its archive holds.

    step           what the service is doing, such as loading
    newest         publication time of the newest article
    oldest         publication time of the oldest article
    feeds_failing  how many subscriptions fail
    model          "extractive", or the chat model that writes answers
    reader         "none" if the trained reader and checker are off
    """

    ready: bool
    step: str
    articles: int = 0
    passages: int = 0
    outlets: int = 0
    newest: AwareDatetime | None = None
    oldest: AwareDatetime | None = None
    feeds_failing: int = 0
    model: str = "extractive"
    reader: ReaderName = "bundled"
    version: str
