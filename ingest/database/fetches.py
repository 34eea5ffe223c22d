"""What links answered the last time, in the same database: enough to ask only for what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from ingest.database.engines.dialects import upsert
from ingest.database.tables import fetches


@dataclass(frozen=True)
class Seen:
    """The last answer with content.

    final_url  the address that gave it
    digest     of the page that it became
    at         when these bytes were there for the first time
    """

    final_url: str
    etag: str | None
    modified: str | None
    digest: str
    status: int
    at: datetime


class Fetches:
    """Reads and writes of what was fetched, by the address that was asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def last(self, url: str) -> Seen | None:
        with self.engine.connect() as sql:
            row = sql.execute(select(fetches).where(fetches.c.url == url)).first()
        if row is None:
            return None
        return Seen(
            row.final_url, row.etag, row.modified, row.digest, row.status, datetime.fromtimestamp(row.at, UTC)
        )

    def keep(self, url: str, seen: Seen) -> None:
        row = {
            "final_url": seen.final_url,
            "etag": seen.etag,
            "modified": seen.modified,
            "digest": seen.digest,
            "status": seen.status,
            "at": int(seen.at.timestamp()),
        }
        with self.engine.begin() as sql:
            sql.execute(upsert(sql, fetches).values(url=url, **row))
