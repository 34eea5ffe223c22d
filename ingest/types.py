"""The values that move through an ingest: page, article, passage, outcome, report."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    computed_field,
    model_validator,
)
from pydantic.config import JsonDict

from ingest.address import page_of
from ingest.described import of_class, summary
from ingest.status import Status

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Precision = Literal["second", "minute", "hour", "day", "month", "year"]

ListOrder = Literal["published", "added"]

READING = "2"  # another one where pages are read so differently that those of the archive should be read again

SLACK = timedelta(days=1)  # how far clocks and zones may differ


def sha(*parts: str | bytes, length: int = 16) -> str:
    """Hexadecimal digest of the parts, kept apart from one another; `length` characters of SHA-256."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:length]


def midnight(day: date) -> int:
    """A day as seconds since 1970, as the archive keeps it."""
    return int(datetime.combine(day, time(), UTC).timestamp())


class Frozen(BaseModel):
    """A value that crosses disk or wire: unchangeable, and no field that is not its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the value, each field with what the docstring says of it."""
        schema = handler(core)
        described = handler.resolve_ref_schema(schema)
        if cls.__dict__.get("__doc__"):
            described["description"] = summary(cls.__doc__ or "")
        for name, words in of_class(cls).items():
            if name in described.get("properties", {}):
                described["properties"][name]["description"] = words
        return schema


@dataclass(frozen=True)
class EntryNames:
    """What an entry is known by among those of its feed, as ids; each but the first may be empty.

    text  by all that it says
    said  by its page, headline and time; empty where another entry says the same and has another text
    own   by its guid, or its part of a page
    """

    text: str
    said: str = ""
    own: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """The surest first."""
        return tuple(name for name in (self.own, self.said, self.text) if name)


@dataclass(frozen=True)
class Told:
    """What a feed said of the page behind one of its entries; it counts only where the page itself is silent.

    published, updated  in words that `extract.dates` reads
    url                 the entry's address, also where that is a whole site's
    guid                what the feed knows the entry by; empty where that does not tell it from others
    entry               the names of the entry among those of its feed
    apart               its address is also that of other entries, or of a whole site
    excerpt             the page is no more than the feed's summary
    foreign             the feed, and not the site it names, is where the text comes from: its address is a claim
    note                why the page is not all that it could be; becomes part of the outcome's reason
    """

    title: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    guid: str = ""
    entry: EntryNames | None = None
    apart: bool = False
    excerpt: bool = False
    foreign: bool = False
    note: str = ""
    url: str | None = None


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
    told        what the feed that led to the page says of it
    mapping     which field of a record is what, where its names do not tell: "title=kop"
    otherwise   what the feed that led to the page says, for when it holds no article or another one
    """

    source: str
    content: bytes
    media_type: str
    item: str = ""
    url: str | None = None
    captured: datetime | None = None
    charset: str = ""
    told: Told | None = None
    mapping: tuple[str, ...] = ()
    otherwise: Page | None = None

    @cached_property
    def digest(self) -> str:
        """Identity of what would be extracted: the same digest gives the same articles."""
        return self._digest(READING)

    @property
    def earlier_digest(self) -> str:
        """The digest that an earlier Dateline gave these bytes, before there were several ways to read them."""
        return self._digest()

    def _digest(self, *reading: str) -> str:
        captured = self.captured.isoformat() if self.captured else ""
        told = [repr(self.told)] if self.told else []
        told += [self.otherwise.digest] if self.otherwise else []
        place = (*reading, self.media_type, self.charset, self.url or "", captured)
        return sha(*place, self.content, *self.mapping, *told, length=32)

    @property
    def place(self) -> str:
        return f"{self.source} {self.item}".rstrip()


class Article(Frozen):
    """One piece of news as it was printed.

    url                  its canonical address
    origin               the agency or outlet that wrote it, if the article states one
    authors              the people named in the byline
    published            null where no publication date is known
    published_precision  how exactly the publication time is known
    published_said       the page's own words for a time that gives no date: "21 minutes ago"
    updated              when the page says it was last changed
    language             the language of the text, such as "en"
    captured             when the page was saved; never used as `published`
    partial              why the text is incomplete, such as "only the free part"
    claims               the host that the page claims to belong to, if it was fetched from another one
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
    partial: str | None = None
    claims: str | None = None

    @property
    def dated(self) -> datetime | None:
        """The time of publication, if the page can have known it: not where it is later than the page."""
        known = self.published and (self.captured is None or self.published <= self.captured + SLACK)
        return self.published if known else None

    @property
    def day(self) -> int | None:
        """The day of publication as the page prints it, in its own time zone, as seconds since 1970."""
        return None if self.dated is None else midnight(self.dated.date())

    @cached_property
    def digest(self) -> str:
        """The version: changes when title or text do."""
        return sha(self.title, self.text)


def article_id(*, url: str | None, outlet: str, title: str, day: str = "") -> str:
    """Identity of an article: the page that its address names, or outlet, title and day where it has none."""
    page = page_of(url)
    return sha("page", page) if page else sha("name", outlet.casefold(), title.casefold(), day)


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


class Carrier(Frozen):
    """Another article with the same report: a copy, which confirms nothing."""

    article_id: str
    outlet: str
    title: str
    url: str | None = None


def folded_outlet(name: str) -> str:
    """The name of an outlet as it is compared: without regard to case, and to space around it."""
    return name.strip().casefold()


