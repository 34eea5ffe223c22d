"""Stand-ins for what is slow or far away: a small embedder, a fetcher that stays on this machine, articles."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache

import numpy as np

from assistant.reading.reader import BundledReader
from ingest.embedding.embedder import Embedder, Span, Vectors
from ingest.fetch.fetcher import Fetcher
from ingest.fetch.guard import Guard
from ingest.fetch.public import Reach
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
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

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


def a_fetcher(host: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Fetcher:
    """A fetcher that may visit a host of this machine and does not pause; `now` is its clock."""
    guard = Guard(Reach.parse(host))
    return Fetcher(agent="Dateline/1", guard=guard, delay=0, clock=lambda: now().timestamp(), now=now)


@cache
def trained_reader() -> BundledReader:
    """The reader in the package, loaded once."""
    return BundledReader(threads=1)
