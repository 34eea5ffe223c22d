"""The journal, in the same database: which sources the archive was given, and what became of each page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, delete, func, select, tuple_

from ingest.database.engines.dialects import upsert
from ingest.database.passage_rows import rows_among, slices
from ingest.database.retention import forget_retention
from ingest.database.store import epoch, now
from ingest.database.tables import articles, outcomes, removed, sources
from ingest.errors import NotFound
from ingest.source import Source
from ingest.status import Status
from ingest.types import KeptOutcome, Outcome, Page


@dataclass(frozen=True)
class PlaceOutcomes:
    """What became of a place: the digest of its page ("" where there was none to read), and the outcomes.

    found   each outcome with the version (digest) of its article, if it has one
    is_new  nothing was kept of the place so far
    """

    source: str
    item: str
    page: str
    found: Sequence[tuple[Outcome, str | None]]
    is_new: bool = True

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "source": self.source,
                "item": self.item,
                "number": number,
                "page": self.page,
                "status": outcome.status,
                "reason": outcome.reason,
                "article_id": outcome.article_id,
                "version": version,
                "title": outcome.title,
                "at": epoch(now()),
            }
            for number, (outcome, version) in enumerate(self.found)
        ]


class Journal:
    """Reads and writes of sources and outcomes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def remember_source(self, source: Source) -> None:
        change = {
            "kind": source.kind,
            "captured": source.captured and source.captured.isoformat(),
            "mapping": json.dumps(source.mapping) if source.mapping else None,
        }
        row = {"address": source.address, "added": epoch(now()), **change}
        with self.engine.begin() as sql:
            sql.execute(upsert(sql, sources, *change).values(row))

    def sources(self) -> list[Source]:
        with self.engine.connect() as sql:
            rows = sql.execute(select(sources).order_by(sources.c.added, sources.c.address)).all()
        return [_source(row) for row in rows]

    def forget_source(self, address: str) -> None:
        """Forget a source and its failures. Raises NotFound where it is not remembered."""
        with self.engine.begin() as sql:
            if not sql.execute(delete(sources).where(sources.c.address == address)).rowcount:
                raise NotFound(f"there is no source {address}", "dateline sources list shows them")
            forget_retention(sql, "source", address)
            failed = (outcomes.c.source == address) & (outcomes.c.status == "failed")
            sql.execute(delete(outcomes).where(failed))

    def keep(self, places: Sequence[PlaceOutcomes]) -> None:
        """What became of pages, in place of what was kept of the same places before.

        A page that gives nothing any more, or cannot be read, goes on naming the article that it gave: it is there
        still, and belongs to what it was read from.
        """
        rows = [row for one in places for row in one.rows()]
        keys = [{"a": one.source, "b": one.item} for one in places]
        here = (outcomes.c.source == bindparam("a")) & (outcomes.c.item == bindparam("b"))
        if rows:
            with self.engine.begin() as sql:
                given = _given(sql, [one for one in places if all(of.article_id is None for of, _ in one.found)])
                named = [
                    row | {"article_id": given.get((row["source"], row["item"]), row["article_id"])} for row in rows
                ]
                sql.execute(delete(outcomes).where(here), keys)
                sql.execute(upsert(sql, outcomes), named)

    def known(self, pages: Sequence[Page]) -> dict[str, PlaceOutcomes]:
        """The pages among these of which nothing can be new: what becomes of them by place, each as "unchanged".

        A page is known where the same bytes lay at the same place, or lay anywhere and gave what is current; and only
        as long as all its articles are there.
        """
        by_digest: dict[str, list[Row[Any]]] = {}
        with self.engine.connect() as sql:
            for some in slices([page.digest for page in pages]):
                for row in sql.execute(_LAST_SEEN.where(outcomes.c.page.in_(some))):
                    by_digest.setdefault(row.page, []).append(row)
        found = ((page, _known_rows(page, by_digest.get(page.digest, []))) for page in pages)
        return {page.place: _known(page, rows) for page, rows in found if rows}

    def standing(self, source: str, page: str) -> list[Outcome]:
        """The articles of a page of that digest as it lay at a source, each as "unchanged".

        Empty unless the page was the last that was read there, and everything that it gave is in the archive.
        """
        with self.engine.connect() as sql:
            rows = sql.execute(_LAST_SEEN.where(outcomes.c.source == source, outcomes.c.item == "")).all()
        if not all(row.page == page and _is_there(row) for row in rows):
            return []
        return [_unchanged(source, "", row) for row in rows]

    def standing_files(self, files: Sequence[str]) -> dict[str, list[Outcome]]:
        """The articles of these sources, each as "unchanged"; none of a source that has not all of them still."""
        with self.engine.connect() as sql:
            rows = rows_among(sql, _LAST_SEEN, outcomes.c.source, files)
        found: dict[str, list[Row[Any]]] = {}
        for row in rows:
            found.setdefault(row.source, []).append(row)
        whole = {source: some for source, some in found.items() if all(map(_is_there, some))}
        return {source: [_unchanged(source, row.item, row) for row in some] for source, some in whole.items()}

    def read_anew(self, sources: Sequence[str]) -> None:
        """Have these pages read again that gave an article which was dropped: somebody asks for it by name."""
        dropped = select(removed.c.article_id).where(removed.c.reason.is_not(None))
        with self.engine.begin() as sql:
            for some in slices(sources):
                alone = outcomes.c.source.in_(some) & (outcomes.c.item == "")
                gone = select(outcomes.c.source).where(alone & outcomes.c.article_id.in_(dropped))
                sql.execute(delete(outcomes).where(alone & outcomes.c.source.in_(gone)))

    def list_outcomes(
        self, *, status: Status | None = None, since: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[int, list[KeptOutcome]]:
        """How many match, and one page of them, the latest first."""
        matching = outcomes.c.at >= (epoch(since) or 0)
        if status:
            matching &= outcomes.c.status == status
        latest = outcomes.c.at.desc(), outcomes.c.source, outcomes.c.item, outcomes.c.number
        with self.engine.connect() as sql:
            total = sql.execute(select(func.count()).select_from(outcomes).where(matching)).scalar_one()
            rows = sql.execute(select(outcomes).where(matching).order_by(*latest).limit(limit).offset(offset))
            return total, [_kept(row) for row in rows]

    def failed_sources(self) -> list[str]:
        """The files and links of which something has failed, each once."""
        query = select(outcomes.c.source).where(outcomes.c.status == "failed").distinct()
        with self.engine.connect() as sql:
            return list(sql.execute(query.order_by(outcomes.c.source)).scalars())

    def settle(self, looked_at: Iterable[Outcome]) -> None:
        """Forget the failures of sources that were looked at to their end where they did not fail again."""
        failed: dict[str, set[str]] = {}
        for outcome in looked_at:
            again = failed.setdefault(outcome.source, set())
            if outcome.status == "failed":
                again.add(outcome.item)
        kept = select(outcomes.c.source, outcomes.c.item).where(outcomes.c.status == "failed")
        here = (outcomes.c.source == bindparam("a")) & (outcomes.c.item == bindparam("b"))
        with self.engine.begin() as sql:
            queries = (kept.where(outcomes.c.source.in_(some)) for some in slices(sorted(failed)))
            rows = [row for query in queries for row in sql.execute(query)]
            stale = [{"a": row.source, "b": row.item} for row in rows if row.item not in failed[row.source]]
            if stale:
                sql.execute(delete(outcomes).where(here & (outcomes.c.status == "failed")), stale)


_LAST_SEEN = (
    select(outcomes, articles.c.version.label("current"), articles.c.removing, removed.c.reason.label("dropped"))
    .outerjoin(articles, articles.c.id == outcomes.c.article_id)
    .outerjoin(removed, removed.c.article_id == outcomes.c.article_id)
    .order_by(outcomes.c.number)
)


def _given(sql: Connection, places: Sequence[PlaceOutcomes]) -> dict[tuple[str, str], str]:
    """The articles that pages of these places gave, by source and item; the first of several."""
    at = tuple_(outcomes.c.source, outcomes.c.item)
    query = select(outcomes.c.source, outcomes.c.item, outcomes.c.article_id).where(
        outcomes.c.article_id.is_not(None)
    )
    rows = rows_among(sql, query.order_by(outcomes.c.number.desc()), at, [(one.source, one.item) for one in places])
    return {(row.source, row.item): row.article_id for row in rows}


def _source(row: Row[Any]) -> Source:
    captured = row.captured and datetime.fromisoformat(row.captured)
    return Source(row.address, row.kind, captured, tuple(json.loads(row.mapping or "[]")))


def _known(page: Page, rows: Sequence[Row[Any]]) -> PlaceOutcomes:
    found = [(_unchanged(page.source, page.item, row), row.version) for row in rows]
    is_new = (rows[0].source, rows[0].item) != (page.source, page.item)
    return PlaceOutcomes(page.source, page.item, page.digest, found, is_new=is_new)


def _known_rows(page: Page, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The rows of one place that make the page known; empty where it has to be read."""
    places: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in rows:
        places.setdefault((row.source, row.item), []).append(row)
    here = places.get((page.source, page.item), [])
    if here and all(_is_there(row) for row in here):
        return here
    return next((some for some in places.values() if all(_is_there(row) and _is_current(row) for row in some)), [])


def _is_there(row: Row[Any]) -> bool:
    """Whether an article is as it is to be: there, or dropped."""
    is_read = row.status in ("added", "updated", "unchanged", "copy", "dropped")
    return is_read and (row.dropped is not None or (row.current is not None and not row.removing))


def _is_current(row: Row[Any]) -> bool:
    return bool(row.version == row.current)


def _kept(row: Row[Any]) -> KeptOutcome:
    return KeptOutcome(
        status=row.status,
        source=row.source,
        item=row.item,
        reason=row.reason,
        article_id=row.article_id,
        title=row.title,
        at=datetime.fromtimestamp(row.at, UTC),
    )


def _unchanged(source: str, item: str, row: Row[Any]) -> Outcome:
    if row.dropped and row.current is None:
        return Outcome(status="unchanged", source=source, item=item, reason=f"dropped {row.dropped}", title=row.title)
    return Outcome(status="unchanged", source=source, item=item, article_id=row.article_id, title=row.title)
