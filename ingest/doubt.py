"""Times of publication that cannot be: later than now, or than when the page was captured."""

from __future__ import annotations

from datetime import datetime

from ingest.types import SLACK, Article


def latest(at: datetime) -> datetime:
    """After this a time of publication is doubtful at that moment; clocks and zones differ by up to a day."""
    return at + SLACK


def believed(article: Article, at: datetime) -> Article:
    """The article as it is shown at that moment: undated where it says a time that is still to come.

    What it says is kept as its words. The archive keeps the time, which may come true.
    """
    told, known = article.published, article.dated
    if told is None or (known is not None and known <= latest(at)):
        return article
    words = article.published_said or _words(told, article.published_precision)
    return article.model_copy(update={"published": None, "published_precision": None, "published_said": words})


def _words(told: datetime, precision: str | None) -> str:
    return {"year": f"{told:%Y}", "month": f"{told:%B %Y}"}.get(precision or "", f"{told.day} {told:%B %Y}")
