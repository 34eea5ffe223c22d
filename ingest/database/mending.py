"""Broken rows put right from the other rows of the same database, as far as these allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ingest.database.rows import BrokenRow, Row, Rows, article_of, is_whole
from ingest.database.store import listed_columns
from ingest.database.tables import checksum
from ingest.types import Article

_OF_ARTICLES = ("passages", "sketches", "stories")


@dataclass
class Mending:
    """What became of broken rows.

    mended  what is as it was, or will be once passages are cut and embedded again
    lost    what cannot be had from the database
    recut   the articles whose passages have to be made again
    gone    the passages that articles had, by their ids
    """

    mended: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    recut: set[str] = field(default_factory=set)
    gone: dict[str, list[str]] = field(default_factory=dict)


def mend_rows(sql: Rows, broken: Iterable[BrokenRow]) -> Mending:
    """Put rows right, within the transaction of the connection."""
    done = Mending()
    touched, embeddings = set[str](), Counter[str]()
    for row in broken:
        if row.part in ("embedding", "sentences"):
            for table in ("embeddings", "sentence_embeddings"):
                sql.execute(f"DELETE FROM {table} WHERE key = ? AND model = ?", (row.key, row.version))  # noqa: S608
            embeddings[row.key] += 1
            continue
        touched.add(row.key)
        if row.part in ("record", "text"):
            _mend_version(sql, row, done)
    if embeddings:
        done.mended.append(f"embeddings of {len(embeddings)} texts that had changed on the disk")
    for article_id in sorted(touched | set(_parted(sql))):
        _settle(sql, article_id, done)
    sql.log(done.gone)
    _drop_orphans(sql)
    return done


def _mend_version(sql: Rows, broken: BrokenRow, done: Mending) -> None:
    """Keep a version whose title and text are whole, with what is known of it; else drop it."""
    here = (broken.key, broken.version)
    row = sql.execute("SELECT * FROM versions WHERE article_id = ? AND digest = ?", here).fetchone()
    listed = sql.execute("SELECT * FROM articles WHERE id = ?", (broken.key,)).fetchone()
    article = _from_record(row) or (_from_list(row, listed) if listed else None)
    if article is None:
        sql.execute("DELETE FROM versions WHERE article_id = ? AND digest = ?", here)
        done.lost.append(f"version {broken.version} of article {broken.key}: its text has changed on the disk")
        return
    record = article.model_dump_json(exclude={"text"})
    change = (record, checksum(record), *here)
    sql.execute("UPDATE versions SET record = ?, checksum = ? WHERE article_id = ? AND digest = ?", change)
    done.lost.append(f"bylines, dates or other details of article {broken.key} (“{article.title}”) may be wrong")


def _from_record(row: Row) -> Article | None:
    article = article_of(row)
    return article.model_copy(update={"id": row["article_id"]}) if article and is_whole(row) else None


def _from_list(row: Row, listed: Row) -> Article | None:
    """The article with what the list of articles says of it, where that is the version's own title."""
    published = None if listed["published"] is None else datetime.fromtimestamp(listed["published"], UTC)
    known = {"id": row["article_id"], "text": row["text"], "published": published}
    try:
        article = Article(**known, **{name: listed[name] for name in ("title", "outlet", "url")})
        return article if article.digest == row["digest"] else None
    except (ValueError, TypeError):
        return None


def _parted(sql: Rows) -> Iterator[str]:
    """Articles that are not in the list, or are there without any version."""
    query = (
        "SELECT article_id AS id FROM versions WHERE article_id NOT IN (SELECT id FROM articles) UNION "
        "SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM versions)"
    )
    yield from (row["id"] for row in sql.execute(query).fetchall())


def _settle(sql: Rows, article_id: str, done: Mending) -> None:
    """See that an article has a whole version as its current one; let the article go where it has none."""
    rows = sql.execute("SELECT * FROM versions WHERE article_id = ? ORDER BY seen", (article_id,)).fetchall()
    listed = sql.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
    whole = {row["digest"]: article for row in rows if row["state"] == "ready" and (article := _from_record(row))}
    if not rows:
        _lose(sql, article_id, listed, done)
        return
    if not whole:  # only a version that was not finished yet
        return
    current = listed["version"] if listed and listed["version"] in whole else list(whole)[-1]
    article = whole[current]
    row = {"id": article_id, "version": current, "added": int(rows[0]["seen"]), **listed_columns(article)}
    if listed:
        row |= {"added": listed["added"], "removing": listed["removing"]}
    names, places = ", ".join(row), ", ".join("?" * len(row))
    if listed:
        changed = ", ".join(f"{name} = ?" for name in row)
        sql.execute(f"UPDATE articles SET {changed} WHERE id = ?", (*row.values(), article_id))  # noqa: S608
    else:
        sql.execute(f"INSERT INTO articles ({names}) VALUES ({places})", tuple(row.values()))  # noqa: S608
    _let_passages_go(sql, article_id, done)
    done.recut.add(article_id)
    done.mended.append(f"article {article_id} (“{article.title}”)")


def _lose(sql: Rows, article_id: str, listed: Row | None, done: Mending) -> None:
    """Let an article go, and forget what was read of its pages, so that its sources give it again."""
    read = sql.execute("SELECT source FROM outcomes WHERE article_id = ?", (article_id,)).fetchall()
    places = [row["source"] for row in read]
    pages = "SELECT page FROM outcomes WHERE article_id = ?"
    sql.execute(f"DELETE FROM outcomes WHERE page IN ({pages})", (article_id,))  # noqa: S608
    _let_passages_go(sql, article_id, done)
    for table in _OF_ARTICLES:
        sql.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))  # noqa: S608
    sql.execute("DELETE FROM likenesses WHERE ? IN (first, second)", (article_id,))
    sql.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    named = f" (“{listed['title']}”, {listed['outlet']})" if listed else ""
    source = f"; dateline reindex reads {places[0]} again" if places else ""
    done.lost.append(f"article {article_id}{named}{source}")


def _let_passages_go(sql: Rows, article_id: str, done: Mending) -> None:
    mine = "FROM passages WHERE article_id = ?"
    done.gone[article_id] = [row["id"] for row in sql.execute(f"SELECT id {mine}", (article_id,)).fetchall()]
    sql.execute(f"DELETE {mine}", (article_id,))


def _drop_orphans(sql: Rows) -> None:
    for table in _OF_ARTICLES:
        sql.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT id FROM articles)")  # noqa: S608
    sql.execute("DELETE FROM shingles WHERE number NOT IN (SELECT number FROM sketches)")  # a new sketch may get it
    missing = "NOT IN (SELECT id FROM articles)"
    sql.execute(f"DELETE FROM likenesses WHERE first {missing} OR second {missing}")  # noqa: S608
