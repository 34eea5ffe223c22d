"""Meaning after words: passages that their words find get their vectors, those of the newest articles first."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ingest.database.engines.disk import translated_errors
from ingest.embedding.chunk import embedding_key
from ingest.embedding.embedder import Vectors
from ingest.embedding.reading import Read, read_passages

if TYPE_CHECKING:
    from ingest.archive.archive import Archive
    from ingest.archive.indexed import Items

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
    archive: Archive,
    *,
    read: Read | None = None,
    turn: Turn = nullcontext,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Caught]:
    """Give the passages that wait their vectors until none waits any more, or `stop` says so.

    read  what embeds them; the embedder of the archive in this process where it is not given

    While some are written, which is done in a `turn`, the model reads the next ones. What is done stays done. Where
    other processes embed passages of the same database too, their work is waited for and written.
    """
    of, done = archive.awaiting.count(), 0
    if not of:
        return
    embed = partial(_embedded, archive, read or partial(read_passages, archive.embedder))
    pool = ThreadPoolExecutor(1, thread_name_prefix="embedding")
    try:
        with translated_errors(archive.folder):
            embedding = pool.submit(embed)
            while (found := _result(embedding, stop)) and (found.ids or archive.awaiting.count()):
                embedding = pool.submit(embed, but=found.ids)
                if not found.ids:  # others read them
                    time.sleep(_SECONDS_BETWEEN_LOOKS)
                    continue
                with turn():
                    _write(archive, found)
                done += len(found.ids)
                yield Caught(len(found.keys), done, max(done, of))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # nobody waits for what will not be written


def embed_for_writer(archive: Archive, read: Read) -> bool:
    """Embed some passages for the process that writes to a shared database; False where none is left for this one."""
    with translated_errors(archive.folder):
        return bool(_embedded(archive, read, lacking=True).ids)


def _result(embedding: Future[_Embedded], stop: Callable[[], bool]) -> _Embedded | None:
    """What was embedded; None where `stop` says so before."""
    while not stop():
        with suppress(TimeoutError):
            return embedding.result(timeout=_SECONDS_BETWEEN_LOOKS)
    return None


def _embedded(archive: Archive, read: Read, *, but: Collection[str] = (), lacking: bool = False) -> _Embedded:
    """The next passages on their way through the model."""
    with archive.awaiting.taken(AT_ONCE, but=but, lacking=archive.embeddings.model if lacking else None) as ids:
        named = {
            embedding_key(article.title, passage.text): (article.title, passage.text)
            for passage, article in archive.items(ids)
        }
        keys = archive.embeddings.missing(list(named))
        found = _Embedded(ids, keys, *read([named[key] for key in keys]))
        if archive.home.is_shared:  # before another process can take them
            _keep(archive, found, _still(archive, ids))
        return found


def _write(archive: Archive, found: _Embedded) -> None:
    archive.require_writing()
    items = _still(archive, found.ids)
    if not archive.home.is_shared:
        _keep(archive, found, items)
    archive.vectors.put(items, archive.vectors_of(items), pause=archive.pause)
    archive.awaiting.done(found.ids)


def _still(archive: Archive, ids: Sequence[str]) -> Items:
    """The passages that still wait, each with its article: some may have been removed or changed meanwhile."""
    still = archive.awaiting.still(ids)
    return archive.items([key for key in ids if key in still])


def _keep(archive: Archive, found: _Embedded, items: Items) -> None:
    """Keep the embeddings of these passages."""
    wanted = {embedding_key(article.title, passage.text) for passage, article in items}
    rows = [row for row, key in enumerate(found.keys) if key in wanted]
    of_sentences = [found.of_sentences[row] for row in rows]
    archive.embeddings.keep([found.keys[row] for row in rows], found.vectors[rows], of_sentences)
