"""What the archive holds, as the API and the command line list it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Unpack

from sqlalchemy import Row

from assistant.types import (
    Article,
    ArticleList,
    ArticleSummary,
    Listing,
    OutletList,
    OutletSummary,
    ReaderName,
    Readiness,
    Related,
    Version,
)
from assistant.version import version
from ingest.archive.shelf import Shelf
from ingest.database.awaiting import Awaiting
from ingest.database.store import Store, now
from ingest.database.subscriptions import Subscriptions
from ingest.doubt import believed
from ingest.errors import NotFound

if TYPE_CHECKING:
    from ingest.identity.difference import Difference

STORY = 50  # articles of a story that are listed


def list_articles(store: Store, **wanted: Unpack[Listing]) -> ArticleList:
    """One page of the articles and how many there are in all. Raises NotFound for a collection that is not there."""
    total, rows = store.list_articles(**wanted)
    return ArticleList(total=total, articles=tuple(_summary(row) for row in rows))


def list_outlets(store: Store) -> OutletList:
    rows = store.count_by_outlet()
    found = (
        OutletSummary(
            outlet=row.outlet, articles=row.articles, newest=None if row.day is None else _moment(row.day).date()
        )
        for row in rows
    )
    return OutletList(total=len(rows), outlets=tuple(found))


def article(store: Store, article_id: str, version: str | None = None) -> Article:
    """Raises NotFound when there is no such article, or no such version of it."""
    found = store.article(article_id, version)
    if found is None:
        what = f"version {version} of article {article_id}" if version else f"article {article_id}"
        raise NotFound(f"there is no {what}", "dateline articles list shows what there is")
    return believed(found, now())


def list_versions(store: Store, article_id: str) -> tuple[Version, ...]:
    """The versions of an article, oldest first. Raises NotFound when there is no such article."""
    current = store.current_version(article_id)
    found = tuple(
        Version(
            digest=row.digest,
            seen=_moment(int(row.seen)),
            updated=json.loads(row.record).get("updated"),
            current=row.digest == current,
        )
        for row in store.versions(article_id)
        if row.state == "ready"
    )
    if not found:
        raise NotFound(f"there is no article {article_id}", "dateline articles list shows what there is")
    return found


def compared(store: Store, article_id: str, earlier: str | None, later: str | None) -> Difference:
    """What changed between two versions by digest: by default the current one and the one before it.

    Raises NotFound when there is no such article or version, or no version before.
    """
    from ingest.identity.difference import difference

    after = article(store, article_id, later)
    return difference(article(store, article_id, earlier or _before(store, after)), after)


def _before(store: Store, article: Article) -> str:
    """The digest of the version before this one."""
    digests = [version.digest for version in list_versions(store, article.id)]
    if not (before := digests[: digests.index(article.digest)]):
        raise NotFound(
            f"there is no version of {article.id} before this one", "dateline articles show ID lists its versions"
        )
    return before[-1]


def related(shelf: Shelf, article_id: str) -> Related:
    """The copies of an article by other outlets, and the other articles of its story, oldest first.

    Raises NotFound when there is no such article.
    """
    from assistant.evidence.headline import headline, house

    store, stories = shelf.store, shelf.stories
    this = article(store, article_id)
    group = stories.groups([this.id]).get(this.id, ())
    found = store.articles([one for one in stories.story(this.id) if one != this.id][:STORY])
    members = {key: believed(one, now()) for key, one in found.items()}
    copies = {one.article_id for one in group}
    original = next((one for one in group[:1] if one.article_id != this.id), None)
    elsewhere = [one for one in group if one == original or house(one.outlet) != house(this.outlet)]
    return Related(
        copy_of=original,
        copies=tuple(one for one in elsewhere if one.article_id != this.id),
        story=tuple(headline(one) for one in _by_age(members.values()) if one.id not in copies),
        versions=sum(row.state == "ready" for row in store.versions(this.id)),
    )


def _by_age(members: Iterable[Article]) -> list[Article]:
    return sorted(
        members, key=lambda one: (one.published is None, one.published and one.published.timestamp(), one.id)
    )


def readiness(store: Store, *, model: str, reader: ReaderName) -> Readiness:
    """The size and age of an archive that can be asked."""
    held = store.summary()
    return Readiness(
        ready=True,
        step="ready",
        articles=held.articles,
        passages=held.passages,
        passages_waiting=Awaiting(store.engine).count(),
        outlets=held.outlets,
        newest=_moment(held.newest) if held.newest is not None else None,
        oldest=_moment(held.oldest) if held.oldest is not None else None,
        feeds_failing=len(Subscriptions(store.engine).failing()),
        model=model,
        reader=reader,
        version=version(),
    )


def _summary(row: Row[Any]) -> ArticleSummary:
    article = believed(Article.model_validate({**json.loads(row.record), "text": ""}), now())
    kept = ("published", "published_precision", "published_said", "origin", "authors", "updated", "language", "url")
    return ArticleSummary(
        article_id=row.id,
        outlet=row.outlet,
        title=row.title,
        passages=row.cut,
        versions=row.kept,
        added=_moment(row.added),
        **{name: value for name in kept if (value := getattr(article, name)) is not None},
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
