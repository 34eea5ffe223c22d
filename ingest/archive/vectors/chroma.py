"""The vectors of passages in a Chroma collection, wherever Chroma runs."""

from __future__ import annotations

import contextlib
import math
import os
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.archive.manifest import SPACE
from ingest.types import EARLIEST, EVERYTHING, Article, Filter, Passage, folded_outlet

Vectors = NDArray[np.float32]

NEIGHBOURS = 16  # of a passage in the graph; fewer passages are all linked with each other
UPSERT = 100  # Chroma holds the interpreter's lock while it writes; more at once would stall a serving process
QUERY_PAGE = 5000
ID_PAGE = 100_000  # each page is searched for from the first row on
EQUAL = 1e-5  # cosine distance below which two vectors are the same
STRAY = 0.02  # of a sound graph no more is out of reach: 1 in 900 of real passages, 1 in 60 of nearly equal ones
UNDATED = EARLIEST - 1
GRAPH = {
    "space": SPACE,
    "ef_search": 300,
    "ef_construction": 128,
    "max_neighbors": NEIGHBOURS,
    "sync_threshold": 2000,
}


class ChromaVectors(ABC):
    """One collection of a Chroma client: a derived index, rebuilt from the store without embedding."""

    def __init__(self, *, dimension: int) -> None:
        self.dimension = dimension
        self._client: Any = None
        self._collection: Any = None
        self._calls = 0
        self._idle = threading.Condition()

    @abstractmethod
    def _failure(self, exc: BaseException, what: str) -> BaseException:
        """Our error for Chroma's, of whose doing it says what; interrupts stay what they are."""

    def close(self) -> None:
        client, self._client, self._collection = self._client, None, None
        if client is not None:
            with self._idle:  # closing under a running search would pull the graph away from it
                self._idle.wait_for(lambda: not self._calls, timeout=10)
            client.close()

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
        while page := self._call("get", include=[], limit=ID_PAGE, offset=len(found))["ids"]:
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
        except BaseException as exc:  # a panic of Chroma's core is no Exception
            raise self._failure(exc, "failed") from exc
        finally:
            with self._idle:
                self._calls -= 1
                self._idle.notify_all()


def reached(there: set[str], found: set[str]) -> bool:
    """Whether search finds so many of the passages that the rest are strays of a sound graph."""
    allowed = math.ceil(STRAY * len(there)) if len(there) > NEIGHBOURS else 0
    return found <= there and len(there - found) <= allowed


def import_chromadb(folder: Path) -> Any:
    """The library. Importing it reads `.env` of the working directory, and fails where that is not as it expects.

    So where there is one, the import runs in another folder. All threads share the working directory.
    """
    is_new = "chromadb" not in sys.modules
    with contextlib.chdir(folder) if is_new and os.path.exists(".env") else contextlib.nullcontext():
        import chromadb
    return chromadb


def chroma_settings() -> Any:
    """Ours alone: Chroma would also read unprefixed environment variables and `.env` of the working directory."""
    from chromadb.config import Settings

    return Settings(
        _env_file=None,
        anonymized_telemetry=False,
        allow_reset=False,
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",  # a client of a server sets its own
    )


def metadata_of(article: Article) -> dict[str, Any]:
    return {"outlet": folded_outlet(article.outlet), "day": UNDATED if article.day is None else article.day}


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
