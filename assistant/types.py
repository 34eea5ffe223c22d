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
# sentence: of an answer; report: of a digest, and stands for the report that it cites; remark: of the assistant, on
# its archive or in reply to a greeting, which cites nothing
StatementForm = Literal["sentence", "report", "remark"]
# nearest: no sentence answers, and those that come nearest are shown as that; refused: not even such
AnswerOutcome = Literal["answered", "partly", "nearest", "refused"]


class Span(Frozen):
    """What a citation points at: `text` is the slice start:end of that version of the article.

    part  where the places count, in the text of the article or in its title
    """

    article_id: str
    version: str
    start: int
    end: int
    text: str
    part: Literal["text", "title"] = "text"


class Headline(Frozen):
    """An article in a line."""

    article_id: str
    outlet: str
    title: str
    url: str | None = None
    published: AwareDatetime | None = None
    published_precision: Precision | None = None
    published_said: str | None = None


class Citation(Headline, Span):
    """A span with what its reader needs; `number` is the mark shown in the answer, from 1."""

    number: int
    origin: str | None = None
    authors: tuple[str, ...] = ()
    copies: tuple[Carrier, ...] = ()
    partial: str | None = None
    claims: str | None = None


class Statement(Frozen):
    """One sentence of an answer; `citations` are citation numbers, `reason` says why support is not full.

    answering  the words of the text that answer, where it is clear which
    quotation  whether what it quotes was in what its composer cited, in another article, which is cited now, or in
               none; None where it quotes nothing
    nearest    whether it is no answer, and only comes nearest to one
    doubted    the words of the text that what it cites does not support, where that is known
    form       what it is in its answer
    added      the words of the text that are ours and not the article's, in their square brackets: the full name of
               somebody whom the article calls by surname or pronoun there, the date of what is old, "[Headline:]"
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
    """What a digest tells of: how many reports were found and told, copies of one counted once, and in which order.

    copies  other articles with the same reports as those told
    newest  when the latest of the reports found was published; None where none is dated
    asked   the moment of asking, which tells how old that is
    """

    found: int
    told: int
    copies: int
    order: DigestOrder
    newest: AwareDatetime | None
    asked: AwareDatetime


class AsOf(Frozen):
    """The age of the evidence: newest and oldest publication time among the cited articles."""

    newest: AwareDatetime
    oldest: AwareDatetime


class Receipt(Frozen):
    """What stands behind a question that is not answered: what was searched, what came nearest, what would help."""

    reason: str
    articles_searched: int
    passages_searched: int
    filters: Filter
    nearest: tuple[Headline, ...] = ()
    hint: str = ""


class Answer(Frozen):
    """A cited, checked answer; or why there is none, with what comes nearest where there is such.

    text                 the whole answer with marks such as [1]
    question             as it was asked; `standalone` is what was searched for
    independent_sources  cited articles less the copies of one another
    digest               of a question that asks for the news of something: which reports it tells
    model                "extractive", or the chat model that wrote the statements
    reader               "none" where no trained reader and checker took part
    notice               what the reader should know of how this answer came about, e.g. that the model was down
    confidence           how likely it is that the best sentence found answers the question, calibrated on data; also
                         of a refusal; None where the answer is none that can be wrong so, such as an article's date
    timings              milliseconds by step
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
    question: str
    answer: Answer


class Conversation(Frozen):
    id: str
    turns: tuple[Turn, ...] = ()


# What streams while a question is answered: any number of events, then exactly one Done or Failed.


class Understood(Frozen):
    event: Literal["understood"] = "understood"
    standalone: str
    filters: Filter
    order: SearchOrder = "relevance"


class Sources(Frozen):
    """The articles that were found, best first."""

    event: Literal["sources"] = "sources"
    headlines: tuple[Headline, ...]


class Stated(Frozen):
    """A checked sentence, with the citations that appear in it for the first time."""

    event: Literal["statement"] = "statement"
    statement: Statement
    citations: tuple[Citation, ...]


class Done(Frozen):
    event: Literal["done"] = "done"
    answer: Answer


class Failed(Frozen):
    event: Literal["error"] = "error"
    code: str
    message: str
    hint: str = ""


StreamEvent = Annotated[Understood | Sources | Stated | Done | Failed, Field(discriminator="event")]


