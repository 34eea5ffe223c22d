"""Which article of the archive an article is, where it can be known by several names.

An article's id is its first name. It has others where its feed has one for it, where several addresses give its text,
and where an earlier Dateline gave it an id of another kind; those are kept in the table `names`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ingest.extract.address import page_of, place_of
from ingest.extract.draft import claimed_id
from ingest.extract.titles import folded
from ingest.extract.told import is_meant
from ingest.tables import articles, feed_entries, names, outcomes, removed, versions
from ingest.types import Article, Page, Told, article_id, sha

_MOST_ALIKE = 20


class Identities:
    """Reads and writes of the names of articles."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def known(self, name: str) -> str | None:
        """The id of the article that has this as another of its names."""
        with self._engine.connect() as sql:
            return sql.execute(select(names.c.article_id).where(names.c.name == name)).scalar()

    def is_shared(self, url: str | None) -> bool:
        """Whether an address was that of several entries of a feed."""
        return bool(page_of(url)) and self.known(_shared(url)) is not None

    def was_removed(self, article: Article) -> bool:
        """Whether the user took the article out, also under the id that an earlier Dateline gave it."""
        earlier = _earlier_id(article)
        ids = [article.id] if earlier is None or self.known(earlier) else [article.id, earlier]
        with self._engine.connect() as sql:
            return sql.execute(select(removed).where(removed.c.article_id.in_(ids))).first() is not None

    def identified(
        self, article: Article, page: Page, arriving: Iterable[Article] = (), *, is_only: bool = True
    ) -> Article:
        """The article of a page under its id in the archive.

        `arriving` are those on their way into it; `is_only` says that the page has no other article.
        """
        own = self._own(article, arriving)
        if page.told and page.told.entry:
            own = self._of_entry(article, page.told, own)
        if own != (here := self._that_was_here(article, page, own, is_only=is_only)):
            self._name(own, here)
            own = here
        return article if own == article.id else article.model_copy(update={"id": own})

    def _of_entry(self, article: Article, told: Told, own: str) -> str:
        """By what its feed says of it; else by its address, where that is its own; else by its name there.

        An entry can have stood in its feed alone, so that a shared address was taken for its own. And a name can be
        used again: there are feeds that number their entries from the top.
        """
        said, name = told.entry[0], told.entry[-1]
        if known := self.known(said):
            return known
        known = self.known(name)
        is_alone = not (told.apart or self.is_shared(article.url))
        if known and not (is_alone and self._current(own)) and self._is_the_same(article, known):
            own = known
        elif not is_alone and not self._is_the_same_report(article, own):
            own = said if known else name
        if not is_alone:
            self._name(_shared(article.url), own)
        self._name(said, own)
        self._name(name, own)
        return own

    def _is_the_same_report(self, article: Article, article_id: str) -> bool:
        """Whether the archive has the article under that id, by its text, or by title and time."""
        held = self._current(article_id)
        if held is None:
            return False
        same_time = article.published is None or held.published is None or article.published == held.published
        return held.digest == article.digest or (folded(held.title) == folded(article.title) and same_time)

    def _is_the_same(self, article: Article, article_id: str) -> bool:
        """Whether an article can be what has become of the one with that id: one has the words of the other."""
        held = self._current(article_id)
        return held is None or held.title == article.title or is_meant(held, article) or is_meant(article, held)

    def _current(self, article_id: str) -> Article | None:
        with self._engine.connect() as sql:
            row = sql.execute(_CURRENT.where(articles.c.id == article_id)).first()
        return _article(row) if row else None

    def _own(self, article: Article, arriving: Iterable[Article]) -> str:
        """By its page; else by its text, where that is known of another address at the same place."""
        if known := self.known(article.id):
            return known
        if article.id != article_id(url=article.url, outlet=article.outlet, title=article.title) or not article.url:
            return article.id
        if self._current(article.id):
            return article.id
        same = next((one for one in (*arriving, *self._alike(article)) if _is_same_page(one, article)), None)
        if same is None or same.id == article.id:
            return article.id
        self._name(article.id, same.id)
        return same.id

    def _that_was_here(self, article: Article, page: Page, own: str, *, is_only: bool) -> str:
        """Where the archive does not know an article: what stood there the last time, if the article became of it.

        So a better reading of its address, title or text does not make another article of it.
        """
        here = (outcomes.c.source == page.source) & (outcomes.c.item == page.item)
        query = (
            _CURRENT.add_columns(outcomes.c.page).join(outcomes, outcomes.c.article_id == articles.c.id).where(here)
        )
        with self._engine.connect() as sql:
            if sql.execute(select(articles.c.id).where(articles.c.id == own)).first():
                return own
            rows = list(sql.execute(query))
        held = [_article(row) for row in rows]
        for one in held:
            if one.digest == article.digest:
                return one.id
        if page.told and page.told.entry:
            return own
        is_alone = is_only and len(held) == 1
        if is_alone and rows[0].page == page.earlier_digest:
            return held[0].id
        return next((one.id for one in held if _is_read_anew(one, article, is_alone=is_alone)), own)

    def _alike(self, article: Article) -> list[Article]:
        """Articles with the same text word for word."""
        query = _CURRENT.where(versions.c.digest == article.digest).limit(_MOST_ALIKE)
        with self._engine.connect() as sql:
            return [_article(row) for row in sql.execute(query)]

    def _name(self, name: str, article_id: str) -> None:
        with self._engine.begin() as sql:
            sql.execute(upsert(names).values(name=name, article_id=article_id).on_conflict_do_nothing())

    # Archives of an earlier Dateline, whose ids were of single addresses

    def adopt(self) -> None:
        """Find the articles of such an archive by their pages from now on.

        Where it has a page several times, one stands for the others: see `doubles`.
        """
        for index in versions.indexes:
            index.create(self._engine, checkfirst=True)
        heads: dict[str, str] = {}
        texts: dict[tuple[str, str, str], str] = {}
        with self._engine.begin() as sql:
            for row in _plainest_first(sql):
                if name := _name_today(row):
                    place = (place_of(row.url), row.digest, str(_at(row)))
                    head = heads.get(name) or (texts.get(place, row.id) if _is_plain(row) else row.id)
                    heads[name] = head
                    if _is_plain(row):
                        texts.setdefault(place, head)
                    _keep(sql, [(name, head)] + ([(row.id, head)] if head != row.id else []))

    def doubles(self) -> list[tuple[str, str]]:
        """(id, id of the article that stands for it) of the articles that are the same page as another one."""
        query = select(names.c.name, names.c.article_id).join(articles, articles.c.id == names.c.name)
        query = query.where(names.c.name != names.c.article_id)
        with self._engine.connect() as sql:
            return [(row.name, row.article_id) for row in sql.execute(query.order_by(names.c.name))]

    def join(self, double: str, head: str) -> None:
        """Give an article the texts that its double had beside its own, and mark the double for removal."""
        held = select(versions.c.digest).where(versions.c.article_id == head)
        mine = (versions.c.article_id == double) & (versions.c.state == "ready")
        with self._engine.begin() as sql:
            moving = select(versions.c.digest, versions.c.record).where(mine & versions.c.digest.not_in(held))
            for row in sql.execute(moving).all():
                record = json.dumps({**json.loads(row.record), "id": head}, ensure_ascii=False)
                moved = mine & (versions.c.digest == row.digest)
                sql.execute(update(versions).where(moved).values(article_id=head, record=record))
            sql.execute(update(feed_entries).where(feed_entries.c.article_id == double).values(article_id=head))
            sql.execute(update(articles).where(articles.c.id == double).values(removing=True))


