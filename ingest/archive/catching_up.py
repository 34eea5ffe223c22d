"""Meaning after words: passages that their words find get their vectors, those of the newest articles first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.database.engines.disk import translated_errors
from ingest.embedding.chunk import embedded_sentences, embedded_text, embedding_key
from ingest.embedding.embedder import Embedder, Vectors
from ingest.errors import ArchiveMismatch

if TYPE_CHECKING:
    from ingest.archive.archive import Archive

AT_ONCE = 64  # passages: a second of work, after which one may stop
_SECONDS_BETWEEN_LOOKS = 0.1
Turn = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Caught:
    """A step: how many passages were embedded in it, and how many have got their vectors so far, of how many."""

    embedded: int
    done: int
    of: int


@dataclass(frozen=True)
class _Embedded:
    """Passages by id, and what was embedded for them, by key."""

    ids: list[str]
    keys: list[str]
    vectors: Vectors
    of_sentences: Sequence[Vectors]


def catch_up(
    archive: Archive, *, turn: Turn = nullcontext, stop: Callable[[], bool] = lambda: False
) -> Iterator[Caught]:
    """Give the passages that wait their vectors until none waits any more, or `stop` says so.

    While some are written, which is done in a `turn`, the model reads the next ones. What is done stays done.
    """
    of, done = archive.awaiting.count(), 0
    if not of:
        return
    pool = ThreadPoolExecutor(1, thread_name_prefix="embedding")
    try:
        with translated_errors(archive.folder):
            embedding = _begin(pool, archive, [])
            while embedding is not None and (found := _result(embedding, stop)):
                embedding = _begin(pool, archive, found.ids)
                with turn():
                    _write(archive, found)
                done += len(found.ids)
                yield Caught(len(found.keys), done, max(done, of))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # nobody waits for what will not be written


def _result(embedding: Future[_Embedded], stop: Callable[[], bool]) -> _Embedded | None:
    """What was embedded; None where `stop` says so before."""
    while not stop():
        with suppress(TimeoutError):
            return embedding.result(timeout=_SECONDS_BETWEEN_LOOKS)
    return None


def _begin(pool: ThreadPoolExecutor, archive: Archive, being_written: Sequence[str]) -> Future[_Embedded] | None:
    """The next passages on their way through the model; None where there are none."""
    ids = archive.awaiting.first(AT_ONCE, but=set(being_written))
    return pool.submit(_embedded, archive, ids) if ids else None


def _embedded(archive: Archive, ids: list[str]) -> _Embedded:
    named = {
        embedding_key(article.title, passage.text): (article.title, passage.text)
        for passage, article in archive.items(ids)
    }
    keys = archive.embeddings.missing(list(named))
    vectors, of_sentences = read_passages(archive.embedder, [named[key] for key in keys])
    return _Embedded(ids, keys, vectors, of_sentences)


def read_passages(embedder: Embedder, titled: Sequence[tuple[str, str]]) -> tuple[Vectors, Sequence[Vectors]]:
    """The vectors of passages, given as title and text, and of each the vectors of its sentences."""
    if not titled:
        return np.empty((0, embedder.dimension), np.float32), []
    parts = [embedded_sentences(*one) for one in titled]
    vectors, of_sentences = embedder.embed_parts([embedded_text(*one) for one in titled], parts)
    for found, count in [(vectors, len(titled)), *zip(of_sentences, map(len, parts), strict=True)]:
        if found.shape != (count, embedder.dimension) or not np.isfinite(found).all():
            raise ArchiveMismatch("the embedding model gave vectors of a wrong shape or without values")
    return vectors, of_sentences


def _write(archive: Archive, found: _Embedded) -> None:
    """Keep the embeddings and index the vectors, but of what was removed or changed meanwhile."""
    archive.require_writing()
    still = archive.awaiting.still(found.ids)
    items = archive.items([key for key in found.ids if key in still])
    wanted = {embedding_key(article.title, passage.text) for passage, article in items}
    rows = [row for row, key in enumerate(found.keys) if key in wanted]
    of_sentences = [found.of_sentences[row] for row in rows]
    archive.embeddings.keep([found.keys[row] for row in rows], found.vectors[rows], of_sentences)
    archive.vectors.put(items, archive.vectors_of(items), pause=archive.pause)
    archive.awaiting.done(found.ids)