# What streams while articles are ingested: Progress and Outcome values, then one Finished or Failed.


class Finished(Frozen):
    event: Literal["done"] = "done"
    report: Report


class Took(Frozen):
    event: Literal["outcome"] = "outcome"
    outcome: Outcome


class Progressed(Frozen):
    event: Literal["progress"] = "progress"
    progress: Progress


IngestEvent = Annotated[Progressed | Took | Finished | Failed, Field(discriminator="event")]


# Requests and answers of the API


class AskRequest(Frozen):
    """A question.

    read_filters  lets the outlets and the times that it names narrow it, where `filters` does not
    remember      keeps the answer for follow-ups
    policy        mark shows sentences that are supported in part, and marks them; strict leaves them out; not given,
                  as the service is set
    order         newest puts the latest first among what fits; not given, the question says it ("the latest on …")
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
    """The service need not stand where the one who asks does."""
    if not (looks_like_link(address) or PurePath(address).is_absolute()):
        raise ValueError("a source is an absolute path or a link")
    return address


class SourceRequest(Frozen):
    """Files and folders on the service's machine, and links, to ingest and remember.

    captured_at and map go with files and folders only; map says which field of their records is what: "title=kop"
    takes a field, "outlet==De Krant" gives every record this text
    """

    sources: Annotated[
        tuple[Annotated[str, AfterValidator(_elsewhere_too)], ...], Field(min_length=1, max_length=1000)
    ]
    kind: SourceKind = "auto"
    captured_at: Moment | None = None
    map: Annotated[tuple[str, ...], Field(max_length=100)] = ()


class KeptSource(Frozen):
    """A file, folder or link that was ingested and that a reindex reads again."""

    address: str
    kind: SourceKind
    captured_at: AwareDatetime | None = None
    map: tuple[str, ...] = ()


class FeedRequest(Frozen):
    """The addresses of feeds, each with its title where one is known."""

    addresses: Annotated[tuple[str, ...], Field(min_length=1, max_length=5000)]
    titles: Annotated[tuple[str, ...], Field(max_length=5000)] = ()


class FeedCheckRequest(Frozen):
    """Which feeds to look at: those named, or all that are not gone; `due` leaves out those whose time has not come.

    minutes  between two looks; the service's own setting where it is not given
    """

    addresses: Annotated[tuple[str, ...], Field(max_length=5000)] = ()
    due: bool = False
    minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None


class Version(Frozen):
    digest: str
    seen: AwareDatetime
    updated: AwareDatetime | None = None
    current: bool


class Related(Frozen):
    """What an article has beside it: what it is a copy of, its other copies, the rest of its story."""

    copy_of: Carrier | None = None
    copies: tuple[Carrier, ...] = ()
    story: tuple[Headline, ...] = ()
    versions: int


class ArticleSummary(Headline):
    origin: str | None = None
    authors: tuple[str, ...] = ()
    updated: AwareDatetime | None = None
    language: str | None = None
    passages: int
    versions: int
    added: AwareDatetime


class OutcomeList(Frozen):
    """What became of pages: how many match, and one page of them, the latest first."""

    total: int
    outcomes: tuple[KeptOutcome, ...]


class ArticleList(Frozen):
    total: int
    articles: tuple[ArticleSummary, ...]


class OutletSummary(Frozen):
    """An outlet of the archive; `newest` is the day of its latest article, None where none of them is dated."""

    outlet: str
    articles: int
    newest: date | None = None


class OutletList(Frozen):
    """The outlets of the archive, those with most articles first."""

    total: int
    outlets: tuple[OutletSummary, ...]


class SearchSignals(Frozen):
    """Why a passage was found, each at most 1: as `assistant.ranking.Signals`, out of which its score is made."""

    words: float
    meaning: float
    title: float
    lead: float
    recent: float
    reread: float | None = None


class SearchResult(Headline, Span):
    """A passage that was found, `rank` from 1; `score` is comparable within one search only."""

    rank: int
    score: float
    signals: SearchSignals
    copies: tuple[Carrier, ...] = ()


class SearchResults(Frozen):
    query: str
    results: tuple[SearchResult, ...]


class Readiness(Frozen):
    """Whether questions can be answered, and how old the archive is."""

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
