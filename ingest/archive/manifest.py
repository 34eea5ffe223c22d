"""The manifest: what an archive was made with, so that it is never read or written with something else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from ingest.embedding.chunk import CHUNKER
from ingest.errors import ArchiveDamaged, ArchiveMismatch, SettingsError
from ingest.private import private
from ingest.types import Frozen

if TYPE_CHECKING:
    from ingest.embedding.embedder import Embedder

SCHEMA = 2
NAME, DATABASE = "manifest.json", "archive.sqlite3"
REPAIRED = "dateline repair makes it anew from the database"
SPACE = "cosine"  # how vectors are compared
TOKENS = 2  # the way in which words are indexed; an archive with another makes its index of words anew
NAMES = 2  # how articles are named: 1 by single addresses, 2 by pages


class Manifest(Frozen):
    """The archive's schema, model, the generation of its derived indexes and the way in which words are indexed."""

    schema_version: int
    embedder: str
    dimension: int
    distance: str
    chunker: str
    generation: int = 1
    rebuilding: bool = False
    tokens: int = 1
    names: int = 1

    @property
    def vectors(self) -> str:
        return f"vectors-{self.generation}"

    @property
    def words(self) -> str:
        return f"words-{self.generation}" if self.tokens == 1 else f"words-{self.generation}-{self.tokens}"

    @classmethod
    def of(cls, embedder: Embedder, *, generation: int = 1) -> Self:
        return cls(
            generation=generation,
            schema_version=SCHEMA,
            embedder=embedder.fingerprint,
            dimension=embedder.dimension,
            distance=SPACE,
            chunker=CHUNKER,
            tokens=TOKENS,
            names=NAMES,
        )

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """The manifest of an archive, None where there is no archive.

        Raises ArchiveDamaged when it is unreadable, or it or the database is missing where there is data,
        ArchiveMismatch for that of a newer Dateline, and SettingsError where a file stands in the archive's place.
        """
        if folder.is_file():
            raise SettingsError(f"{folder} is a file, not the folder of an archive", "set DATELINE_DATA to a folder")
        path, database = folder / NAME, folder / DATABASE
        if not path.exists():
            if database.exists():
                raise ArchiveDamaged(f"{path} is missing", REPAIRED)
            return None
        try:
            found = cls.read(path.read_bytes())
        except (OSError, ValidationError) as exc:
            raise ArchiveDamaged(f"{path} cannot be read", REPAIRED) from exc
        indexed = (folder / found.vectors).exists() or (folder / found.words).exists()
        if indexed and not (database.exists() and database.stat().st_size):
            raise ArchiveDamaged(f"{database} is missing or empty", "dateline restore brings a backup back")
        return found

    @classmethod
    def read(cls, content: bytes, of: str = "the archive") -> Self:
        """A manifest as it is kept. Raises ArchiveMismatch for that of a newer Dateline, ValidationError for none."""
        try:
            return cls.model_validate_json(content)
        except ValidationError as exc:
            if _is_newer(content):
                raise ArchiveMismatch(f"{of} was made by a newer version of Dateline", "upgrade Dateline") from exc
            raise

    def require(self, embedder: Embedder) -> None:
        """Raises ArchiveMismatch when this program would read or write the archive with something else."""
        self.require_schema()
        if self.rebuilding:
            raise ArchiveMismatch("embedding all passages again was interrupted", "run dateline reindex --full")
        if self.chunker != CHUNKER:
            raise ArchiveMismatch(
                f"the archive's passages were made by another version of Dateline ({self.chunker}, not {CHUNKER})",
                "run dateline reindex --full",
            )
        self.require_model(embedder)

    def require_model(self, embedder: Embedder) -> None:
        """Raises ArchiveMismatch where the vectors of the archive are another model's."""
        mine = self.of(embedder)
        for name in ("embedder", "dimension", "distance"):
            built, configured = getattr(self, name), getattr(mine, name)
            if built != configured:
                raise ArchiveMismatch(
                    f"the archive was built with {name} {built}, but {configured} is configured",
                    "set DATELINE_EMBEDDER back, or run dateline reindex --full",
                )

    def require_schema(self) -> None:
        """Raises ArchiveMismatch for an archive whose database this program does not know."""
        if self.schema_version > SCHEMA:
            raise ArchiveMismatch(
                f"the archive has schema {self.schema_version}, newer than {SCHEMA}", "upgrade Dateline"
            )
        if self.schema_version < SCHEMA:
            raise ArchiveMismatch(
                "the archive was made by an earlier version of Dateline "
                f"(schema {self.schema_version}, not {SCHEMA})",
                "ingest its sources again, into another folder",
            )

    def cuts_like(self, other: Manifest) -> bool:
        """Whether passages made for one are the same as for the other."""
        same = (self.embedder, self.chunker) == (other.embedder, other.chunker)
        return same and not (self.rebuilding or other.rebuilding)

    def save(self, folder: Path) -> None:
        """Write it in one step that survives the loss of power."""
        write_safely(folder / NAME, self.model_dump_json(indent=1))


def _is_newer(content: bytes) -> bool:
    """Whether a manifest holds all that this Dateline writes, and more."""
    try:
        kept = json.loads(content)
    except ValueError:
        return False
    fields = Manifest.model_fields
    required = {name for name, field in fields.items() if field.is_required()}
    return isinstance(kept, dict) and required <= set(kept) and not set(kept) <= set(fields)


def write_safely(path: Path, content: str) -> None:
    """Write a file, readable for this user alone, in one step that survives the loss of power."""
    draft = path.with_name(f"{path.name}.new")
    with open(draft, "w", opener=private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
