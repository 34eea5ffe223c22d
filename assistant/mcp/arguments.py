"""What the tools take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assistant.types import Filter, ListOrder, SearchOrder
from ingest.types import CollectionName, Day, Frozen, OutletName


class Narrowed(Frozen):
    """Which articles count.

    outlets     only articles of these outlets
    since       published on this day or later, such as 2026-11-01
    until       published on this day or earlier
    collection  only articles of this collection, which the user has made
    """

    outlets: Annotated[tuple[OutletName, ...], Field(max_length=100)] = ()
    since: Day | None = None
    until: Day | None = None
    collection: CollectionName | None = None

    @property
    def filters(self) -> Filter:
        """Raises ValidationError for days in the wrong order."""
        return Filter(outlets=self.outlets, since=self.since, until=self.until, collection=self.collection)


class AskArguments(Narrowed):
    """A question.

    question         one question in plain language
    conversation_id  a name of your choice for a conversation: questions of one name are kept, and follow-ups such as
                     "and when?" are understood; without one the question stands alone and is not kept
    outlets          only articles of these outlets may answer
    read_filters     also apply outlets and times that the question names
    order            best match first, or newest first; by default as the question says
    strict           leave out sentences that the articles support only in part, instead of marking them
    top_k            how many articles the answer may use
    """

    question: Annotated[str, Field(min_length=1, max_length=2000)]
    conversation_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    read_filters: bool = True
    order: SearchOrder | None = None
    strict: bool = False
    top_k: Annotated[int, Field(ge=1, le=50)] | None = None


class SearchArguments(Narrowed):
    """What to search for.

    query  words, a name or a sentence
    order  best match first, or newest first
    limit  how many results
    """

    query: Annotated[str, Field(min_length=1, max_length=2000)]
    order: SearchOrder = "relevance"
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class ReadArguments(Frozen):
    """Which article, and which part of its text.

    article_id  as a citation, a search result or a list names it
    version     the version that a citation names; by default the current one
    start       offset of the first character to read
    end         offset after the last one; by default the end of the text
    """

    article_id: Annotated[str, Field(min_length=1, max_length=64)]
    version: Annotated[str, Field(max_length=64)] | None = None
    start: Annotated[int, Field(ge=0)] = 0
    end: Annotated[int, Field(ge=0)] | None = None


class ListArguments(Frozen):
    """Which articles to list.

    text        words of the title or outlet
    outlet      only articles of this outlet
    collection  only articles of this collection, which the user has made
    order       latest publication first, or latest ingested first
    """

    text: Annotated[str, Field(max_length=200)] = ""
    outlet: Annotated[str, Field(max_length=200)] = ""
    collection: CollectionName | None = None
    order: ListOrder = "published"
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=10**9)] = 0


class GivenArticle(Frozen):
    """An article that you hold.

    outlet     who published it
    published  day or time of publication in ISO 8601, if it is known
    """

    title: Annotated[str, Field(min_length=1, max_length=1000)]
    text: Annotated[str, Field(min_length=1, max_length=500_000)]
    outlet: Annotated[str, Field(max_length=200)] | None = None
    url: Annotated[str, Field(max_length=2000)] | None = None
    published: Annotated[str, Field(max_length=40)] | None = None


class IngestArguments(Frozen):
    """What to ingest.

    sources   links, and absolute paths of files and folders on the machine of the archive; they are remembered
    articles  articles of which you hold the text
    """

    sources: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=4096)], ...], Field(max_length=100)] = ()
    articles: Annotated[tuple[GivenArticle, ...], Field(max_length=100)] = ()


class NoArguments(Frozen):
    """Nothing."""


class FeedsArguments(Frozen):
    """What to do before the subscriptions are listed.

    add     web addresses of feeds to subscribe to
    remove  web addresses of feeds to unsubscribe from; their articles stay
    check   check the feeds and ingest what is new
    """

    add: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    remove: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    check: bool = False
