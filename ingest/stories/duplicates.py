"""Near-duplicates: which articles of the archive are alike, found by samples of their shingles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, func, insert, literal, or_, select

from ingest.database.engines.dialects import insert_new
from ingest.database.passage_rows import rows_among, slices
from ingest.database.tables import articles, likenesses, shingles, sketches, versions
from ingest.stories.likeness import Kind, Reading, relation
from ingest.stories.shingles import SAMPLER, sample
from ingest.types import Article

COMMON = 100  # articles; a shingle that so many share is furniture of their pages, and is kept of no further one
IN_COMMON = 3  # sampled shingles that make a candidate


@dataclass(frozen=True)
class _Sampled:
    """An article that is being placed: its number in the tables, and its sample."""

    number: int
    reading: Reading
    hashes: tuple[int, ...]


def find(sql: Connection, batch: Sequence[Article]) -> dict[str, dict[str, Kind]]:
    """For each article those that it is a copy of or in one story with; keeps samples for those that come later."""
    held = _Held(sql, batch)
    likely = {one.reading.article.id: held.likely(one) for one in held.sampled}
    readings = {one.number: one.reading for one in held.sampled}
    missing = {number for numbers in likely.values() for number in numbers} - readings.keys()
    readings |= {number: Reading(article) for number, article in _of_numbers(sql, sorted(missing)).items()}
    held.keep(sql)
    found: dict[str, dict[str, Kind]] = {}
    for one in held.sampled:
        others = (readings[number] for number in likely[one.reading.article.id] if number in readings)
        kinds = ((other.article.id, relation(one.reading, other)) for other in others)
        found[one.reading.article.id] = {other: kind for other, kind in kinds if kind}
    return found


class _Held:
    """Which articles have which shingle, with those of the batch as they come in."""

    def __init__(self, sql: Connection, batch: Sequence[Article]) -> None:
        first = (sql.execute(select(func.max(sketches.c.number))).scalar() or 0) + 1
        readings = [Reading(article) for article in batch]
        self.sampled = [_Sampled(first + n, one, tuple(sample(one.words))) for n, one in enumerate(readings)]
        self._numbers: dict[int, list[int]] = {}
        self._kept: dict[int, list[int]] = {}
        for some in slices(sorted({value for one in self.sampled for value in one.hashes})):
            for value, number in sql.execute(select(shingles).where(shingles.c.hash.in_(some))):
                self._numbers.setdefault(value, []).append(number)

    def likely(self, one: _Sampled) -> list[int]:
        """The numbers of the articles that share most of the sample; this one is held from here on.

        A text of which hardly anything is its own is a copy of many, or nothing but furniture.
        """
        own = [value for value in one.hashes if len(self._numbers.get(value, ())) < COMMON]
        counted = own if len(own) >= IN_COMMON else one.hashes
        in_common = Counter(number for value in counted for number in self._numbers.get(value, ()))
        self._kept[one.number] = own
        for value in own:
            self._numbers.setdefault(value, []).append(one.number)
        enough = min(IN_COMMON, max(1, len(counted)))
        return [number for number, count in in_common.most_common() if count >= enough]

    def keep(self, sql: Connection) -> None:
        rows = [
            {
                "number": one.number,
                "article_id": one.reading.article.id,
                "version": sampled(one.reading.article.digest),
                "hashes": np.array(self._kept[one.number], np.int64).tobytes(),
            }
            for one in self.sampled
        ]
        sql.execute(insert(sketches), rows)
        values = [{"hash": value, "number": number} for number, own in self._kept.items() for value in own]
        if values:
            sql.execute(insert(shingles), values)


def _of_numbers(sql: Connection, numbers: Sequence[int]) -> dict[int, Article]:
    query = select(sketches.c.number, sketches.c.article_id)
    rows = rows_among(sql, query, sketches.c.number, numbers)
    held = current(sql, [row.article_id for row in rows])
    return {row.number: held[row.article_id] for row in rows if row.article_id in held}


def sampled(version: Any) -> Any:
    """The mark kept with a sample: how it was drawn, and of which version; of a column, the SQL expression."""
    return f"{SAMPLER}:" + version


def current(sql: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """The articles of these ids in their current versions."""
    query = select(versions).join(articles).where(versions.c.digest == articles.c.version)
    rows = rows_among(sql, query, articles.c.id, ids)
    return {row.article_id: Article.model_validate({**json.loads(row.record), "text": row.text}) for row in rows}


def forget(sql: Connection, article_id: str) -> set[str]:
    """Drop the sample and the pairs of an article; returns the others of the pairs."""
    row = sql.execute(select(sketches).where(sketches.c.article_id == article_id)).first()
    if row is None:
        return set()
    mine = shingles.c.hash.in_(np.frombuffer(row.hashes, np.int64).tolist()) & (shingles.c.number == row.number)
    sql.execute(delete(shingles).where(mine))
    sql.execute(delete(sketches).where(sketches.c.number == row.number))
    others = {other for other, _ in neighbours(sql, [article_id])}
    paired = or_(likenesses.c.first == article_id, likenesses.c.second == article_id)
    sql.execute(delete(likenesses).where(paired))
    return others


def keep_pairs(sql: Connection, pairs: Mapping[tuple[str, str], Kind]) -> None:
    """Keep the pairs of ids, whichever of the two is named first."""
    rows = [{"first": min(pair), "second": max(pair), "kind": kind} for pair, kind in pairs.items()]
    if rows:
        sql.execute(insert_new(sql, likenesses), rows)


def neighbours(sql: Connection, ids: Sequence[str], *, copies: bool = False) -> list[tuple[str, str]]:
    """(other, one of these) for each pair that one of these is in; only copies, or also the stories."""
    pairs = select(likenesses.c.second, likenesses.c.first).where(likenesses.c.first.in_(ids))
    turned = select(likenesses.c.first, likenesses.c.second).where(likenesses.c.second.in_(ids))
    if copies:
        pairs, turned = (query.where(likenesses.c.kind == literal("copy")) for query in (pairs, turned))
    return [(row[0], row[1]) for query in (pairs, turned) for row in sql.execute(query)]
