"""Stand-ins for what is slow or far away: a small embedder, a clock, articles."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache

import httpx
import numpy as np

from assistant.reading.reader import BundledReader
from ingest.embedding.embedder import Embedder, Span, Vectors
from ingest.errors import FetchError
from ingest.fetch.fetcher import Fetched
from ingest.types import Article, article_id

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=10_000)
def _direction(word: str, dimension: int) -> Vectors:
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(dimension).astype(np.float32)


class HashEmbedder(Embedder):
    """Sums of a direction for each word: alike texts are near, deterministic, in no time. Counts what it embeds."""

    def __init__(self, *, dimension: int = 64, fingerprint: str = "hash/64") -> None:
        self.dimension, self.fingerprint = dimension, fingerprint
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                vectors[row] += _direction(word[:5], self.dimension)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        before = self.embedded
        found = super().embed_parts(texts, parts)
        self.embedded = before + len(texts)
        return found

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_WORD.findall(text)) for text in texts]


def an_article(
    text: str = "The ferry strike ended on Monday, the harbour office said.",
    *,
    title: str = "Ferry strike ends",
    outlet: str = "Harbour Post",
    url: str | None = None,
    published: datetime | None = datetime(2026, 10, 7, 8, 15, tzinfo=UTC),
) -> Article:
    return Article(
        id=article_id(url=url, outlet=outlet, title=title),
        title=title,
        text=text,
        outlet=outlet,
        url=url,
        published=published,
        published_precision="minute" if published else None,
    )


class LoopbackFetcher:
    """Fetches from servers of tests, without guard and pace. Keeps what it was asked for."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.asked: list[str] = []
        self._now = now

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        known_at: str | None = None,
        limit: int = 0,
    ) -> Fetched:
        self.asked.append(url)
        headers = {"If-None-Match": etag or "", "If-Modified-Since": modified or ""}
        try:
            answer = httpx.get(
                url,
                headers={k: v for k, v in headers.items() if v},
                trust_env=False,
                timeout=30,
                follow_redirects=True,
            )
        except httpx.HTTPError as exc:
            raise FetchError(f"no answer: {type(exc).__name__}") from exc
        if answer.status_code not in (200, 304):
            wait = answer.headers.get("retry-after")
            said = f"the server answered {answer.status_code}"
            raise FetchError(said, status=answer.status_code, retry_after=float(wait) if wait else None)
        lasting = bool(answer.history) and all(step.status_code in (301, 308) for step in answer.history)
        return Fetched(
            url=url,
            final_url=str(answer.url) if answer.history else url,
            moved=str(answer.url) if lasting else "",
            status=answer.status_code,
            content=answer.content,
            media_type=answer.headers.get("content-type", "").partition(";")[0],
            charset=answer.charset_encoding or "",
            at=self._now(),
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
            not_modified=answer.status_code == 304,
        )


@cache
def trained_reader() -> BundledReader:
    """The reader in the package, loaded once."""
    return BundledReader(threads=1)
