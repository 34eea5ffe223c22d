"""One story counted once: the archive's articles by what they are copies of, and by what they go on from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, func, or_, select

from ingest.database.engines.dialects import insert_new
from ingest.database.passage_rows import let_in, shown, slices
from ingest.database.tables import articles, sketches, stories
from ingest.stories.duplicates import current, find, forget, keep_pairs, sampled
from ingest.stories.groups import join_story, name_originals, reachable, regroup
from ingest.types import Article, Carrier, Filter, Outcome

AT_ONCE = 50


class Stories:
    """The articles of a store by likeness; what is kept of it here is derived from their texts.

    The same articles give the same pairs whatever the order in which they come, with one exception: of a shingle that
    more than COMMON articles share only the first are kept.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def place(self, batch: Iterable[Article]) -> None:
        """Find what these articles are alike, in place of what was known of them; they are in the store already."""
        placed = {article.id: article for article in batch}
        if placed:
            with self.engine.begin() as sql:
                self._place(sql, placed)

    def _place(self, sql: Connection, placed: Mapping[str, Article]) -> None:
        again = sql.execute(select(sketches.c.article_id).where(sketches.c.article_id.in_(placed))).scalars().all()
        apart = {other for one in again for other in (one, *forget(sql, one))}
        found = find(sql, list(placed.values()))
        pairs = {(one, other): kind for one, others in found.items() for other, kind in others.items()}
        keep_pairs(sql, pairs)
        sql.execute(insert_new(sql, stories), [{"article_id": one, "story_id": one} for one in placed])
        for one, others in found.items():
            if others:
                join_story(sql, [one, *others])
        regroup(sql, apart)
        for one, others in found.items():
            if "copy" in others.values():
                name_originals(sql, sorted(reachable(sql, one, copies=True)))

    def missing(self) -> list[str]:
        """The articles of which nothing is known, or only of an earlier text, or by an earlier SAMPLER."""
        known = (sketches.c.article_id == articles.c.id) & (sketches.c.version == sampled(articles.c.version))
        query = select(articles.c.id).outerjoin(sketches, known).where(shown() & sketches.c.number.is_(None))
        with self.engine.connect() as sql:
            return list(sql.execute(query.order_by(articles.c.id)).scalars())

    def place_missing(self) -> int:
        """Place those that are missing; returns how many."""
        missing = self.missing()
        for start in range(0, len(missing), AT_ONCE):
            with self.engine.connect() as sql:
                some = current(sql, missing[start : start + AT_ONCE])
            self.place(some[key] for key in missing[start : start + AT_ONCE] if key in some)
        return len(missing)

    def forget(self, article_id: str) -> None:
        """Take an article out; its copies get another original."""
        with self.engine.begin() as sql:
            neighbours = forget(sql, article_id)
            sql.execute(delete(stories).where(stories.c.article_id == article_id))
            regroup(sql, neighbours)

    def originals(self, article_ids: Sequence[str]) -> dict[str, Carrier]:
        """The article that is cited in place of each that is a copy."""
        query = select(stories.c.article_id.label("copy"), *_CARRIED)
        query = query.join(articles, (articles.c.id == stories.c.copy_of) & shown())
        with self.engine.connect() as sql:
            rows = [row for some in slices(article_ids) for row in sql.execute(query.where(_among(some))).mappings()]
        return {row["copy"]: _carrier(row) for row in rows}

    def groups(self, article_ids: Sequence[str]) -> dict[str, tuple[Carrier, ...]]:
        """For each of these articles that has copies or is one: its group, the one that is cited first."""
        head = func.coalesce(stories.c.copy_of, stories.c.article_id)
        found: dict[str, tuple[Carrier, ...]] = {}
        with self.engine.connect() as sql:
            for some in slices(article_ids):
                # Most articles have no copies: only those that are one, or have one, are looked at further.
                of_copies = select(stories.c.copy_of).where(_among(some) & stories.c.copy_of.is_not(None))
                heads = of_copies.union(select(stories.c.copy_of).where(stories.c.copy_of.in_(some))).cte("heads")
                of_head = or_(stories.c.article_id.in_(select(heads)), stories.c.copy_of.in_(select(heads)))
                query = (
                    select(head.label("head"), *_CARRIED)
                    .join(articles, (articles.c.id == stories.c.article_id) & shown())
                    .where(of_head)
                    .order_by(stories.c.copy_of.is_not(None), articles.c.published.nulls_last(), articles.c.id)
                )
                found |= _by_member(sql.execute(query).mappings().all())
        return found

    def reports(self, filters: Filter) -> int:
        """How many reports a filter lets in: of the articles those that are copies of one another count once."""
        head = func.coalesce(stories.c.copy_of, articles.c.id)
        query = select(func.count(head.distinct())).select_from(articles)
        query = query.outerjoin(stories, stories.c.article_id == articles.c.id).where(let_in(filters))
        with self.engine.connect() as sql:
            return int(sql.execute(query).scalar_one())

    def story(self, article_id: str) -> list[str]:
        """The articles of the same story, this one included, oldest first."""
        mine = select(stories.c.story_id).where(stories.c.article_id == article_id).scalar_subquery()
        query = select(stories.c.article_id).join(articles, (articles.c.id == stories.c.article_id) & shown())
        query = query.where(stories.c.story_id == mine).order_by(articles.c.published.nulls_last(), articles.c.id)
        with self.engine.connect() as sql:
            return list(sql.execute(query).scalars())


_CARRIED = (articles.c.id, articles.c.outlet, articles.c.title, articles.c.url)


def _among(ids: Sequence[str]) -> Any:
    return stories.c.article_id.in_(ids)


def _by_member(rows: Sequence[RowMapping]) -> dict[str, tuple[Carrier, ...]]:
    groups: dict[str, list[Carrier]] = {}
    for row in rows:
        groups.setdefault(row["head"], []).append(_carrier(row))
    return {one.article_id: tuple(group) for group in groups.values() if len(group) > 1 for one in group}


def _carrier(row: RowMapping) -> Carrier:
    return Carrier(article_id=row["id"], outlet=row["outlet"], title=row["title"], url=row["url"])


def told_copy(outcome: Outcome, originals: Mapping[str, Carrier]) -> Outcome:
    """What became of an article that is a copy: it is kept and can be cited, and counts with its original as one."""
    original = originals.get(outcome.article_id or "")
    if outcome.status != "added" or original is None:
        return outcome
    return outcome.model_copy(update={"status": "copy", "reason": f"of “{original.title}” ({original.outlet})"})
