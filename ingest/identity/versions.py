"""Same article, changed details, or a new version: what an article is to one that the archive has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.address import place_of
from ingest.status import Status
from ingest.types import Article

DETAILS = {
    "url": "address",
    "outlet": "outlet",
    "origin": "origin",
    "authors": "authors",
    "published": "time of publication",
    "updated": "time of update",
    "partial": "what is missing of it",
    "claims": "the host that it claims",
}


@dataclass(frozen=True)
class Decision:
    """What becomes of an article, and the article as it is to be kept, if `keep`."""

    status: Status
    reason: str
    article: Article
    keep: bool


def decide(article: Article, current: Article | None, *, known: bool) -> Decision:
    """Compare an article with the archive's current version of it; `known` when its text was current once.

    A text that says of itself that it is older than the current one does not replace it. Where the texts say
    nothing, what was looked at last is the newest.
    """
    if current is None:
        return Decision("added", "", article, keep=True)
    if article.digest == current.digest:
        return _same_text(article, current)
    if known and _older(article, current):
        return Decision("unchanged", "an earlier version that the archive has", article, keep=False)
    if _older(article, current):
        return Decision("skipped", "it is older than the version that the archive has", article, keep=False)
    reason = (
        "its text is the same as in an earlier version" if known else "its text changed; the earlier version is kept"
    )
    return Decision("updated", reason, article, keep=True)


def _same_text(article: Article, current: Article) -> Decision:
    """New details are taken over; one that is missing here is not forgotten."""
    told = {name: value for name in DETAILS if (value := getattr(article, name))}
    if place_of(article.url) == place_of(current.url):
        told.pop("url", None)
    changed = [DETAILS[name] for name, value in told.items() if value != getattr(current, name)]
    if not changed:
        return Decision("unchanged", "", current, keep=False)
    if "published" in told:
        told["published_precision"] = article.published_precision
        told["published_said"] = article.published_said
    merged = current.model_copy(update=told)
    return Decision("updated", f"changed: {', '.join(changed)}", merged, keep=True)


def _older(article: Article, current: Article) -> bool:
    mine, theirs = _last_touched(article), _last_touched(current)
    return mine is not None and theirs is not None and mine < theirs


def _last_touched(article: Article) -> datetime | None:
    return article.updated or article.published


def one_version_each(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """Batches in order, none with two versions of one article: the later must replace what the earlier left."""
    batch: dict[str, Article] = {}
    for article in articles:
        if article.id in batch:
            yield list(batch.values())
            batch = {}
        batch[article.id] = article
    if batch:
        yield list(batch.values())
