"""What the database itself says of how an archive was made: against it a manifest is checked, from it made anew."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ingest.archive.manifest import DATABASE, NAME, REPAIRED, SCHEMA, SPACE, Manifest
from ingest.database.rows import article_of, connect
from ingest.database.schema import HEAD
from ingest.embedding.chunk import passages
from ingest.embedding.embedder import Embedder
from ingest.errors import ArchiveDamaged, ArchiveMismatch

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
    def of(cls, folder: Path) -> Self:
        """Nothing is known of a database that cannot be read."""
        try:
            with closing(connect(folder / DATABASE)) as sql:
                counted = "SELECT model, length(vector) FROM embeddings GROUP BY 1, 2 ORDER BY count(*) DESC"
                found = [(row[0], row[1] // _BYTES) for row in sql.execute(counted)]
                at = sql.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
        except sqlite3.DatabaseError:
            return cls({}, current=False)
        return cls(dict(reversed(found)), current=at == HEAD)

    def contradicts(self, manifest: Manifest) -> bool:
        """Whether a manifest cannot be the one that the database was made with."""
        if (self.current and manifest.schema_version != SCHEMA) or manifest.distance != SPACE:
            return True
        return bool(self.models) and self.models.get(manifest.embedder) != manifest.dimension


def require(manifest: Manifest, embedder: Embedder, folder: Path) -> None:
    """Raises ArchiveMismatch where an archive is not this program's and this model's, ArchiveDamaged for a manifest
    that only seems to say so."""
    try:
        manifest.require(embedder)
    except ArchiveMismatch as exc:
        if Evidence.of(folder).contradicts(manifest):
            raise ArchiveDamaged(f"{folder / NAME} is not what the database was made with", REPAIRED) from exc
        raise


def recovered(folder: Path, embedder: Embedder) -> Manifest:
    """The manifest of an archive, from its database and the names of its indexes; names are looked through again."""
    models = Evidence.of(folder).models
    model = next((one for one in models if one == embedder.fingerprint), next(iter(models), embedder.fingerprint))
    cut_alike = model != embedder.fingerprint or _is_cut_as_today(folder, embedder)
    return Manifest.of(embedder, generation=_generation(folder)).model_copy(
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


def _is_cut_as_today(folder: Path, embedder: Embedder) -> bool:
    current = "SELECT v.* FROM versions v JOIN articles a ON a.id = v.article_id AND a.version = v.digest LIMIT ?"
    spans = "SELECT start, end FROM passages WHERE article_id = ? AND version = ? ORDER BY ordinal"
    with closing(connect(folder / DATABASE)) as sql:
        for row in sql.execute(current, (_COMPARED,)).fetchall():
            there = [tuple(span) for span in sql.execute(spans, (row["article_id"], row["digest"]))]
            article = article_of(row)
            if article and there != [(one.start, one.end) for one in passages(article, embedder.count_tokens)]:
                return False
    return True
