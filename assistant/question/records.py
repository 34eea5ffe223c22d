"""Questions about an article rather than about the news in it: who wrote it, when, for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.safety.gate import without_links
from assistant.wording import printed
from ingest.language.english import PIECE
from ingest.types import Article

_SHOWN = ("title", "outlet", "origin", "published_said")


@dataclass(frozen=True)
class RecordQuestion:
    """A question that the record of an article answers, not its text.

    answer    reads the sentence that answers off an article
    missing   what is then to be said
    """

    answer: Callable[[Article], str | None]
    missing: str

    @classmethod
    def read(cls, question: str) -> RecordQuestion | None:
        """None for a question about the news itself."""
        for pattern, answer, missing in _READINGS:
            if pattern.search(question):
                return cls(answer, missing)
        return None

    def told(self, article: Article) -> str | None:
        """The sentence that answers; None where the article's record is silent."""
        return self.answer(_plain(article))


def without_asking(question: str) -> str:
    """The question without the words that ask about a record, to find the article by."""
    return _ABOUT.sub(" ", question)


def _plain(article: Article) -> Article:
    """With a record that can be shown."""
    shown = {name: without_links(value) for name in _SHOWN if (value := getattr(article, name))}
    return article.model_copy(update={**shown, "authors": tuple(map(without_links, article.authors))})


def _author(article: Article) -> str | None:
    if not article.authors:
        return None
    names = " and ".join(filter(None, [", ".join(article.authors[:-1]), article.authors[-1]]))
    return f"“{article.title}” ({article.outlet}) is by {names}."


def _date(article: Article) -> str | None:
    if not article.published:
        return None
    day = printed(article.published, article.published_precision)
    return f"“{article.title}” ({article.outlet}) was published on {day}."


def _when(article: Article) -> str | None:
    """A page that says no more than "3 hours ago" answers how long ago, though not on which date."""
    if article.published or not article.published_said:
        return _date(article)
    named = f"“{article.title}” ({article.outlet})"
    return f"{named} gives no date; the saved page says “{article.published_said}”."


def _origin(article: Article) -> str | None:
    if not article.origin:
        return None
    return f"“{article.title}”, carried by {article.outlet}, is credited to {article.origin}."


def _outlet(article: Article) -> str | None:
    return _origin(article) or f"“{article.title}” was carried by {article.outlet}."


_PUBLISHED = rf".*\b{PIECE}\b.*\b(?:published|posted|printed|run)\b"
_NO_DATE = "it gives no date of publication"
_READINGS: list[tuple[re.Pattern[str], Callable[[Article], str | None], str]] = [
    (re.compile(pattern, re.IGNORECASE), answer, missing)
    for pattern, answer, missing in (
        (
            rf"\b(?:who (?:wrote|authored|reported|penned)|author of|byline of)\b.*\b{PIECE}\b",
            _author,
            "it names no author",
        ),
        (
            rf"\b(?:what|which) (?:calendar )?(?:date|day)\b{_PUBLISHED}|\bpublication date\b.*\b{PIECE}\b",
            _date,
            _NO_DATE,
        ),
        (rf"\bwhen\b{_PUBLISHED}|\bhow (?:old|long ago) (?:is|was)\b.*\b{PIECE}\b", _when, _NO_DATE),
        (
            r"\b(?:which|what) (?:news |wire )?(?:agency|agencies|wire service)\b"
            rf".*\b(?:{PIECE}|reported|reports|covered|supplied|credited)\b"
            rf"|\bwhere (?:does|did) .*\b{PIECE}\b.*\boriginate\b",
            _origin,
            "it names no agency",
        ),
        (
            r"\b(?:which|what) (?:outlet|newspaper|paper|publisher|publication|site)\b"
            rf".*\b(?:published|carried|ran|carries)\b.*\b{PIECE}\b"
            rf"|\bwhere (?:does|did) .*\b{PIECE}\b.*\bcome\b",
            _outlet,
            "it names no outlet",
        ),
    )
]
_ABOUT = re.compile(
    rf"\b(?:who|wrote|authored|author|byline|when|what|which|on|calendar|date|day|news|wire|agency|outlet|newspaper|publisher"
    r"|reported|reports|covered|supplied|credited|come|comes|originate|originates|originally|how|old|long|ago"
    rf"|page|saved|published|posted|printed|carries|carried|behind|that|was|is|{PIECE})\b",
    re.I,
)
