"""What follows from the pairs of like articles: which of a group of copies is cited, and what is one story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, select, update

from ingest.database.engines.dialects import upsert
from ingest.database.tables import stories
from ingest.stories.duplicates import current, neighbours
from ingest.types import Article


def reachable(sql: Connection, start: str, *, copies: bool) -> set[str]:
    seen, edge = {start}, [start]
    while edge:
        edge = sorted({other for other, _ in neighbours(sql, edge, copies=copies)} - seen)
        seen |= set(edge)
    return seen


def join_story(sql: Connection, together: Sequence[str]) -> None:
    """The stories of these articles become one, named after the first of all their ids."""
    names = set(sql.execute(select(stories.c.story_id).where(stories.c.article_id.in_(together))).scalars())
    if len(names) > 1:
        later = stories.c.story_id.in_(names - {min(names)})
        sql.execute(update(stories).where(later).values(story_id=min(names)))


def regroup(sql: Connection, ids: Iterable[str]) -> None:
    """Find anew which story the articles around these are, and their originals: a pair of theirs has gone."""
    done: set[str] = set()
    for start in sorted(ids):
        if start not in done:
            done |= _name_story(sql, start)
    copies: set[str] = set()
    for start in sorted(ids):
        if start not in copies:
            group = reachable(sql, start, copies=True)
            copies |= group
            name_originals(sql, sorted(group))


def _name_story(sql: Connection, start: str) -> set[str]:
    """All that hang together are one story, named after the first of their ids."""
    members = reachable(sql, start, copies=False)
    rows = [{"article_id": one, "story_id": min(members)} for one in sorted(members)]
    sql.execute(upsert(sql, stories, "story_id"), rows)
    return members


def name_originals(sql: Connection, group: Sequence[str]) -> None:
    """Of articles that are copies, directly, of one another: which of them is cited.

    An article that is alike only by way of a third is not its copy: each has a pair with its original.
    """
    held = current(sql, group)
    pairs = set(neighbours(sql, group, copies=True))
    copy_of: dict[str, str] = {}
    originals: list[str] = []
    for one in sorted(held, key=lambda key: originality(held[key])):
        head = next((other for other in originals if (one, other) in pairs), None)
        if head is None:
            originals.append(one)
        else:
            copy_of[one] = head
    for one in _latest(held, copy_of):
        copy_of = {other: one if head == copy_of[one] else head for other, head in copy_of.items()} | {
            copy_of[one]: one
        }
        del copy_of[one]
    for one in group:
        sql.execute(update(stories).where(stories.c.article_id == one).values(copy_of=copy_of.get(one)))


def _latest(held: Mapping[str, Article], copy_of: Mapping[str, str]) -> Iterator[str]:
    """For each original that its own outlet printed again later, at another address: that later one."""
    for head in sorted(set(copy_of.values())):
        again = [one for one, of in copy_of.items() if of == head and held[one].outlet == held[head].outlet]
        last = max([head, *again], key=lambda one: (_touched(held[one]), one == head, one))
        if last != head and held[head].published:
            yield last


def _touched(article: Article) -> datetime:
    return article.updated or article.published or datetime.min.replace(tzinfo=UTC)


def originality(article: Article) -> tuple[bool, float, str]:
    """Sorts copies: first the article that names no other as its origin, then the earliest."""
    own = article.origin is None or article.origin.casefold() == article.outlet.casefold()
    published = article.published.timestamp() if article.published else float("inf")
    return (not own, published, article.id)
