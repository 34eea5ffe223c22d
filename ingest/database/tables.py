"""The tables of the SQL store."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    false,
)

from ingest.database.engines.columns import Large, String, Text

metadata = MetaData()


def checksum(content: str | bytes) -> int:
    """CRC-32 of what a row holds: by it the doctor sees that a bit of it has changed on the disk."""
    return zlib.crc32(content.encode() if isinstance(content, str) else content)


def _of(name: str) -> Callable[[Any], int]:
    return lambda context: checksum(context.get_current_parameters()[name])


# `version` is the digest of the current version; it is empty until the first one is ready.
articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", String),
    Column("outlet", String, nullable=False),
    Column("folded_outlet", String, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("published", Large, index=True),
    Column("day", Large, index=True),
    Column("added", Large, nullable=False),
    Column("removing", Boolean, nullable=False, server_default=false()),
)

# `record` is the Article as JSON without its text, and `checksum` is of that; title and text have the digest.
# `seen` has fractions of a second, for the order of the versions.
versions = Table(
    "versions",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("digest", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
    Column("record", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("seen", Float, nullable=False),
    Column("checksum", Large, default=_of("record")),
    Index("versions_by_digest", "digest"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("embedding", String, nullable=False, index=True),
    Index("passages_of_article", "article_id", "version", "ordinal"),
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("key", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Column("checksum", Large, default=_of("vector")),
)

# Of the sentences of a passage, in their order, four bits a value: ingest/database/embeddings.py.
sentence_embeddings = Table(
    "sentence_embeddings",
    metadata,
    Column("key", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("vectors", LargeBinary, nullable=False),
    Column("checksum", Large, default=_of("vectors")),
)

# Passages that are found by their words alone so far; `published` is that of their article, the newest come first.
awaiting = Table(
    "awaiting",
    metadata,
    Column("passage", String, primary_key=True),
    Column("published", Large),
    Index("awaiting_by_age", "published", "passage"),
)

# `mapping` is a JSON list, null where no fields are mapped.
sources = Table(
    "sources",
    metadata,
    Column("address", Text, primary_key=True),
    Column("kind", String, nullable=False),
    Column("captured", String),
    Column("mapping", Text),
    Column("added", Large, nullable=False),
)

# The last answer of a link that had content. It is asked for again under conditions only while the journal holds what
# became of it: `digest` is that of its page.
fetches = Table(
    "fetches",
    metadata,
    Column("url", Text, primary_key=True),
    Column("final_url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("digest", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("at", Large, nullable=False),
)

# What became of the page at each place, and of the articles on it, the last time it was looked at. `page` is the
# digest of its bytes, `version` that of the article's text.
outcomes = Table(
    "outcomes",
    metadata,
    Column("source", Text, primary_key=True),
    Column("item", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("page", String, nullable=False, index=True),
    Column("status", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("article_id", String, index=True),
    Column("version", String),
    Column("title", Text, nullable=False),
    Column("at", Large, nullable=False),
)

# Files that were read to their end: `stamp` is that of ingest/sources/seen.py, `outcomes` how many there were.
seen_files = Table(
    "seen_files",
    metadata,
    Column("source", Text, primary_key=True),
    Column("stamp", String, nullable=False),
    Column("outcomes", Integer, nullable=False),
)

# Articles that went: looking at a source again does not bring them back. `reason` is null where their user took them
# out; else their time was over.
removed = Table(
    "removed",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("at", Large, nullable=False),
    Column("reason", Text),
)

# Further names of articles, beside their ids: see ingest/identity/identities.py.
names = Table(
    "names",
    metadata,
    Column("name", String, primary_key=True),
    Column("article_id", String, nullable=False),
)

# Subscriptions. `etag`, `modified` and `answered` (the address that gave them) are kept only once everything that the
# answer held is safe; `due` is empty for a feed that is gone for good.
feeds = Table(
    "feeds",
    metadata,
    Column("address", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("added", Large, nullable=False),
    Column("checked", Large),
    Column("last_new", Large),
    Column("failing_since", Large),
    Column("failures", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("answered", Text),
    Column("due", Large),
)

# What was taken from feeds: `digest` of what the feed said then. `due` is when to try again what failed.
feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("key", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("article_id", String),
    Column("taken", Large, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("due", Large),
)

# By what alike articles are found: of each article a sample of its shingles, as rows of `shingles`. `version` is the
# text they are of, and the way in which they were drawn; `hashes` are the same numbers again, to find the rows by.
sketches = Table(
    "sketches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, unique=True),
    Column("version", String, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)

shingles = Table(
    "shingles",
    metadata,
    Column("hash", Large, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

# Pairs of articles, `first` before `second` by id; `kind` is "copy" or "story".
likenesses = Table(
    "likenesses",
    metadata,
    Column("first", ForeignKey("articles.id"), primary_key=True),
    Column("second", ForeignKey("articles.id"), primary_key=True),
    Column("kind", String, nullable=False),
    Index("likenesses_of_second", "second"),
)

# What follows from the pairs: `copy_of` is the article that is cited for its copies, NULL for that article itself.
stories = Table(
    "stories",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("story_id", String, nullable=False, index=True),
    Column("copy_of", String, index=True),
)

# Conversations: `title` is null until somebody names one, `opening` is its first question, `folded` its title as
# it is searched for. `began` and `updated` have fractions of a second, for their order.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text),
    Column("opening", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("began", Float, nullable=False),
    Column("updated", Float, nullable=False),
    Index("conversations_by_age", "updated", "id"),
)

# Each answer with its question, as JSON.
turns = Table(
    "turns",
    metadata,
    Column("conversation", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("answer", Text, nullable=False),
    Column("at", Large, nullable=False),
)

# Keys for the service. The database knows only a digest of their secrets. `scope` is "read", "write" or "admin", and
# `per_minute` a limit of its own. A key that was revoked stays: the log names it.
keys = Table(
    "keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("scope", String, nullable=False),
    Column("per_minute", Integer),
    Column("created", Large, nullable=False),
    Column("expires", Large),
    Column("used", Large),
    Column("revoked", Large),
)

# The words of each turn as they are searched for, apart from its answer, so that a search reads little.
turn_words = Table(
    "turn_words",
    metadata,
    Column("conversation", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("folded", Text, nullable=False),
)

# Names for sets of articles, compared as `folded`.
collections = Table(
    "collections",
    metadata,
    Column("folded", String, primary_key=True),
    Column("name", Text, nullable=False),
)

# `kind` is "article", "source", "feed" or "outlet", `value` its id, its address, or its name as `folded_outlet`.
collection_members = Table(
    "collection_members",
    metadata,
    Column("collection", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("value", Text, primary_key=True),
)

# For how many days the articles of a source, feed or collection are kept. `value` is the address, or the collection's
# `folded`.
retention = Table(
    "retention",
    metadata,
    Column("kind", String, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("days", Integer, nullable=False),
)

# Ingest jobs. `request` says what is to be done, `record` how far that is, both as JSON.
jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
    Column("created", Float, nullable=False),
    Column("request", Text, nullable=False),
    Column("record", Text, nullable=False),
)

# Files that jobs were handed, in parts, where the process that runs a job may be on another machine.
job_files = Table(
    "job_files",
    metadata,
    Column("job", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

# What is known of a database that several may work on: "id", the mark of this one; "made_with", the manifest of its
# archive, once there is one; "moved_from", where it was moved from. Empty in a file that has its manifest beside it.
facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# What changed, in the order in which it was committed, for the indexes of those who share a database: an article, and
# its passages that are gone, as a JSON list.
changes = Table(
    "changes",
    metadata,
    Column("number", Large, primary_key=True, autoincrement=False),
    Column("article_id", String, nullable=False),
    Column("gone", Text, nullable=False),
)