def _named(name: str) -> str:
    if not re.search(NAMED, name) or any("\ud800" <= sign <= "\udfff" for sign in name):
        raise ValueError("a name needs letters")
    return name


def _written(value: object) -> object:
    """A day or time written out: a number would be read as seconds since 1970, and is never meant so."""
    if isinstance(value, int | float) or (isinstance(value, str) and not _DAY.match(value)):
        raise ValueError("write it in ISO 8601, such as 2026-11-01")
    return value


def _number(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError("write a whole number, without quotation marks")
    return value


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Not white space alone, by the same signs in Python, ECMA 262 and Rust, which differ in what is white space.
NAMED = r"[^\s\u001c-\u001f\u0085\ufeff]"
_STATED: JsonDict = {"pattern": NAMED}  # in schemas; `_named` says it in words

OutletName = Annotated[str, Field(max_length=200, json_schema_extra=_STATED), AfterValidator(_named)]
CollectionName = Annotated[
    str, Field(max_length=100, json_schema_extra=_STATED), AfterValidator(_named), AfterValidator(str.strip)
]
Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
# As JSON has them: true and not "yes" or 1; 5 and not "5".
Flag = Annotated[bool, Strict()]
NUMBER = BeforeValidator(_number)


class Filter(Frozen):
    """Which articles may answer.

    outlets     names of outlets, without regard to case; none allows all
    since       published on this day or later
    until       published on this day or earlier
    collection  the name of a collection, without regard to case; null allows all
    """

    outlets: Annotated[tuple[OutletName, ...], Field(max_length=100)] = ()
    since: Day | None = None
    until: Day | None = None
    collection: CollectionName | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self

    def __bool__(self) -> bool:
        return bool(self.outlets or self.since or self.until or self.collection)

    @property
    def days(self) -> tuple[date | None, date | None]:
        return self.since, self.until

    @property
    def names(self) -> list[str]:
        """The outlets as they are compared."""
        return [*map(folded_outlet, self.outlets)]

    @property
    def first(self) -> int | None:
        """The first day let through, as `Article.day` tells it."""
        return None if self.since is None else midnight(self.since)

    @property
    def last(self) -> int | None:
        """The last day let through, as `Article.day` tells it."""
        return None if self.until is None else midnight(self.until)


EVERYTHING = Filter()
EARLIEST, LATEST = -(2**40), 2**40  # seconds since 1970, far outside every newspaper


MemberKind = Literal["article", "source", "feed", "outlet"]


class Member(Frozen):
    """What a collection holds: an article, what was read from a source, what a feed brought, or what an outlet wrote.

    value  the id of the article, the address of the source or feed, or the name of the outlet, without regard to case
    """

    kind: MemberKind
    value: Annotated[str, Field(min_length=1, max_length=4096)]


class Collection(Frozen):
    """A name for a set of articles.

    articles  how many articles of the archive it holds
    """

    name: str
    articles: int
    members: tuple[Member, ...] = ()


RetentionKind = Literal["source", "feed", "collection"]


class Retention(Frozen):
    """For how long the articles of a source, feed or collection are kept.

    value  the address of the source or feed, or the name of the collection
    days   from when the text of an article was last ingested
    due    how many articles the next run drops for this
    """

    kind: RetentionKind
    value: str
    days: int
    due: int = 0


class Subscription(Frozen):
    """A feed that is checked regularly.

    added          when it was subscribed to
    checked        when it was last checked
    last_new       when it last brought a new or changed article
    failing_since  when it began to fail; null while it works
    reason         why it fails, or that it has brought no article yet
    due            when it is checked next; null if it is gone for good
    """

    address: str
    title: str
    added: AwareDatetime
    checked: AwareDatetime | None = None
    last_new: AwareDatetime | None = None
    failing_since: AwareDatetime | None = None
    reason: str = ""
    due: AwareDatetime | None = None


class Outcome(Frozen):
    """What became of one page, or of one article in it.

    source      the file or address that the page came from
    item        its place in the source, such as "line 12"
    reason      why it was skipped or dropped, failed, or is incomplete
    article_id  the article that it became
    """

    status: Status
    source: str
    item: str = ""
    reason: str = ""
    article_id: str | None = None
    title: str = ""


class KeptOutcome(Outcome):
    """The last outcome of a page, as the archive keeps it.

    at  when that was
    """

    at: AwareDatetime


class Progress(Frozen):
    """How far a run is.

    done      finished pages; or passages, when the indexes are rebuilt
    total     how many there are, as far as is known: a link or feed counts as one until it is read; null while
              they are counted
    place     what is being worked on: a source, or a step in words
    embedded  passages embedded so far
    waiting   passages still to be embedded, while that goes on: all pages are done by then
    """

    done: int
    total: int | None
    place: str = ""
    embedded: int = 0
    waiting: int = 0


class Report(Frozen):
    """The outcomes of one run.

    interrupted       whether it was stopped before its end
    passages_waiting  how many passages are found by their words only so far
    counts            how many outcomes of each status
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    outcomes: tuple[Outcome, ...] = ()
    passages_embedded: int = 0
    passages_waiting: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    @computed_field  # type: ignore[prop-decorator]
    @property
    def counts(self) -> dict[Status, int]:
        tally = Counter(outcome.status for outcome in self.outcomes)
        return {status: tally[status] for status in get_args(Status)}
