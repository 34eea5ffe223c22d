"""The vectors of passages in a Chroma collection in the archive's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.archive.manifest import SPACE
from ingest.archive.vectors.chroma import GRAPH, ChromaVectors, chroma_settings, import_chromadb
from ingest.archive.vectors.graph import broken_graph
from ingest.database.engines.disk import full
from ingest.errors import ArchiveDamaged

COLLECTION = "passages"


class VectorIndex(ChromaVectors):
    """One Chroma collection in one directory, opened by one process at a time.

    Chroma writes its graph files in place: killed in the middle it can be damaged, now and then in silence
    (chroma-core/chroma#7238). So a marker lies beside the files while they are open; where one is found, the
    files are first tried in a child process, which may crash instead of this one.
    """

    def __init__(self, path: Path, *, dimension: int) -> None:
        super().__init__(dimension=dimension)
        self.path = path

    @property
    def marker(self) -> Path:
        return self.path.parent / f"{self.path.name}.open"

    def exists(self) -> bool:
        database = self.path / "chroma.sqlite3"
        return database.exists() and database.stat().st_size > 0

    def was_left_open(self) -> bool:
        return self.marker.exists()

    def broken(self) -> Iterator[str]:
        yield from filter(None, map(broken_graph, (path.parent for path in self.path.glob("*/header.bin"))))

    def open(self) -> None:
        """Raises ArchiveDamaged when Chroma cannot open the files or made them with another distance."""
        chromadb = import_chromadb(self.path.parent)
        new = not self.exists()
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.marker.touch(mode=0o600)
        try:
            self._client = chromadb.PersistentClient(str(self.path), settings=chroma_settings())
            self._collection = (
                self._create() if new else self._client.get_collection(COLLECTION, embedding_function=None)
            )
        except BaseException as exc:  # a panic of Chroma's core is no Exception
            raise self._failure(exc, "cannot be opened") from exc
        space = (self._collection.configuration_json.get("hnsw") or {}).get("space")
        if space != SPACE:
            raise ArchiveDamaged(
                f"the vector index at {self.path} measures {space}, not {SPACE}", "dateline reindex --full"
            )

    def _create(self) -> Any:
        configuration = {"hnsw": GRAPH}
        return self._client.create_collection(COLLECTION, embedding_function=None, configuration=configuration)

    def close(self) -> None:
        is_open = self._client is not None
        super().close()
        if is_open:
            self.marker.unlink(missing_ok=True)

    def _failure(self, exc: BaseException, what: str) -> BaseException:
        if isinstance(exc, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            return exc
        said = str(exc)
        if "disk" in said.lower() and "full" in said.lower():
            return full(self.path.parent)
        hint = "dateline reindex --full rebuilds it from the articles"
        return ArchiveDamaged(f"the vector index at {self.path} {what}: {said[:200]}", hint)
