"""What is asked of an archive."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from assistant.types.answer import Policy, SearchOrder
from assistant.types.conversations import ConversationId
from ingest.extract.record.mapping import MapLine
from ingest.key import Scope
from ingest.source_kind import ANYWHERE, SourceKind, looks_like_link
from ingest.types import NAMED, NUMBER, CollectionName, Filter, Flag, Frozen, Member, Moment, RetentionKind


class Said(Frozen):
    """A question that was asked before, and what was answered, as a client tells it.

    answer  its text; with or without marks such as [1]
    """

    question: Annotated[str, Field(min_length=1, max_length=2000)]
    answer: Annotated[str, Field(max_length=50_000)] = ""


class AskRequest(Frozen):
    """A question.

    conversation_id  the conversation to continue, or a new name to start one
    filters          which articles may answer
    collection       only articles of this collection may answer; short for `filters.collection`, and takes its place
    read_filters     also apply outlets and times that the question names, where `filters` sets none
    remember         keep the answer for follow-ups
    policy           mark sentences that are supported in part, or leave them out (strict); by default as the
                     service is configured
    order            best match first, or newest first; by default as the question says ("the latest on …")
    top_k            how many articles the answer may use; by default as the service is configured
    history          what was said before, oldest first, by a client that keeps the conversation itself; it takes the
                     place of what is stored
    """

    question: Annotated[str, Field(min_length=1, max_length=2000)]
    conversation_id: ConversationId | None = None
    filters: Filter = Filter()
    collection: CollectionName | None = None
    read_filters: Flag = True
    remember: Flag = True
    policy: Policy | None = None
    order: SearchOrder | None = None
    top_k: Annotated[int, Field(ge=1, le=50), NUMBER] | None = None
    history: Annotated[tuple[Said, ...], Field(max_length=100)] = ()

    @model_validator(mode="before")
    @classmethod
    def _among_the_filters(cls, given: object) -> object:
        """From here on the collection stands in one place."""
        if not isinstance(given, Mapping) or given.get("collection") is None:
            return given
        filters = given.get("filters", {})
        narrowed = filters.model_dump() if isinstance(filters, Filter) else filters
        if not isinstance(narrowed, Mapping):
            return given
        return {**given, "collection": None, "filters": {**narrowed, "collection": given["collection"]}}


def _elsewhere_too(address: str) -> str:
    """The service may run in another folder, or on another machine."""
    if not (looks_like_link(address) or PurePath(address).is_absolute()):
        raise ValueError("a source is an absolute path or a link")
    return address


class SourceRequest(Frozen):
    """Files and folders on the service's machine, and links, to ingest and remember.

    sources      absolute paths and links
    kind         what the sources are, if Dateline cannot tell
    captured_at  when the files were saved; for files and folders only
    map          which field of a record holds what, for files and folders only: "title=kop" reads the title from the
                 field kop, "outlet==De Krant" gives every record this outlet
    """

    sources: Annotated[
        tuple[Annotated[str, Field(json_schema_extra={"pattern": ANYWHERE}), AfterValidator(_elsewhere_too)], ...],
        Field(min_length=1, max_length=1000),
    ]
    kind: SourceKind = "auto"
    captured_at: Moment | None = None
    map: Annotated[tuple[MapLine, ...], Field(max_length=100)] = ()


class FeedRequest(Frozen):
    """Feeds to subscribe to.

    titles  their titles in the same order, if known
    """

    addresses: Annotated[
        tuple[str, ...], Field(min_length=1, max_length=5000, examples=[["https://harbourpost.example/rss.xml"]])
    ]
    titles: Annotated[tuple[str, ...], Field(max_length=5000)] = ()


class FeedCheckRequest(Frozen):
    """Which feeds to check.

    addresses  the feeds; none checks all
    due        leave out feeds that were checked recently
    minutes    time between two checks of a feed; by default as the service is configured
    """

    addresses: Annotated[tuple[str, ...], Field(max_length=5000)] = ()
    due: Flag = False
    minutes: Annotated[int, Field(ge=1, le=10_080), NUMBER] | None = None


class KeyRequest(Frozen):
    """A key to create.

    name        who or what will use it
    scope       read: ask, search and read articles; write: also ingest and remove them; admin: everything
    days        after how many days it ends by itself
    per_minute  how many requests it may make in a minute, instead of the service's own limit
    """

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=NAMED, examples=["laptop"])]
    scope: Scope = "read"
    days: Annotated[int, Field(ge=1, le=36_500), NUMBER] | None = None
    per_minute: Annotated[int, Field(ge=1, le=1_000_000), NUMBER] | None = None


class RetentionRequest(Frozen):
    """For how long to keep the articles of a source, feed or collection.

    value  the address of the source or feed, or the name of the collection
    days   from when the text of an article was last ingested
    """

    kind: RetentionKind
    value: Annotated[str, Field(min_length=1, max_length=4096)]
    days: Annotated[int, Field(ge=1, le=36_500), NUMBER]


_INTO_A_COLLECTION: JsonDict = {"name": "port", "add": [{"kind": "outlet", "value": "Harbour Post"}]}


class CollectionChange(Frozen):
    """Members to put into a collection, which is made where there is none, and to take out of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_INTO_A_COLLECTION]})

    name: CollectionName
    add: Annotated[tuple[Member, ...], Field(max_length=1000)] = ()
    remove: Annotated[tuple[Member, ...], Field(max_length=1000)] = ()
