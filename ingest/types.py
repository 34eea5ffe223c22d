"""The values that move through taking in: page, article, passage, outcome, report."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, computed_field

Precision = Literal["second", "minute", "hour", "day", "month", "year"]
Status = Literal["added", "updated", "unchanged", "skipped", "failed"]

STATUSES: tuple[Status, ...] = ("added", "updated", "unchanged", "skipped", "failed")


def sha(*parts: str | bytes, length: int = 16) -> str:
    """Hexadecimal digest of the parts, kept apart from one another; `length` characters of SHA-256."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:length]


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


class Frozen(BaseModel):
    """A value that crosses disk or wire: unchangeable, and no field that is not its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Page:
    """Bytes, and where and when they came from.

    source      the file or address the archive remembers, e.g. an absolute path
    item        the place inside the source when it holds several pages: "line 12", "item 3"
    media_type  "text/plain", "text/markdown", "text/html", "application/json" (one record), "message/rfc822" or
                "application/pdf"
    url         the address the bytes were saved or fetched from, when known
    captured    when the bytes were as they are, when somebody said so; relative times count from it
    charset     the encoding that the server named, when it did
    mapping     which field of a record is what, where its names do not tell: "title=kop"
    """

    source: str
    content: bytes
    media_type: str
    item: str = ""
    url: str | None = None
    captured: datetime | None = None
    charset: str = ""
    mapping: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Identity of what would be extracted: the same digest gives the same articles."""
        captured = self.captured.isoformat() if self.captured else ""
        return sha(self.media_type, self.charset, self.url or "", captured, self.content, *self.mapping, length=32)

    @property
    def place(self) -> str:
        return f"{self.source} {self.item}".rstrip()


class Article(Frozen):
    """One piece of news as it was printed.

    published_said  the page's own words for its time when they give no date: "21 minutes ago"
    origin          the agency or outlet that wrote it, only where the article states one
    captured        when the page was as it is; never used as `published`
    """

    id: str
    title: str
    text: str
    outlet: str
    url: str | None = None
    origin: str | None = None
    authors: tuple[str, ...] = ()
    published: AwareDatetime | None = None
    published_precision: Precision | None = None
    published_said: str | None = None
    updated: AwareDatetime | None = None
    language: str | None = None
    captured: AwareDatetime | None = None

    @cached_property
    def digest(self) -> str:
        """The version: changes when title or text do."""
        return sha(self.title, self.text)


def article_id(*, url: str | None, outlet: str, title: str, day: str = "") -> str:
    """Identity of an article: its canonical address, or outlet, title and day where it has none."""
    return sha("url", url) if url else sha("name", outlet.casefold(), title.casefold(), day)


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact slice of an article's text: `article.text[start:end] == text`."""

    id: str
    article_id: str
    version: str
    ordinal: int
    start: int
    end: int
    text: str


class Filter(Frozen):
    """Which articles may answer. `since` and `until` are days, both included, by publication date."""

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.outlets or self.since or self.until)

    @property
    def names(self) -> list[str]:
        """The outlets as they are compared: without regard to case."""
        return [outlet.casefold() for outlet in self.outlets]

    @property
    def first(self) -> int | None:
        """The first second let through, since 1970."""
        return None if self.since is None else _midnight(self.since)

    @property
    def last(self) -> int | None:
        """The last second let through, since 1970."""
        return None if self.until is None else _midnight(self.until) + 86_399


EVERYTHING = Filter()
EARLIEST, LATEST = -(2**40), 2**40  # seconds since 1970, far outside every newspaper


class Outcome(Frozen):
    """What became of one page, or of one article of it, and why."""

    status: Status
    source: str
    item: str = ""
    reason: str = ""
    article_id: str | None = None
    title: str = ""


class Progress(Frozen):
    """How far a run is, in pages; `total` is None while the sources are still being counted."""

    done: int
    total: int | None
    place: str = ""


class Report(Frozen):
    """The outcomes of one run. `counts` is there for readers of the JSON; it follows from the outcomes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    outcomes: tuple[Outcome, ...] = ()
    passages_embedded: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    @computed_field  # type: ignore[prop-decorator]
    @property
    def counts(self) -> dict[Status, int]:
        tally = Counter(outcome.status for outcome in self.outcomes)
        return {status: tally[status] for status in STATUSES}
