"""What an answer is: statements, what they cite, and what is said of the whole."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from ingest.types import Carrier, Filter, Frozen, Precision

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

    found      how many reports were found
    told       how many of them the digest shows
    copies     other articles with the same reports
    order      which report comes first
    newest     when the newest report found was published; null if none is dated
    asked      when the question was asked
    mentioned  what these reports mention, where no headline or opening is about the subject; else empty
    """

    found: int
    told: int
    copies: int
    order: DigestOrder
    newest: AwareDatetime | None
    asked: AwareDatetime
    mentioned: str = ""


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
