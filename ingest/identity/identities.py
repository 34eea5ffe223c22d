"""Which article of the archive an article is, where it can be known by several names.

An article's id is its first name. It has others where its feed has one for it, where several addresses give its text,
and where an earlier Dateline gave it an id of another kind; those are kept in the table `names`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from ingest.address import page_of, place_of, selected
from ingest.database.collections import keep_member
from ingest.database.engines.dialects import insert_new
from ingest.database.tables import articles, checksum, feed_entries, names, outcomes, removed, versions
from ingest.extract.draft import claimed_id
from ingest.extract.titles import folded_title
from ingest.identity.revisions import is_akin, is_revision, is_same_entry, is_same_page
from ingest.types import Article, EntryNames, Page, article_id, folded_outlet, sha

_MOST_ALIKE = 20
_BEYOND = re.compile("[^A-Za-z0-9]+")
_FEWEST = 40  # letters and figures that tell a text


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

    def gone_because(self, article: Article) -> str | None:
        """Why the article was dropped, empty where the user took it out; None where it did not go.

        Also where that was under the id that an earlier Dateline gave it.
        """
        earlier = _earlier_id(article)
        ids = [article.id] if earlier is None or self.known(earlier) else [article.id, earlier]
        with self._engine.connect() as sql:
            row = sql.execute(select(removed.c.reason).where(removed.c.article_id.in_(ids))).first()
        return (row.reason or "") if row else None

    def identified(
        self, article: Article, page: Page, arriving: Sequence[Article] = (), *, is_only: bool = True
    ) -> Article:
        """The article of a page under its id in the archive.

        `arriving` are those on their way into it; `is_only` says that the page has no other article.
        """
        own = self._own(article, arriving)
        if page.told and page.told.entry:
            own = self._of_entry(article, page, page.told.entry, own, arriving)
        if own != (here := self._that_was_here(article, page, own, is_only=is_only)):
            self._name(own, here)
            own = here
        return article if own == article.id else article.model_copy(update={"id": own})

    def _of_entry(
        self, article: Article, page: Page, names: EntryNames, own: str, arriving: Sequence[Article]
    ) -> str:
        """By what its feed says of it; else by its address, where that is its own; else by its name there.

        An entry can have stood in its feed alone, so that a shared address was taken for its own. And a name can be
        used again: there are feeds that number their entries from the top.
        """
        found = self._as_told(article, page, names, arriving)
        if found is None:
            is_alone = not (page.told and page.told.apart) and not self.is_shared(article.url)
            is_alone = is_alone and self._is_still(article, page, names, own, arriving)
            found = self._among_others(article, names, own, arriving, is_alone=is_alone)
            if not is_alone:
                self._name(_shared(article.url), found)
        with self._engine.begin() as sql:
            _keep(sql, [(name, found) for name in names.all])
        return found

    def _as_told(self, article: Article, page: Page, names: EntryNames, arriving: Sequence[Article]) -> str | None:
        """The article of which the feed has said the same before, or all but the text."""
        if known := self.known(names.text):
            return known
        known = self.known(names.said)
        return known if known and self._is_still(article, page, names, known, arriving) else None

    def _among_others(
        self, article: Article, names: EntryNames, own: str, arriving: Sequence[Article], *, is_alone: bool
    ) -> str:
        """The id of an entry: `own` where its address is its own or was; else one of its names."""
        known = self.known(names.own)
        held = self._current(known, arriving) if known else None
        if known and not (is_alone and self._current(own, arriving)) and (held is None or is_akin(held, article)):
            return known
        if is_alone or _is_same_report(article, self._current(own, arriving)):
            return own
        return next(name for name in names.all if not self.known(name))

    def _is_still(
        self, article: Article, page: Page, names: EntryNames, article_id: str, arriving: Sequence[Article]
    ) -> bool:
        """Whether an entry is the article with that id, as it is by now.

        What stands at an address stays its article whatever becomes of it, unless the entry has another guid.
        """
        held = self._current(article_id, arriving)
        if held is None:
            return True
        is_named = self.known(names.own) == article_id if names.own else None
        if is_named and self.is_shared(article.url):
            is_named = None  # so may be the guid
        if page.media_type != "application/json":  # its page, and not what its feed says
            return is_named is not False or is_akin(held, article)
        return is_same_entry(held, article, is_named=is_named)

    def _current(self, article_id: str, arriving: Sequence[Article] = ()) -> Article | None:
        for one in reversed(arriving):
            if one.id == article_id:
                return one
        with self._engine.connect() as sql:
            row = sql.execute(_CURRENT.where(articles.c.id == article_id)).first()
        return _article(row) if row else None

    def _own(self, article: Article, arriving: Sequence[Article]) -> str:
        """By its page; else by its text, where that is known of another address at the same place."""
        if not article.url and article.id == _id_by_name(article):
            return self._by_name(article, arriving)
        known = self.known(article.id) or article.id
        if article.id != article_id(url=article.url, outlet=article.outlet, title=article.title) or not article.url:
            return known
        if held := self._current(known, arriving):
            return self._by_query(article, held, arriving)
        if known != article.id:
            return known
        alike = [one for one in arriving if one.digest == article.digest]
        same = next((one for one in (*alike, *self._alike(article)) if _is_same_text_elsewhere(one, article)), None)
        if same is None or same.id == article.id:
            return article.id
        self._name(article.id, same.id)
        return same.id

    def _by_query(self, article: Article, held: Article, arriving: Sequence[Article]) -> str:
        """What is held of the page; but at an address that differs in what else tracks, another text is another page.

        "?ref=77" says on most sites where a reader came from, and on some which article is shown.
        """
        if selected(held.url) == selected(article.url):
            return held.id
        name = sha("page", selected(article.url))
        name = self.known(name) or name
        return name if self._current(name, arriving) or not is_same_page(held, article) else held.id

    def _by_name(self, article: Article, arriving: Sequence[Article]) -> str:
        """Where no address tells it: what has its outlet, title and day, and a text that it was written on from.

        Many reports stand under one title: "Obituaries", "Court report".
        """
        known = self.known(article.id) or article.id
        named = (*arriving, *self._of_name(article, known))
        held = [one for one in named if one.id == known or (not one.url and _id_by_name(one) == article.id)]
        same = next((one for one in held if one.digest == article.digest), None)
        if same := same or next((one for one in held if is_revision(one, article)), None):
            return same.id
        name = sha("text", article.id, article.digest)
        return (self.known(name) or name) if held else known

    def _of_name(self, article: Article, article_id: str) -> list[Article]:
        """The article with that id, and others of its title and outlet; of many the last, and those with its text."""
        first = self._current(article_id)
        if first is None:
            return []
        named = (articles.c.folded_outlet == folded_outlet(article.outlet)) & (articles.c.title == article.title)
        query = _CURRENT.where(named & articles.c.url.is_(None)).order_by(articles.c.added.desc()).limit(_MOST_ALIKE)
        with self._engine.connect() as sql:
            return [first, *self._alike(article), *(_article(row) for row in sql.execute(query))]

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
            if one.digest == article.digest or _is_decoded_anew(one, article):
                return one.id
        if page.told and page.told.entry:
            return own
        is_alone = is_only and len(held) == 1
        if is_alone and rows[0].page == page.earlier_digest:
            return held[0].id
        is_file = not page.item
        return next((one.id for one in held if _is_read_anew(one, article, is_alone=is_alone, is_file=is_file)), own)

    def _alike(self, article: Article) -> list[Article]:
        """Articles with the same text word for word."""
        query = _CURRENT.where(versions.c.digest == article.digest).limit(_MOST_ALIKE)
        with self._engine.connect() as sql:
            return [_article(row) for row in sql.execute(query)]

    def _name(self, name: str, article_id: str) -> None:
        with self._engine.begin() as sql:
            _keep(sql, [(name, article_id)])

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
                change = {"article_id": head, "record": record, "checksum": checksum(record)}
                sql.execute(update(versions).where(moved).values(change))
            sql.execute(update(feed_entries).where(feed_entries.c.article_id == double).values(article_id=head))
            keep_member(sql, "article", double, head)
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
    sql.execute(insert_new(sql, names), rows)


def _name_today(row: Any) -> str:
    """The id that an article of an earlier Dateline would have today; empty where that is the one it has."""
    if _is_plain(row):
        return article_id(url=row.url, outlet="", title="")
    return claimed_id(row.url, row.title) if row.id == sha("claimed", row.url, folded_title(row.title)) else ""


def _is_plain(row: Any) -> bool:
    return bool(row.id == sha("url", row.url))


def _earlier_id(article: Article) -> str | None:
    """The id that an earlier Dateline gave such an article."""
    if not article.url:
        return None
    if article.id == claimed_id(article.url, article.title):
        return sha("claimed", article.url, folded_title(article.title))
    return sha("url", article.url)


def _is_read_anew(one: Article, other: Article, *, is_alone: bool, is_file: bool) -> bool:
    """Whether two articles of one place are one: at one address, or without any, by text, title or most words.

    A record without address is no more than its text: another one can have come to its place in a file.
    """
    if selected(one.url) != selected(other.url) or (not one.url and one.outlet != other.outlet):
        return False
    if one.text == other.text:
        return True
    same_title = folded_title(one.title) == folded_title(other.title)
    if not one.url:
        return is_file and is_alone and same_title
    return same_title or (is_alone and is_akin(one, other))


def _is_decoded_anew(one: Article, other: Article) -> bool:
    """Whether two texts of one place differ only beyond ASCII: "KÃ¶ln" is what Köln was read as."""
    first, second = (_BEYOND.sub("", f"{each.title}{each.text}") for each in (one, other))
    return first == second and len(first) >= _FEWEST


def _is_same_text_elsewhere(one: Article, other: Article) -> bool:
    """Whether two addresses give one text: they differ in their query alone, and no other time is told."""
    if not one.url or place_of(one.url) != place_of(other.url) or page_of(one.url) == page_of(other.url):
        return False
    return one.digest == other.digest and _may_be_of_one_time(one, other)


def _is_same_report(article: Article, held: Article | None) -> bool:
    """Whether what is held is an article, by its text, or by title and time."""
    if held is None:
        return False
    same_title = folded_title(held.title) == folded_title(article.title)
    return held.digest == article.digest or (same_title and _may_be_of_one_time(article, held))


def _may_be_of_one_time(one: Article, other: Article) -> bool:
    """Whether their times are the same, or one is not known."""
    return one.published is None or other.published is None or one.published == other.published


def _id_by_name(article: Article) -> str:
    """The id by outlet, title and day, as an article without address has it."""
    at = article.published if article.published_said is None else None
    day = at.date().isoformat() if at else ""
    return article_id(url=None, outlet=article.outlet, title=article.title, day=day)


def _shared(url: str | None) -> str:
    return sha("shared", page_of(url))


def _article(row: Any) -> Article:
    return Article.model_validate({**json.loads(row.record), "text": row.text})


def _at(row: Any) -> Any:
    """When a stored article was published."""
    return Article.model_validate({**json.loads(row.record), "text": ""}).published