_CURRENT = (
    select(articles.c.id, articles.c.title, articles.c.url, versions.c.digest, versions.c.record, versions.c.text)
    .join(versions, (versions.c.article_id == articles.c.id) & (versions.c.digest == articles.c.version))
    .where(~articles.c.removing)
)


def _plainest_first(sql: Connection) -> Iterator[Any]:
    """Every article with an address, the shortest address first."""
    query = (
        select(articles.c.id, articles.c.title, articles.c.url, versions.c.digest, versions.c.record)
        .join(versions, (versions.c.article_id == articles.c.id) & (versions.c.digest == articles.c.version))
        .where(~articles.c.removing & articles.c.url.is_not(None))
        .order_by(func.length(articles.c.url), articles.c.added, articles.c.id)
    )
    yield from sql.execute(query)


def _keep(sql: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    rows = [{"name": name, "article_id": article_id} for name, article_id in pairs]
    sql.execute(upsert(names).on_conflict_do_nothing(), rows)


def _name_today(row: Any) -> str:
    """The id that an article of an earlier Dateline would have today; empty where that is the one it has."""
    if _is_plain(row):
        return article_id(url=row.url, outlet="", title="")
    return claimed_id(row.url, row.title) if row.id == sha("claimed", row.url, folded(row.title)) else ""


def _is_plain(row: Any) -> bool:
    return bool(row.id == sha("url", row.url))


def _earlier_id(article: Article) -> str | None:
    """The id that an earlier Dateline gave such an article."""
    if not article.url:
        return None
    if article.id == claimed_id(article.url, article.title):
        return sha("claimed", article.url, folded(article.title))
    return sha("url", article.url)


def _is_read_anew(one: Article, other: Article, *, is_alone: bool) -> bool:
    """Whether two articles of one place are one: at one address, or without any, by text, title or most words."""
    if page_of(one.url) != page_of(other.url) or (not one.url and one.outlet != other.outlet):
        return False
    if one.text == other.text:
        return True
    alike = is_alone and (is_meant(one, other) or is_meant(other, one))
    return bool(one.url) and (folded(one.title) == folded(other.title) or alike)


def _is_same_page(one: Article, other: Article) -> bool:
    """Whether two addresses give one text: they differ in their query alone, and no other time is told."""
    if not one.url or place_of(one.url) != place_of(other.url) or page_of(one.url) == page_of(other.url):
        return False
    if one.digest != other.digest:
        return False
    return one.published is None or other.published is None or one.published == other.published


def _shared(url: str | None) -> str:
    return sha("shared", page_of(url))


def _article(row: Any) -> Article:
    return Article.model_validate({**json.loads(row.record), "text": row.text})


def _at(row: Any) -> Any:
    """When a stored article was published."""
    return Article.model_validate({**json.loads(row.record), "text": ""}).published
