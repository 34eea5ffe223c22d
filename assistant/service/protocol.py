"""What can be asked of an archive, in this process or over HTTP."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Unpack, runtime_checkable

from assistant.types import (
    Answer,
    Article,
    ArticleList,
    AskRequest,
    Collection,
    CollectionChange,
    Conversation,
    ConversationList,
    ConversationSummary,
    ExportFormat,
    FeedCheckRequest,
    FeedRequest,
    Filter,
    IngestEvent,
    KeptSource,
    KeyRequest,
    Listing,
    OutcomeList,
    OutletList,
    Readiness,
    Related,
    Retention,
    RetentionKind,
    RetentionRequest,
    SearchOrder,
    SearchResults,
    SourceKind,
    StreamEvent,
    Subscription,
    Version,
)
from assistant.types.jobs import Job, JobList
from ingest.status import JobState, Status

if TYPE_CHECKING:
    from ingest.archive.doctor import Finding
    from ingest.identity.difference import Difference
    from ingest.key import Key, NewKey

# Any number of events; the last one is Done or Failed.
Answering = AsyncGenerator[StreamEvent, None]
# Any number of events; the last one is Finished or Failed. Closing it stops the run at an article boundary.
Ingesting = AsyncGenerator[IngestEvent, None]


@runtime_checkable
class Service(Protocol):
    """An archive and its assistant: `LocalService` in this process, `Client` over HTTP.

    `blocking.wait_for` and `blocking.each` call it where nothing is asynchronous. Every call raises DatelineError.
    """

    async def close(self) -> None: ...

    # Asking

    async def ask(self, request: AskRequest) -> Answer: ...

    def events(self, request: AskRequest) -> Answering:
        """The answer as it comes about."""

    async def search(
        self, query: str, filters: Filter, limit: int, order: SearchOrder = "relevance"
    ) -> SearchResults:
        """The best passage of each article, best or newest first."""

    # Conversations

    async def conversations(self, *, text: str = "", limit: int = 50, cursor: str | None = None) -> ConversationList:
        """A page of the conversations, the last asked first; of those that have every word of `text`."""

    async def conversation(
        self, conversation_id: str, *, before: int | None = None, limit: int | None = None
    ) -> Conversation:
        """The questions of a conversation with their answers, oldest first. Raises NotFound.

        before  only turns of a lower number
        limit   only that many, the latest ones
        """

    async def rename_conversation(self, conversation_id: str, title: str) -> ConversationSummary:
        """Name a conversation; an empty name takes its name away. Raises NotFound."""

    async def delete_conversation(self, conversation_id: str) -> None:
        """Delete a conversation with all its turns. Raises NotFound."""

    async def export_conversation(self, conversation_id: str, form: ExportFormat) -> str:
        """A conversation as a document, or what it cites as references. Raises NotFound."""

    # Collections

    async def collections(self) -> tuple[Collection, ...]:
        """The collections by name, each with its members and how many articles it holds."""

    async def change_collection(self, request: CollectionChange) -> Collection:
        """Make a collection or change its members. Raises NotFound for a member that is not there."""

    async def remove_collection(self, name: str) -> None:
        """Forget a collection; its articles stay. Raises NotFound."""

    # Retention

    async def retention(self) -> tuple[Retention, ...]:
        """The sources, feeds and collections whose articles are kept for a limited time."""

    async def set_retention(self, request: RetentionRequest) -> Retention:
        """Keep the articles of a source, feed or collection for so long. Raises NotFound."""

    async def end_retention(self, kind: RetentionKind, value: str) -> None:
        """Keep articles for good again. Raises NotFound where they were kept for good."""

    # Reading

    async def readiness(self) -> Readiness:
        """Whether questions can be answered; told also while the service warms up."""

    async def examine(self, *, deep: bool = False) -> list[Finding]:
        """Whether the archive is sound; `deep` reads all of it."""

    async def articles(self, **wanted: Unpack[Listing]) -> ArticleList:
        """One page of the articles, the latest first. Raises NotFound for a collection that is not there."""

    async def outlets(self) -> OutletList: ...

    async def article(self, article_id: str, version: str | None = None) -> Article:
        """As it is, or as it was in a version. Raises NotFound."""

    async def versions(self, article_id: str) -> tuple[Version, ...]:
        """Oldest first. Raises NotFound."""

    async def related(self, article_id: str) -> Related:
        """Its copies, the other articles of its story, and how many versions it has. Raises NotFound."""

    async def difference(self, article_id: str, earlier: str | None = None, later: str | None = None) -> Difference:
        """What changed between two versions: by default the current one and the one before it. Raises NotFound."""

    async def outcomes(
        self, *, status: Status | None = None, since: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> OutcomeList:
        """What became of the pages that were read, latest first."""

    async def sources(self) -> tuple[KeptSource, ...]:
        """What a reindex reads, in the order in which it was given."""

    async def feeds(self) -> tuple[Subscription, ...]: ...

    # Writing

    async def remove(self, article_id: str) -> None:
        """Remove an article with all its versions. Raises NotFound."""

    async def forget_source(self, address: str) -> None:
        """Forget a source; its articles stay. Raises NotFound."""

    async def add_feeds(self, request: FeedRequest) -> tuple[Subscription, ...]:
        """Subscribe; returns the feeds that are new. Raises FeedError for what is no web address."""

    async def remove_feed(self, address: str) -> None:
        """Unsubscribe; its articles stay. Raises NotFound."""

    # Jobs

    async def jobs(self, state: JobState | None = None, *, limit: int = 50, offset: int = 0) -> JobList:
        """A page of the jobs, latest first."""

    async def job(self, job_id: str) -> Job:
        """Raises NotFound."""

    async def cancel_job(self, job_id: str) -> Job:
        """End a job at the next article boundary; what it has ingested stays. Raises NotFound."""

    async def retry_job(self, job_id: str) -> Job:
        """Let a job that is over wait for its turn again. Raises NotFound, ArchiveBusy for one that is not over."""

    async def forget_job(self, job_id: str) -> None:
        """Cancel a job and forget it; what it has ingested stays. Raises NotFound."""

    # Keys for the service

    async def keys(self) -> tuple[Key, ...]:
        """Every key without its secret, oldest first."""

    async def create_key(self, request: KeyRequest) -> NewKey: ...

    async def revoke_key(self, key_id: str) -> Key:
        """Revoke a key by its id. Raises NotFound."""

    # Ingesting: a run begins when its events are first asked for, and takes its turn. Raises Busy where many wait.

    def ingest(
        self,
        sources: Sequence[str],
        *,
        kind: SourceKind = "auto",
        captured: datetime | None = None,
        mapping: Sequence[str] = (),
    ) -> Ingesting:
        """Ingest files, folders and links, and remember them as sources."""

    def ingest_upload(
        self, content: bytes, name: str, *, captured: datetime | None = None, mapping: Sequence[str] = ()
    ) -> Ingesting:
        """Ingest one file that is handed over under a name; it is not remembered as a source."""

    def reindex(self, *, full: bool = False) -> Ingesting:
        """Read every remembered source again; or, in full, rebuild both search indexes from the texts."""

    def retry(self) -> Ingesting:
        """Read the files and links again of which something has failed."""

    def check_feeds(self, request: FeedCheckRequest) -> Ingesting:
        """Check feeds and ingest what is new. Raises NotFound for one that nobody subscribed to."""

    async def stop(self) -> None:
        """Stop the current run, if there is one, after the article it works on; its report says so."""
