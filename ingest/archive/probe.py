"""Search indexes compared with the database in a child process: a damaged one can crash the process that reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from sqlalchemy import Engine

from ingest.archive.following import changing
from ingest.archive.home import Home, home_with
from ingest.archive.vectors.chroma import QUERY_PAGE, Vectors, metadata_of, reached
from ingest.archive.vectors.store import VectorStore
from ingest.archive.words import WordIndex
from ingest.database.awaiting import Awaiting
from ingest.database.change_log import Change, ChangeLog
from ingest.database.embeddings import KeptEmbeddings
from ingest.database.engines.disk import full, translated_errors
from ingest.database.store import Store
from ingest.errors import DatelineError, DiskFull

_ADDRESS, _VECTORS = (
    "_DATELINE_DATABASE",
    "_DATELINE_VECTORS",
)  # tells the child process, whose arguments others can see
_SECONDS, _SECONDS_EACH = 900, 0.001  # of them all, and of each passage; a damaged index can also loop for ever
_TROUBLE, _FULL = 2, 3
_SAME = 0.999  # cosine of a vector and its copy


def trouble_with_indexes(home: Home, passages: int) -> str:
    """What is wrong with the indexes of an archive of so many passages; empty where they are as its database has it.

    Raises DiskFull where there is no room to look at them.
    """
    command = [sys.executable, "-m", "ingest.archive.probe", str(home.folder)]
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    quiet = {**os.environ, "PYTHONPATH": path, _ADDRESS: home.address, _VECTORS: home.vectors_in}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True, "env": quiet}
    try:
        done = subprocess.run(command, check=False, timeout=_SECONDS + _SECONDS_EACH * passages, **options)  # type: ignore[call-overload] # noqa: S603
    except subprocess.TimeoutExpired:
        return "a search index cannot be read to its end"
    if done.returncode == _FULL:
        raise full(home.folder)
    if done.returncode in (0, _TROUBLE):
        return str(done.stdout).strip()
    return f"a search index crashes the process that reads it ({done.returncode})"


def _troubles(folder: Path) -> Iterator[str]:
    home = home_with(folder, os.environ[_ADDRESS], os.environ[_VECTORS])
    manifest = home.manifest()
    if manifest is None:
        return
    engine = home.open_to_read()
    changes = _changes(home, engine)
    if changes is None:
        yield "too much has changed in the database since"
        return
    store = Store(engine)
    embeddings = KeptEmbeddings(engine, model=manifest.embedder)
    probe = Probe(store, embeddings, Awaiting(engine), but=changing(store, changes))
    yield from probe.words(WordIndex(folder / manifest.words))
    yield from probe.vectors(home.vectors(manifest, engine))


def _changes(home: Home, engine: Engine) -> Sequence[Change] | None:
    """What the indexes are still to follow; None where that is not all known."""
    return ChangeLog(engine).since(home.followed()) if home.is_shared else ()


class Probe:
    """Says where the indexes differ from the database.

    but  passages that may be in the indexes or not, since changes to them are still to be followed
    """

    def __init__(
        self, store: Store, embeddings: KeptEmbeddings, awaiting: Awaiting, *, but: AbstractSet[str] = frozenset()
    ) -> None:
        self._store, self._embeddings = store, embeddings
        must, may = store.indexed()
        self._must, self._may = must - but, may | but
        self._with_vectors = self._must - awaiting.ids()

    def contents(self, words: WordIndex, vectors: VectorStore) -> Iterator[str]:
        """What is wrong with open indexes, beyond the passages that they lack."""
        if name := words.damaged_file():
            yield f"the word index is damaged in {name}"
        yield from self._contents_of(vectors, vectors.ids())

    def words(self, words: WordIndex) -> Iterator[str]:
        if not words.exists():
            yield "the word index is missing"
        elif name := words.damaged_file():
            yield f"the word index is damaged in {name}"
        else:
            words.open()
            yield from self._passages("the word index", words.ids(), self._must)

    def vectors(self, vectors: VectorStore) -> Iterator[str]:
        if not vectors.exists():
            yield "the vector index is missing"
            return
        yield from vectors.broken()
        vectors.open()
        there = vectors.ids()
        yield from self._passages("the vector index", there, self._with_vectors)
        yield from self._contents_of(vectors, there)
        if not reached(there, vectors.visible()):
            yield "passages of the vector index are out of reach"

    def _passages(self, name: str, found: set[str], must: set[str]) -> Iterator[str]:
        if missing := must - found:
            yield f"{name} is missing {len(missing)} of {len(must)} passages"
        if surplus := found - self._may:
            yield f"{name} has {len(surplus)} passages that no article has"

    def _contents_of(self, vectors: VectorStore, there: set[str]) -> Iterator[str]:
        where = self._store.whereabouts(list(there & self._with_vectors))
        ids = sorted(where, key=where.__getitem__)  # those of an article stand together, so that it is read once
        for start in range(0, len(ids), QUERY_PAGE):
            some = ids[start : start + QUERY_PAGE]
            yield from self._contents(vectors, {key: where[key][0] for key in some})

    def _contents(self, vectors: VectorStore, article_of: dict[str, str]) -> Iterator[str]:
        ids = list(article_of)
        expected, articles = self._embeddings.of_passages(ids), self._store.articles(sorted({*article_of.values()}))
        told = {article_id: metadata_of(article) for article_id, article in articles.items()}
        for key, vector, metadata in vectors.kept(ids):
            if key in expected and not _is_same(vector, expected[key]):
                yield f"the vector index has another vector for passage {key}"
            if metadata != told.get(article_of[key]):
                yield f"the vector index has another outlet or day for passage {key}"


def _is_same(one: Vectors, other: Vectors) -> bool:
    product = float(one @ other)
    return product > 0 and product**2 > _SAME**2 * float(one @ one) * float(other @ other)


def _first_trouble(folder: Path) -> str:
    try:
        with translated_errors(folder):
            return next(_troubles(folder), "")
    except DiskFull:
        os._exit(_FULL)
    except DatelineError as exc:
        return exc.message
    except BaseException as exc:  # a panic of an index's core is no Exception
        return f"{type(exc).__name__}: {exc}"[:300]


if __name__ == "__main__":
    found = _first_trouble(Path(sys.argv[1]))
    print(" ".join(found.split()))
    sys.stdout.flush()
    os._exit(_TROUBLE if found else 0)  # closing a damaged index could crash even so
