"""What can be looked up and noted in an archive without searching it: its database is enough for that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant import catalogue
from assistant.types import (
    Article,
    ArticleList,
    FeedRequest,
    KeptSource,
    OutcomeList,
    OutletList,
    Related,
    Subscription,
    Version,
)
from ingest.archive.shelf import Shelf
from ingest.database.store import now
from ingest.doubt import believed
from ingest.errors import ArchiveBusy, NotFound
from ingest.source import source
from ingest.types import ListOrder, Status

if TYPE_CHECKING:
    from assistant.difference import Difference

_PATIENCE_SECONDS = 20.0


class Library:
    """Articles, outlets, sources, outcomes and subscriptions of an archive in this process.

    What writes takes turns.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._writing = threading.Lock()

    # Articles

    def articles(
        self, *, text: str = "", outlet: str = "", order: ListOrder = "published", limit: int = 50, offset: int = 0
    ) -> ArticleList:
        store = self._shelf.store
        return catalogue.list_articles(store, text=text, outlet=outlet, order=order, limit=limit, offset=offset)

    def outlets(self) -> OutletList:
        return catalogue.list_outlets(self._shelf.store)

    def article(self, article_id: str, version: str | None = None) -> Article:
        """Raises NotFound when there is no such article, or no such version of it."""
        found = self._shelf.store.article(article_id, version)
        if found is None:
            what = f"version {version} of article {article_id}" if version else f"article {article_id}"
            raise NotFound(f"there is no {what}", "dateline articles list shows what there is")
        return believed(found, now())

    def versions(self, article_id: str) -> tuple[Version, ...]:
        return catalogue.list_versions(self._shelf.store, article_id)

    def related(self, article_id: str) -> Related:
        """Raises NotFound when there is no such article."""
        return catalogue.related(self._shelf, self.article(article_id))

    def difference(self, article_id: str, earlier: str | None = None, later: str | None = None) -> Difference:
        """Between two versions by digest: by default the current one and the one before it.

        Raises NotFound when there is no such article or version, or no version before.
        """
        from assistant.difference import difference

        after = self.article(article_id, later)
        digests = [version.digest for version in self.versions(article_id)]
        if earlier is None:
            before = digests[: digests.index(after.digest)]
            if not before:
                raise NotFound(
                    f"there is no version of {article_id} before this one",
                    "dateline articles show ID lists its versions",
                )
            earlier = before[-1]
        return difference(self.article(article_id, earlier), after)

    # Sources and outcomes

    def outcomes(
        self, *, status: Status | None = None, since: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> OutcomeList:
        total, found = self._shelf.journal.list_outcomes(status=status, since=since, limit=limit, offset=offset)
        return OutcomeList(total=total, outcomes=tuple(found))

    def sources(self) -> tuple[KeptSource, ...]:
        """What a reindex looks at, in the order in which it was given."""
        return tuple(
            KeptSource(address=one.address, kind=one.kind, captured_at=one.captured, map=one.mapping)
            for one in self._shelf.journal.sources()
        )

    def forget_source(self, address: str) -> None:
        """Look at it no more; its articles stay. Raises NotFound where it is not remembered."""
        with self._turn():
            self._shelf.journal.forget_source(source(address).address)

    # Feeds

    def feeds(self) -> tuple[Subscription, ...]:
        return tuple(self._shelf.subscriptions.list())

    def feeds_are_due(self) -> bool:
        return bool(self._shelf.subscriptions.due())

    def add_feeds(self, request: FeedRequest) -> tuple[Subscription, ...]:
        """Subscribe; returns the feeds that are new. Raises FeedError for what is no web address."""
        pairs = list(zip_longest(request.addresses, request.titles[: len(request.addresses)], fillvalue=""))
        with self._turn():
            added = [address for address, title in pairs if self._shelf.subscriptions.add(address, title)]
        return tuple(self._shelf.subscriptions.named(added))

    def remove_feed(self, address: str) -> None:
        """Raises NotFound where there is no such subscription."""
        with self._turn():
            self._shelf.subscriptions.remove(address)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=_PATIENCE_SECONDS):
            raise ArchiveBusy("the archive is being rebuilt", "try again when that is done")
        try:
            yield
        finally:
            self._writing.release()
