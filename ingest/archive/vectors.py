"""The vectors of passages in a Chroma collection: a derived index, rebuilt from the store without embedding."""

from __future__ import annotations

import contextlib
import math
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.archive.graph import broken_graph
from ingest.archive.manifest import SPACE
from ingest.database.engines.disk import full
from ingest.errors import ArchiveDamaged
from ingest.types import EARLIEST, EVERYTHING, Article, Filter, Passage

Vectors = NDArray[np.float32]

COLLECTION = "passages"
NEIGHBOURS = 16  # of a passage in the graph; fewer passages are all linked with each other
UPSERT = 100  # Chroma holds the interpreter's lock while it writes; more at once would stall a serving process
QUERY_PAGE = 5000
EQUAL = 1e-5  # cosine distance below which two vectors are the same
STRAY = 0.02  # of a sound graph no more is out of reach: 1 in 900 of real passages, 1 in 60 of nearly equal ones
UNDATED = EARLIEST - 1


class VectorIndex:
    """One Chroma collection in one directory, opened by one process at a time.

    Chroma writes its graph files in place: killed in the middle it can be damaged, now and then in silence
    (chroma-core/chroma#7238). So a marker lies beside the files while they are open; where one is found, the
    files are first tried in a child process, which may crash instead of this one.
    """

    def __init__(self, path: Path, *, dimension: int) -> None:
        self.path, self.dimension = path, dimension
        self._client: Any = None
        self._collection: Any = None
        self._calls = 0
        self._idle = threading.Condition()

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
        chromadb = _chromadb(self.path.parent)
        new = not self.exists()
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.marker.touch(mode=0o600)
        try:
            self._client = chromadb.PersistentClient(str(self.path), settings=_chroma_settings())
            self._collection = (
                self._create() if new else self._client.get_collection(COLLECTION, embedding_function=None)
            )
        except BaseException as exc:  # a panic of Chroma's core is no Exception
            raise _unless_control(exc, f"the vector index at {self.path} cannot be opened", self.path.parent) from exc
        space = (self._collection.configuration_json.get("hnsw") or {}).get("space")
        if space != SPACE:
            raise ArchiveDamaged(
                f"the vector index at {self.path} measures {space}, not {SPACE}", "dateline reindex --full"
            )

    def _create(self) -> Any:
        graph = {
            "space": SPACE,
            "ef_search": 300,
            "ef_construction": 128,
            "max_neighbors": NEIGHBOURS,
            "sync_threshold": 2000,
        }
        return self._client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": graph})

    def close(self) -> None:
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            with self._idle:  # closing under a running search would pull the graph away from it
                self._idle.wait_for(lambda: not self._calls, timeout=10)
            client.close()
            self.marker.unlink(missing_ok=True)

    def put(self, items: Sequence[tuple[Passage, Article]], vectors: Vectors, *, pause: float = 0.0) -> None:
        """Add passages; `pause` seconds after each hundred let other threads of a service in.

        A passage that is there already keeps its vector, which its id stands for; the graph need not be rewired. What
        is known of its article is brought up to date.
        """
        for start in range(0, len(items), UPSERT):
            some = [
                (passage.id, metadata_of(article), vector)
                for (passage, article), vector in zip(
                    items[start : start + UPSERT], vectors[start : start + UPSERT], strict=True
                )
            ]
            there = self.having([key for key, _, _ in some])
            self._write("upsert", [one for one in some if one[0] not in there])
            self._write("update", [one for one in some if one[0] in there])
            time.sleep(pause)

    def _write(self, method: str, rows: Sequence[tuple[str, dict[str, Any], Vectors]]) -> None:
        if not rows:
            return
        given: dict[str, Any] = {"ids": [row[0] for row in rows], "metadatas": [row[1] for row in rows]}
        if method == "upsert":
            given["embeddings"] = np.array([row[2] for row in rows], np.float32)
        self._call(method, **given)

    def relink(self) -> int:
        """Put the passages that no search reaches into the graph once more; returns how many there were.

        A graph that was written in parallel leaves a few without any way to them (chroma-core/chroma#7758).
        """
        strays = sorted(self.ids() - self.visible())
        for start in range(0, len(strays), UPSERT):
            some = strays[start : start + UPSERT]
            kept = self._call("get", ids=some, include=["embeddings", "metadatas"])
            self._call("upsert", **{name: kept[name] for name in ("ids", "embeddings", "metadatas")})
        return len(strays)

    def delete(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), UPSERT):
            self._call("delete", ids=list(ids[start : start + UPSERT]))

    def search(self, vector: Vectors, limit: int, filters: Filter = EVERYTHING) -> list[tuple[str, float]]:
        """(passage id, cosine similarity), best first, among the articles that the filter lets through."""
        found = self._call(
            "query",
            query_embeddings=vector[None, :],
            n_results=limit,
            where=_where(filters),
            include=["distances"],
        )
        return [(key, 1.0 - far) for key, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    def count(self) -> int:
        return int(self._call("count"))

    def having(self, ids: Sequence[str]) -> set[str]:
        """Which of these ids Chroma has a record of."""
        pages = [ids[start : start + QUERY_PAGE] for start in range(0, len(ids), QUERY_PAGE)]
        return {key for page in pages for key in self._call("get", ids=list(page), include=[])["ids"]}

    def kept(self, ids: Sequence[str]) -> Iterator[tuple[str, Vectors, dict[str, Any]]]:
        """(id, vector, metadata) of those that Chroma has a record of."""
        for start in range(0, len(ids), QUERY_PAGE):
            found = self._call("get", ids=list(ids[start : start + QUERY_PAGE]), include=["embeddings", "metadatas"])
            yield from zip(found["ids"], found["embeddings"], found["metadatas"], strict=True)

    def ids(self) -> set[str]:
        """Every id that Chroma has a record of."""
        found: set[str] = set()
        while page := self._call("get", include=[], limit=QUERY_PAGE, offset=len(found))["ids"]:
            found.update(page)
        return found

    def visible(self) -> set[str]:
        """Every id that a vector search finds, first by one search for all, then each by its own vector.

        A damaged graph counts passages that it never returns. Of many equal vectors a sound one leaves some out too:
        there it is enough that an equal one is found.
        """
        if not (count := self.count()):
            return set()
        probe = np.full((1, self.dimension), 0.1, np.float32)
        found = set(self._call("query", query_embeddings=probe, n_results=count, include=[])["ids"][0])
        rest = sorted(self.ids() - found)
        for start in range(0, len(rest), UPSERT):
            found |= self._found_by_own_vector(rest[start : start + UPSERT])
        return found

    def _found_by_own_vector(self, ids: Sequence[str]) -> set[str]:
        kept = self._call("get", ids=list(ids), include=["embeddings"])
        nearest = self._call("query", query_embeddings=kept["embeddings"], n_results=10, include=["distances"])
        rows = zip(kept["ids"], nearest["ids"], nearest["distances"], strict=True)
        return {key for key, near, far in rows if key in near or (far and far[0] < EQUAL)}

    def _call(self, method: str, **arguments: Any) -> Any:
        """A method of the collection, its failures as ours; also that of a collection which was just closed."""
        with self._idle:
            self._calls += 1
        try:
            return getattr(self._collection, method)(**arguments)
        except BaseException as exc:
            raise _unless_control(exc, f"the vector index at {self.path} failed", self.path.parent) from exc
        finally:
            with self._idle:
                self._calls -= 1
                self._idle.notify_all()


def reached(there: set[str], found: set[str]) -> bool:
    """Whether search finds so many of the passages that the rest are strays of a sound graph."""
    allowed = math.ceil(STRAY * len(there)) if len(there) > NEIGHBOURS else 0
    return found <= there and len(there - found) <= allowed


def _chromadb(folder: Path) -> Any:
    """The library. Importing it reads `.env` of the working directory, and fails where that is not as it expects.

    So where there is one, the import runs in another folder. All threads share the working directory.
    """
    is_new = "chromadb" not in sys.modules
    with contextlib.chdir(folder) if is_new and os.path.exists(".env") else contextlib.nullcontext():
        import chromadb
    return chromadb


def _chroma_settings() -> Any:
    """Ours alone: Chroma would also read unprefixed environment variables and `.env` of the working directory."""
    from chromadb.config import Settings

    return Settings(
        _env_file=None,
        anonymized_telemetry=False,
        allow_reset=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
    )


def metadata_of(article: Article) -> dict[str, Any]:
    return {"outlet": article.outlet.casefold(), "day": UNDATED if article.day is None else article.day}


def _where(filters: Filter) -> dict[str, Any] | None:
    parts: list[dict[str, Any]] = []
    if filters.outlets:
        parts.append({"outlet": {"$in": filters.names}})
    if filters.first is not None:  # an undated article may be from before the last day, and not from after the first
        parts.append({"day": {"$gte": filters.first}})
    if filters.last is not None:
        parts.append({"day": {"$lte": filters.last}})
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else {"$and": parts}


def _unless_control(exc: BaseException, message: str, path: Path) -> BaseException:
    """Our error for Chroma's; interrupts pass through."""
    if isinstance(exc, (KeyboardInterrupt, SystemExit, GeneratorExit)):
        return exc
    if "disk" in str(exc).lower() and "full" in str(exc).lower():
        return full(path)
    return ArchiveDamaged(f"{message}: {str(exc)[:200]}", "dateline reindex --full rebuilds it from the articles")
