"""What the database itself says of how an archive was made: against it a manifest is checked, from it made anew."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy.exc import ProgrammingError

from ingest.archive.home import Home
from ingest.archive.manifest import NAME, REPAIRED, SCHEMA, SPACE, Manifest
from ingest.database.rows import article_of
from ingest.database.schema import HEAD
from ingest.embedding.chunk import passages
from ingest.embedding.embedder import Embedder
from ingest.errors import ArchiveDamaged, ArchiveMismatch

_COUNTED = "SELECT model, length(vector) AS bytes FROM embeddings GROUP BY 1, 2 ORDER BY count(*) DESC"
_BYTES = 2  # of a value of a kept vector
_COMPARED = 30  # articles whose passages tell whether they were made in today's way
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class Evidence:
    """What a database tells.

    models   the dimensions of the vectors that it holds, by the fingerprint of their model, most vectors first
    current  whether its tables are those of this Dateline
    """

    models: dict[str, int]
    current: bool

    @classmethod
    def of(cls, home: Home) -> Self:
        """Nothing is known of a database that cannot be read."""
        try:
            with home.rows() as sql:
                rows = sql.execute(_COUNTED).fetchall()
                found = [(row["model"], row["bytes"] // _BYTES) for row in rows]
                at = sql.execute("SELECT max(version_num) AS at FROM alembic_version").fetchone()["at"]
        except (sqlite3.DatabaseError, ProgrammingError):
            return cls({}, current=False)
        return cls(dict(reversed(found)), current=at == HEAD)

    def contradicts(self, manifest: Manifest) -> bool:
        """Whether a manifest cannot be the one that the database was made with."""
        if (self.current and manifest.schema_version != SCHEMA) or manifest.distance != SPACE:
            return True
        return bool(self.models) and self.models.get(manifest.embedder) != manifest.dimension


def require(manifest: Manifest, embedder: Embedder, home: Home) -> None:
    """Raises ArchiveMismatch where an archive is not this program's and this model's, ArchiveDamaged for a manifest
    that only seems to say so."""
    try:
        manifest.require(embedder)
    except ArchiveMismatch as exc:
        if Evidence.of(home).contradicts(manifest):
            raise ArchiveDamaged(f"{home.folder / NAME} is not what the database was made with", REPAIRED) from exc
        raise


def recovered(home: Home, embedder: Embedder) -> Manifest:
    """The manifest of an archive, from its database and the names of its indexes; names are looked through again."""
    models = Evidence.of(home).models
    model = next((one for one in models if one == embedder.fingerprint), next(iter(models), embedder.fingerprint))
    cut_alike = model != embedder.fingerprint or _is_cut_as_today(home, embedder)
    return Manifest.of(embedder, generation=_generation(home.folder)).model_copy(
        update={
            "embedder": model,
            "dimension": models.get(model, embedder.dimension),
            "names": 1,
            **({} if cut_alike else {"chunker": _UNKNOWN}),
        }
    )


def _generation(folder: Path) -> int:
    numbers = [re.fullmatch(r"vectors-(\d+)", path.name) for path in folder.iterdir()]
    return max((int(found[1]) for found in numbers if found), default=1)


def _is_cut_as_today(home: Home, embedder: Embedder) -> bool:
    current = "SELECT v.* FROM versions v JOIN articles a ON a.id = v.article_id AND a.version = v.digest LIMIT ?"
    spans = "SELECT * FROM passages WHERE article_id = ? AND version = ? ORDER BY ordinal"
    with home.rows() as sql:
        for row in sql.execute(current, (_COMPARED,)).fetchall():
            there = [(span["start"], span["end"]) for span in sql.execute(spans, (row["article_id"], row["digest"]))]
            article = article_of(row)
            if article and there != [(one.start, one.end) for one in passages(article, embedder.count_tokens)]:
                return False
    return True
