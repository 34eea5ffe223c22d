"""Which files were read to their end, and how they were then, in the same database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, select

from ingest.database.engines.dialects import upsert
from ingest.database.journal import Journal
from ingest.database.passage_rows import rows_among
from ingest.database.tables import seen_files
from ingest.types import Outcome


class SeenFiles:
    """The files of one run: what was known of them before, and what is to be kept when it has ended well."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._journal = engine, Journal(engine)
        self._begun: dict[str, str] = {}
        self._counted: Counter[str] = Counter()
        self._found: dict[tuple[str, str], list[Outcome]] = {}

    def unchanged(self, stamps: Mapping[str, str]) -> Mapping[str, Sequence[Outcome]]:
        """The articles of each of these files that has its stamp still, if all of them are in the archive.

        They are looked up once, and asked for twice: pages are counted before they are read.
        """
        known = {
            source: self._found.pop((source, one)) for source, one in stamps.items() if (source, one) in self._found
        }
        found = self._standing({source: one for source, one in stamps.items() if source not in known})
        self._found |= {(source, stamps[source]): some for source, some in found.items()}
        return known | found

    def _standing(self, stamps: Mapping[str, str]) -> dict[str, list[Outcome]]:
        with self._engine.connect() as sql:
            rows = rows_among(sql, select(seen_files), seen_files.c.source, list(stamps))
        counts = {row.source: row.outcomes for row in rows if row.stamp == stamps[row.source]}
        found = self._journal.standing_files(list(counts))
        return {source: some for source, some in found.items() if len(some) == counts[source]}

    def begin(self, source: str, stamp: str) -> None:
        self._begun[source] = stamp

    def count(self, source: str) -> None:
        """An article of a source has its outcome."""
        self._counted[source] += 1

    def keep(self) -> None:
        """Remember the files that were begun with: all of their pages are safe."""
        rows = [
            {"source": source, "stamp": stamp, "outcomes": self._counted[source]}
            for source, stamp in self._begun.items()
            if stamp
        ]
        if rows:
            with self._engine.begin() as sql:
                sql.execute(upsert(sql, seen_files), rows)
