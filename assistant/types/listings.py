"""What the archive lists: articles, outlets, outcomes, sources and passages; and whether a service is ready."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from pydantic import AwareDatetime

from assistant.types.answer import Headline, ReaderName, Span
from ingest.source_kind import SourceKind
from ingest.types import Carrier, Frozen, KeptOutcome, ListOrder


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


class Listing(TypedDict, total=False):
    """Which articles are listed: 50 from the first on, by publication, unless it says otherwise.

    text        words of the title or the outlet, or the beginning of an id
    outlet      only of this one
    collection  only those in it
    """

    text: str
    outlet: str
    collection: str | None
    order: ListOrder
    limit: int
    offset: int


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
    """The best passage of each article that was found, best first.

    notice  what a reader should know of how it was searched
    """

    query: str
    results: tuple[SearchResult, ...]
    notice: str = ""


class Readiness(Frozen):
    """Whether the service can answer, and what its archive holds.

    step              what the service is doing, such as loading
    passages_waiting  passages that are searched by their words only so far
    newest            publication time of the newest article
    oldest            publication time of the oldest article
    feeds_failing     how many subscriptions fail
    model             "extractive", or the chat model that writes answers
    reader            "none" if the trained reader and checker are off
    writer            the other process that writes to a shared database, while this service only reads it
    """

    ready: bool
    step: str
    articles: int = 0
    passages: int = 0
    passages_waiting: int = 0
    outlets: int = 0
    newest: AwareDatetime | None = None
    oldest: AwareDatetime | None = None
    feeds_failing: int = 0
    model: str = "extractive"
    reader: ReaderName = "bundled"
    writer: str = ""
    version: str
