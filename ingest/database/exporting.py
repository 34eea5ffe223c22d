"""Articles out of an archive, each version with where it came from, and back into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, Row, select, update

from ingest.database.engines.dialects import insert_new
from ingest.database.passage_rows import shown, slices
from ingest.database.store import epoch
from ingest.database.tables import articles, outcomes, versions
from ingest.extract.record.exported import ExportedArticle, ExportedOutcome
from ingest.types import Article

_TAKEN = ("added", "updated", "unchanged", "copy")


def exported_articles(engine: Engine) -> Iterator[ExportedArticle]:
    """Every version of every article, the oldest version of each first."""
    with engine.connect() as sql:
        ids = list(
            sql.execute(select(articles.c.id).where(shown()).order_by(articles.c.added, articles.c.id)).scalars()
        )
        for some in slices(ids):
            yield from _exported(sql, some)


def _exported(sql: Connection, article_ids: Sequence[str]) -> Iterator[ExportedArticle]:
    query = select(versions, articles.c.version).join(articles).where(versions.c.state == "ready")
    found: dict[str, list[Row[Any]]] = {article_id: [] for article_id in article_ids}
    for row in sql.execute(query.where(articles.c.id.in_(article_ids)).order_by(versions.c.seen)):
        found[row.article_id].append(row)
    places: dict[tuple[str, str], list[ExportedOutcome]] = {}
    given = outcomes.c.article_id.in_(article_ids) & outcomes.c.status.in_(_TAKEN)
    for row in sql.execute(select(outcomes).where(given).order_by(outcomes.c.source, outcomes.c.item)):
        places.setdefault((row.article_id, row.version or ""), []).append(_outcome(row))
    for rows in found.values():
        for row in sorted(rows, key=lambda row: (row.digest == row.version, row.seen)):  # the current one last
            yield _article(row, places.get((row.article_id, row.digest), []))


def _article(row: Row[Any], places: list[ExportedOutcome]) -> ExportedArticle:
    seen = datetime.fromtimestamp(row.seen, UTC)
    kept = {**from_json(row.record), "text": row.text, "seen": seen, "version": row.digest}
    return ExportedArticle.model_validate({**kept, "outcomes": tuple(places)})


def _outcome(row: Row[Any]) -> ExportedOutcome:
    told = {name: getattr(row, name) for name in ExportedOutcome.model_fields}
    return ExportedOutcome.model_validate({**told, "at": datetime.fromtimestamp(row.at, UTC)})


def take_over(engine: Engine, pairs: Sequence[tuple[ExportedArticle, Article]]) -> None:
    """Give articles that were exported, and are in this archive, the times and the origins that they had.

    What is known of a place here already stays.
    """
    if not pairs:
        return
    with engine.begin() as sql:
        for exported, article in pairs:
            mine = (versions.c.article_id == article.id) & (versions.c.digest == article.digest)
            sql.execute(update(versions).where(mine).values(seen=exported.seen.timestamp()))
            rows = [_row(outcome, article) for outcome in exported.outcomes]
            if rows:
                sql.execute(insert_new(sql, outcomes), rows)


def _row(outcome: ExportedOutcome, article: Article) -> dict[str, Any]:
    told = outcome.model_dump(exclude={"at"})
    return {**told, "at": epoch(outcome.at), "article_id": article.id, "version": article.digest}
