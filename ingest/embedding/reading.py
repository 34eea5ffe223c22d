"""Passages read by the model: in this process, or in one of its own that gives way to everything else."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from ingest.embedding.batches import BATCH
from ingest.embedding.chunk import embedded_sentences, embedded_text
from ingest.embedding.embedder import BundledEmbedder, Embedder, Vectors
from ingest.errors import ArchiveMismatch, IngestError
from ingest.processes import Worker, WorkerEnded, spawning

Titled = Sequence[tuple[str, str]]
Read = Callable[[Titled], tuple[Vectors, Sequence[Vectors]]]

_LEAST_PRIORITY = 19
_AT_LONGEST = 600.0  # seconds for some passages, beside all that comes first


def read_passages(embedder: Embedder, titled: Titled) -> tuple[Vectors, Sequence[Vectors]]:
    """The vectors of passages, given as title and text, and of each the vectors of its sentences."""
    if not titled:
        return np.empty((0, embedder.dimension), np.float32), []
    parts = [embedded_sentences(*one) for one in titled]
    vectors, of_sentences = embedder.embed_parts([embedded_text(*one) for one in titled], parts)
    for found, count in [(vectors, len(titled)), *zip(of_sentences, map(len, parts), strict=True)]:
        if found.shape != (count, embedder.dimension) or not np.isfinite(found).all():
            raise ArchiveMismatch("the embedding model gave vectors of a wrong shape or without values")
    return vectors, of_sentences


@contextlib.contextmanager
def read_aside(embedder: Embedder) -> Iterator[Read]:
    """`read_passages` in a process of the lowest priority, so that questions come first.

    The bundled model alone is small enough to be loaded twice; others are read in this process. At the end of the
    `with` the process is gone, and its memory with it.
    """
    if isinstance(embedder, BundledEmbedder):
        aside = _Aside(embedder)
        try:
            yield aside
        finally:
            aside.end()
    else:
        yield partial(read_passages, embedder)


class _Aside:
    """The process, which is started for more than one batch: a short article is read sooner here."""

    def __init__(self, embedder: BundledEmbedder) -> None:
        self._embedder = embedder
        self._worker: Worker | None = None
        self._lock, self._is_over = threading.Lock(), False

    def __call__(self, titled: Titled) -> tuple[Vectors, Sequence[Vectors]]:
        """Raises IngestError where something ended the process; the next call starts another."""
        if self._worker is None and len(titled) <= BATCH:
            return read_passages(self._embedder, titled)
        try:
            vectors, of_sentences = self._started().ask(titled, seconds=_AT_LONGEST)
        except (WorkerEnded, TimeoutError) as exc:
            self._worker = None
            hint = "see that there is enough memory; the passages are embedded later"
            raise IngestError("the process that embeds passages was ended", hint) from exc
        return vectors, of_sentences

    def _started(self) -> Worker:
        with self._lock:
            if self._is_over:
                raise WorkerEnded
            self._worker = self._worker or Worker(spawning(), _begin, self._embedder.threads)
            return self._worker

    def end(self) -> None:
        """Also while another thread waits for an answer."""
        with self._lock:
            self._is_over = True
            if self._worker is not None:
                self._worker.end()


def _begin(threads: int) -> Read:
    """Runs in the process."""
    with contextlib.suppress(AttributeError):  # Windows has no such priorities
        os.nice(_LEAST_PRIORITY)
    return partial(read_passages, BundledEmbedder(threads=threads))
