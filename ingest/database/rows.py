"""The rows of a database against what they are made from: texts and their digests, records, passages, embeddings."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import ValidationError
from pydantic_core import from_json

from ingest.database.store import is_unchanging, listed_columns
from ingest.database.tables import checksum
from ingest.embedding.chunk import embedding_key
from ingest.types import Article, sha

Row = sqlite3.Row | Mapping[str, Any]


class Rows(Protocol):
    """Runs statements as SQLite has them, with ? for values, and gives rows by the names of their columns."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Any: ...

    def log(self, gone: Mapping[str, Iterable[str]]) -> None:
        """Note which passages of articles are gone, by the article's id: see `ingest.database.change_log`."""


class FileRows(sqlite3.Connection):
    def log(self, gone: Mapping[str, Iterable[str]]) -> None:
        """A file has one owner, whose indexes change with it."""


Part = Literal["text", "record", "listing", "passages", "embedding", "sentences"]


@dataclass(frozen=True)
class BrokenRow:
    """A row that is not as it was written.

    part     what of the archive it holds
    key      the article's id; of an embedding its key
    version  the digest of the version, where the row belongs to one; of an embedding its model
    """

    part: Part
    key: str
    version: str = ""

    def __str__(self) -> str:
        return f"the {_NAMED[self.part]} {self.key}"


_NAMED = {
    "text": "text of article",
    "record": "byline, date or another detail of article",
    "listing": "entry in the list of articles of",
    "passages": "passages of article",
    "embedding": "embedding",
    "sentences": "embeddings of sentences",
}


def connect(path: Path, *, writing: bool = False) -> FileRows:
    """A connection that reads whatever bytes stand in a text; what is no UTF-8 becomes lone surrogates."""
    how = "mode=rw" if writing else f"mode=ro&immutable={int(is_unchanging(path))}"
    place = f"{path.absolute().as_uri()}?{how}"
    sql = sqlite3.connect(place, uri=True, factory=FileRows)
    sql.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    sql.row_factory = sqlite3.Row
    return sql


def integrity(sql: sqlite3.Connection) -> list[str]:
    """What SQLite's own check finds, at most twenty lines."""
    return [line for (line,) in sql.execute("PRAGMA integrity_check(20)") if line != "ok"]


def orphans(sql: sqlite3.Connection) -> list[str]:
    """The tables with rows that refer to nothing."""
    counts = Counter(row[0] for row in sql.execute("PRAGMA foreign_key_check"))
    return [f"{count} rows of {table} refer to nothing" for table, count in counts.items()]


def broken_rows(sql: Rows) -> Iterator[BrokenRow]:
    """Every row whose content and digest contradict each other."""
    yield from _broken_versions(sql)
    yield from _broken_listings(sql)
    yield from _broken_embeddings(sql, "embeddings", "vector", "embedding")
    yield from _broken_embeddings(sql, "sentence_embeddings", "vectors", "sentences")


def _broken_versions(sql: Rows) -> Iterator[BrokenRow]:
    for row in sql.execute("SELECT * FROM versions"):
        article = article_of(row)
        key, version = row["article_id"], row["digest"]
        if article is None or article.id != key or _noted(row) not in (None, _checksum(row["record"])):
            yield BrokenRow("record", key, version)
        elif not is_whole(row):
            yield BrokenRow("text", key, version)
        elif row["state"] == "ready" and not _passages_fit(sql, article):
            yield BrokenRow("passages", key, version)


def _broken_listings(sql: Rows) -> Iterator[BrokenRow]:
    """Articles whose columns are not those of their current version, or whose version is not there."""
    for row in sql.execute("SELECT * FROM articles WHERE version IS NOT NULL"):
        wanted = (row["id"], row["version"])
        found = sql.execute("SELECT * FROM versions WHERE article_id = ? AND digest = ?", wanted).fetchone()
        article = article_of(found) if found else None
        if article is None or any(row[name] != value for name, value in listed_columns(article).items()):
            yield BrokenRow("listing", row["id"], row["version"])


def _broken_embeddings(sql: Rows, table: str, content: str, part: Part) -> Iterator[BrokenRow]:
    for row in sql.execute(f"SELECT * FROM {table}"):  # noqa: S608
        if _noted(row) not in (None, checksum(row[content])):
            yield BrokenRow(part, row["key"], row["model"])


def article_of(row: Row) -> Article | None:
    """The article that a row of `versions` holds; None where its record cannot be read."""
    try:
        return Article.model_validate({**from_json(row["record"]), "text": row["text"]})
    except (ValueError, TypeError, ValidationError):
        return None


def is_whole(row: Row) -> bool:
    """Whether title and text are those that the digest is of."""
    article = article_of(row)
    try:
        return article is not None and article.digest == row["digest"]
    except UnicodeEncodeError:
        return False


def _noted(row: Row) -> int | None:
    """The checksum that was kept of a row; None where an earlier Dateline kept none."""
    return row["checksum"] if "checksum" in row.keys() else None  # noqa: SIM118


def _checksum(record: str) -> int:
    return checksum(record.encode("utf-8", "surrogateescape"))


def _passages_fit(sql: Rows, article: Article) -> bool:
    """Whether the passages of a current version are slices of its text, in order, with nothing between them."""
    wanted = (article.id, article.digest)
    if not sql.execute("SELECT 1 FROM articles WHERE id = ? AND version = ?", wanted).fetchone():
        return True
    rows = sql.execute("SELECT * FROM passages WHERE article_id = ? AND version = ? ORDER BY ordinal", wanted)
    seen: Counter[str] = Counter()
    end = 0
    for number, row in enumerate(rows):
        text = article.text[row["start"] : row["end"]]
        named = sha(article.id, article.title, text, str(seen[text]), length=20)
        seen[text] += 1
        said = (row["id"], row["ordinal"], row["embedding"])
        if said != (named, number, embedding_key(article.title, text)) or article.text[end : row["start"]].strip():
            return False
        end = row["end"]
    return not article.text[end:].strip()
