"""The embeddings ever computed, in the same database: nothing is embedded twice, indexes rebuild from them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, Row, and_, delete, select

from ingest.database.engines.dialects import insert_new
from ingest.database.passage_rows import current_passage, rows_among
from ingest.database.tables import articles, embeddings, passages, sentence_embeddings
from ingest.embedding.embedder import Vectors

_MOST = 7  # of the steps to each side of zero that four bits hold
_AT_ONCE = 4096  # vectors that are compared at once
_REACH = 0.8  # share of a sentence's largest value at which the steps end: the few beyond count as that


class KeptEmbeddings:
    """Vectors of one model by key: of passages as half-precision floats, of their sentences with four bits a value.

    Cosines to a sentence come out within .02 of the exact ones.
    """

    def __init__(self, engine: Engine, *, model: str) -> None:
        self.engine, self.model = engine, model

    def keep(self, keys: Sequence[str], vectors: Vectors, of_sentences: Sequence[Vectors]) -> None:
        """Keep the vectors of passages, and of each the vectors of its sentences, shape (sentences, dimension)."""
        if not keys:
            return
        whole = [
            {"key": key, "model": self.model, "vector": vector.astype(np.float16).tobytes()}
            for key, vector in zip(keys, vectors, strict=True)
        ]
        parts = [
            {"key": key, "model": self.model, "vectors": packed(some)}
            for key, some in zip(keys, of_sentences, strict=True)
        ]
        with self.engine.begin() as sql:
            sql.execute(insert_new(sql, embeddings), whole)
            sql.execute(insert_new(sql, sentence_embeddings), parts)

    def find(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The kept vectors of passages by key; the ones never computed are absent."""
        query = select(embeddings.c.key, embeddings.c.vector).where(embeddings.c.model == self.model)
        with self.engine.connect() as sql:
            return _vectors(rows_among(sql, query, embeddings.c.key, keys))

    def missing(self, keys: Sequence[str]) -> list[str]:
        """The keys of which there is no vector, or none of the sentences."""
        both = and_(embeddings.c.key == sentence_embeddings.c.key, embeddings.c.model == sentence_embeddings.c.model)
        query = select(embeddings.c.key).join(sentence_embeddings, both).where(embeddings.c.model == self.model)
        with self.engine.connect() as sql:
            there = {key for (key,) in rows_among(sql, query, embeddings.c.key, keys)}
        return [key for key in keys if key not in there]

    def forget_others(self) -> None:
        """Delete the vectors of other models."""
        with self.engine.begin() as sql:
            for table in (embeddings, sentence_embeddings):
                sql.execute(delete(table).where(table.c.model != self.model))

    def of_passages(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The kept vectors by passage id."""
        join = (passages.c.embedding == embeddings.c.key) & (embeddings.c.model == self.model)
        query = select(passages.c.id, embeddings.c.vector).join(embeddings, join)
        with self.engine.connect() as sql:
            return _vectors(rows_among(sql, query, passages.c.id, ids))

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the passages nearest to a vector, best first, out of all of them."""
        keys, scores = self._scores(vector)
        wanted, best = 2 * limit, np.argsort(-scores, kind="stable")
        while True:  # some may be of versions that are not shown any more
            first = {keys[place]: float(scores[place]) for place in best[:wanted]}
            found = [(key, first[embedding]) for key, embedding in self._shown(list(first))]
            if len(found) >= limit or wanted >= len(keys):
                return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]
            wanted *= 4

    def _scores(self, vector: Vectors) -> tuple[list[str], Vectors]:
        """The keys of all vectors, and their cosines with this one; some are compared while the next are read."""
        query = select(embeddings.c.key, embeddings.c.vector).where(embeddings.c.model == self.model)
        keys, scores = list[str](), list[Future[Vectors]]()
        with ThreadPoolExecutor(1) as comparing, self.engine.connect() as sql:
            for rows in sql.execution_options(yield_per=_AT_ONCE).execute(query).partitions():
                keys += [row.key for row in rows]
                scores.append(comparing.submit(_compared, b"".join(row.vector for row in rows), vector))
            return keys, np.concatenate([np.empty(0, np.float32), *(one.result() for one in scores)])

    def _shown(self, keys: Sequence[str]) -> Sequence[tuple[str, str]]:
        """(id, key) of the passages with these embeddings, of the articles as they are shown."""
        query = select(passages.c.id, passages.c.embedding).join(articles, current_passage())
        with self.engine.connect() as sql:
            return rows_among(sql, query, passages.c.embedding, keys)

    def of_sentences(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The kept vectors of the sentences of passages by passage id, in their order."""
        join = (passages.c.embedding == sentence_embeddings.c.key) & (sentence_embeddings.c.model == self.model)
        query = select(passages.c.id, sentence_embeddings.c.vectors).join(sentence_embeddings, join)
        with self.engine.connect() as sql:
            rows = rows_among(sql, query, passages.c.id, ids)
        return {key: unpacked(vectors) for key, vectors in rows}

    def lacking(self) -> set[str]:
        """Ids of the passages that are shown and lack a vector, or those of their sentences."""
        query = select(passages.c.id, passages.c.embedding).join(articles, current_passage())
        with self.engine.connect() as sql:
            rows = sql.execute(query).all()
        missing = set(self.missing(list({key for _, key in rows})))
        return {passage_id for passage_id, key in rows if key in missing}


def _compared(kept: bytes, vector: Vectors) -> Vectors:
    scores: Vectors = np.frombuffer(kept, np.float16).reshape(-1, len(vector)).astype(np.float32) @ vector
    return scores


def _vectors(rows: Sequence[Row[Any]]) -> dict[str, Vectors]:
    if not rows:
        return {}
    keys, kept = zip(*rows, strict=True)
    vectors = np.frombuffer(b"".join(kept), np.float16).astype(np.float32)
    return dict(zip(keys, vectors.reshape(len(keys), -1), strict=True))


def packed(vectors: Vectors) -> bytes:
    """Unit vectors in four bits a value, after the number of their dimensions."""
    step = _REACH / _MOST * np.abs(vectors).max(axis=1, initial=1e-9, keepdims=True)
    codes = (np.clip(np.rint(vectors / step), -_MOST, _MOST) + _MOST).astype(np.uint8)
    codes = np.pad(codes, ((0, 0), (0, vectors.shape[1] % 2)))
    halves: NDArray[np.uint8] = codes[:, ::2] << 4 | codes[:, 1::2]
    return np.uint16(vectors.shape[1]).tobytes() + halves.tobytes()


def unpacked(kept: bytes) -> Vectors:
    """The unit vectors that `packed` took, near enough."""
    dimension = int(np.frombuffer(kept, np.uint16, 1)[0])
    halves: NDArray[np.uint8] = np.frombuffer(kept, np.uint8, offset=2).reshape(-1, (dimension + 1) // 2)
    codes = np.stack([halves >> 4, halves & 15], axis=-1).reshape(len(halves), 2 * halves.shape[1])[:, :dimension]
    vectors: Vectors = codes.astype(np.float32) - _MOST
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors
