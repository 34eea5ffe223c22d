"""What can be looked up and noted in an archive without searching it: its database is enough for that."""

from __future__ import annotations

import threading
from asyncio import to_thread
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, ParamSpec, TypeVar, Unpack

from assistant.conversations.export import exported
from assistant.conversations.kept import Conversations
from assistant.service import catalogue
from assistant.service.kept_jobs import KeptJobs
from assistant.types import (
    Article,
    ArticleList,
    Collection,
    CollectionChange,
    Conversation,
    ConversationList,
    ConversationSummary,
    ExportFormat,
    FeedRequest,
    KeptSource,
    KeyRequest,
    Listing,
    OutcomeList,
    OutletList,
    Related,
    Retention,
    RetentionKind,
    RetentionRequest,
    Subscription,
    Version,
)
from assistant.types.jobs import Job, JobList
from ingest.archive.shelf import Shelf
from ingest.database.collections import Collections
from ingest.database.jobs import JobRows
from ingest.database.keys import Keys
from ingest.errors import ArchiveBusy
from ingest.source import source
from ingest.status import JobState, Status

if TYPE_CHECKING:
    from ingest.identity.difference import Difference
    from ingest.key import Key, NewKey

Given = ParamSpec("Given")
Value = TypeVar("Value")
_PATIENCE_SECONDS = 20.0


class Library:
    """Articles, outlets, sources, outcomes, subscriptions and conversations of an archive in this process.

    What writes takes turns.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._writing = threading.Lock()
        self._conversations = Conversations(shelf.store.engine)
        self._collections = Collections(shelf.store.engine)
        self._jobs = KeptJobs(JobRows(shelf.store.engine), shelf.folder)

    # Articles

    async def articles(self, **wanted: Unpack[Listing]) -> ArticleList:
        return await to_thread(partial(catalogue.list_articles, self._shelf.store, **wanted))

    async def outlets(self) -> OutletList:
        return await to_thread(catalogue.list_outlets, self._shelf.store)

    async def article(self, article_id: str, version: str | None = None) -> Article:
        return await to_thread(catalogue.article, self._shelf.store, article_id, version)

    async def versions(self, article_id: str) -> tuple[Version, ...]:
        return await to_thread(catalogue.list_versions, self._shelf.store, article_id)

    async def related(self, article_id: str) -> Related:
        return await to_thread(catalogue.related, self._shelf, article_id)

    async def difference(self, article_id: str, earlier: str | None = None, later: str | None = None) -> Difference:
        return await to_thread(catalogue.compared, self._shelf.store, article_id, earlier, later)

    # Sources and outcomes

    async def outcomes(
        self, *, status: Status | None = None, since: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> OutcomeList:
        listed = self._shelf.journal.list_outcomes
        total, found = await to_thread(listed, status=status, since=since, limit=limit, offset=offset)
        return OutcomeList(total=total, outcomes=tuple(found))

    async def sources(self) -> tuple[KeptSource, ...]:
        return tuple(
            KeptSource(address=one.address, kind=one.kind, captured_at=one.captured, map=one.mapping)
            for one in await to_thread(self._shelf.journal.sources)
        )

    async def forget_source(self, address: str) -> None:
        await self._write(self._shelf.journal.forget_source, source(address).address)

    # Feeds

    async def feeds(self) -> tuple[Subscription, ...]:
        return tuple(await to_thread(self._shelf.subscriptions.list))

    async def feeds_are_due(self) -> bool:
        return bool(await to_thread(self._shelf.subscriptions.due))

    async def add_feeds(self, request: FeedRequest) -> tuple[Subscription, ...]:
        return await self._write(self._subscribe, request)

    def _subscribe(self, request: FeedRequest) -> tuple[Subscription, ...]:
        subscriptions = self._shelf.subscriptions
        pairs = zip_longest(request.addresses, request.titles[: len(request.addresses)], fillvalue="")
        return tuple(subscriptions.named([one for one, title in pairs if subscriptions.add(one, title)]))

    async def remove_feed(self, address: str) -> None:
        await self._write(self._shelf.subscriptions.remove, address)

    # Collections

    async def collections(self) -> tuple[Collection, ...]:
        return await to_thread(self._collections.list)

    async def change_collection(self, request: CollectionChange) -> Collection:
        return await to_thread(self._collections.change, request.name, request.add, request.remove)

    async def remove_collection(self, name: str) -> None:
        await to_thread(self._collections.remove, name)

    # Retention

    async def retention(self) -> tuple[Retention, ...]:
        return await to_thread(self._shelf.retentions.list)

    async def set_retention(self, request: RetentionRequest) -> Retention:
        return await to_thread(self._shelf.retentions.set, request.kind, request.value, request.days)

    async def end_retention(self, kind: RetentionKind, value: str) -> None:
        await to_thread(self._shelf.retentions.end, kind, value)

    # Conversations: they are apart from the articles, and do not wait for a run

    async def conversations(self, *, text: str = "", limit: int = 50, cursor: str | None = None) -> ConversationList:
        return await to_thread(self._conversations.list, text=text, limit=limit, cursor=cursor)

    async def conversation(
        self, conversation_id: str, *, before: int | None = None, limit: int | None = None
    ) -> Conversation:
        return await to_thread(self._conversations.open, conversation_id, before=before, limit=limit)

    async def rename_conversation(self, conversation_id: str, title: str) -> ConversationSummary:
        return await to_thread(self._conversations.rename, conversation_id, title)

    async def delete_conversation(self, conversation_id: str) -> None:
        await to_thread(self._conversations.delete, conversation_id)

    async def export_conversation(self, conversation_id: str, form: ExportFormat) -> str:
        return exported(await self.conversation(conversation_id), form)

    # Jobs, while no service runs that does them

    async def jobs(self, state: JobState | None = None, *, limit: int = 50, offset: int = 0) -> JobList:
        return await to_thread(self._jobs.list, state, limit=limit, offset=offset)

    async def job(self, job_id: str) -> Job:
        return await to_thread(self._jobs.get, job_id)

    async def cancel_job(self, job_id: str) -> Job:
        return await to_thread(self._jobs.cancel, job_id)

    async def retry_job(self, job_id: str) -> Job:
        return await to_thread(self._jobs.begin_again, job_id)

    async def forget_job(self, job_id: str) -> None:
        await to_thread(self._jobs.forget, job_id)

    # Keys for the service

    async def keys(self) -> tuple[Key, ...]:
        return tuple(await to_thread(self._kept_keys.list))

    async def create_key(self, request: KeyRequest) -> NewKey:
        create = partial(self._kept_keys.create, days=request.days, per_minute=request.per_minute)
        return await self._write(create, request.name, request.scope)

    async def revoke_key(self, key_id: str) -> Key:
        return await self._write(self._kept_keys.revoke, key_id)

    @property
    def _kept_keys(self) -> Keys:
        return Keys(self._shelf.store.engine)

    async def _write(self, work: Callable[Given, Value], *given: Given.args, **named: Given.kwargs) -> Value:
        def in_turn() -> Value:
            with self._turn():
                return work(*given, **named)

        return await to_thread(in_turn)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=_PATIENCE_SECONDS):
            raise ArchiveBusy("the archive is being written to", "try again when that is done")
        try:
            yield
        finally:
            self._writing.release()
