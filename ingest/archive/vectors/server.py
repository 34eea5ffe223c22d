"""The vectors of passages on a Chroma server: the same index for all who share the database."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest.archive.vectors.chroma import GRAPH, ChromaVectors, Vectors, chroma_settings, import_chromadb
from ingest.errors import ArchiveDamaged, DatabaseUnreachable
from ingest.types import Article, Passage

_PORTS = {"http": 80, "https": 443}  # where none is named


class ChromaServer(ChromaVectors):
    """A collection for the vectors of one model of one archive.

    address    of the server, such as http://chroma.example:8000, with a name and password where a proxy asks for them
    name       of the archive; letters, digits and hyphens
    may_write  whether this process writes to the collection; others find in it what that one has written
    """

    def __init__(
        self,
        address: str,
        folder: Path,
        *,
        name: str,
        model: str,
        dimension: int,
        may_write: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(dimension=dimension)
        self._url, self._folder, self._may_write = urlsplit(address), folder, may_write
        self._name = f"dateline-{name}-{hashlib.sha256(f'{model} {dimension}'.encode()).hexdigest()[:12]}"

    def exists(self) -> bool:
        self._connect()
        return self._name in {one.name for one in self._asked(self._client.list_collections)}

    def was_left_open(self) -> bool:
        return False

    def broken(self) -> Iterator[str]:
        """The server looks after its own files."""
        yield from ()

    def open(self) -> None:
        """Raises DatabaseUnreachable where the server does not answer."""
        self._connect()
        given = {"embedding_function": None, "configuration": {"hnsw": GRAPH}}
        self._collection = self._asked(self._client.get_or_create_collection, self._name, **given)

    def close(self) -> None:
        client = self._client
        super().close()
        for one in (client, getattr(client, "_admin_client", None)):  # Chroma 1.5.9 leaves their connections open
            if connections := getattr(getattr(one, "_server", None), "_session", None):
                connections.close()

    def put(self, items: Sequence[tuple[Passage, Article]], vectors: Vectors, *, pause: float = 0.0) -> None:
        if self._may_write():
            super().put(items, vectors, pause=pause)

    def delete(self, ids: Sequence[str]) -> None:
        if self._may_write():
            super().delete(ids)

    def relink(self) -> int:
        return super().relink() if self._may_write() else 0

    def _connect(self) -> None:
        if self._client is None:
            chromadb = import_chromadb(self._folder)
            port = self._url.port or _PORTS[self._url.scheme]
            options = {"ssl": self._url.scheme == "https", "headers": self._headers(), "settings": chroma_settings()}
            self._client = self._asked(chromadb.HttpClient, self._url.hostname, port, **options)

    def _headers(self) -> dict[str, str]:
        if not self._url.username:
            return {}
        pair = f"{unquote(self._url.username)}:{unquote(self._url.password or '')}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}

    def _asked(self, ask: Callable[..., Any], *given: Any, **more: Any) -> Any:
        try:
            return ask(*given, **more)
        except Exception as exc:
            raise self._failure(exc, "does not answer as one") from exc

    def _failure(self, exc: BaseException, what: str) -> BaseException:
        from chromadb.errors import NotFoundError

        where = f"{self._url.scheme}://{self._url.netloc.rpartition('@')[2]}"
        if isinstance(exc, NotFoundError):
            return ArchiveDamaged(f"the vectors on the Chroma server {where} are gone", "dateline repair")
        if not isinstance(exc, Exception):
            return exc
        return DatabaseUnreachable(
            f"the Chroma server {where} {what}: {str(exc)[:200]}", "see that it runs, and check DATELINE_CHROMA_URL"
        )
