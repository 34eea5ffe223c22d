"""The embeddings ever computed, in the same database: nothing is embedded twice, indexes rebuild from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ingest.embed import Vectors
from ingest.passage_rows import slices
from ingest.tables import embeddings, passages


class KeptEmbeddings:
    """Vectors of one model by key, kept as half-precision floats."""

    def __init__(self, engine: Engine, *, model: str) -> None:
        self.engine, self.model = engine, model

    def keep(self, keys: Sequence[str], vectors: Vectors) -> None:
        rows = [
            {"key": key, "model": self.model, "vector": vector.astype(np.float16).tobytes()}
            for key, vector in zip(keys, vectors, strict=True)
        ]
        if rows:
            with self.engine.begin() as sql:
                sql.execute(upsert(embeddings).on_conflict_do_nothing(), rows)

    def find(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The kept vectors by key; the ones never computed are absent."""
        query = select(embeddings.c.key, embeddings.c.vector).where(embeddings.c.model == self.model)
        found: dict[str, Vectors] = {}
        with self.engine.connect() as sql:
            for some in slices(keys):
                for key, vector in sql.execute(query.where(embeddings.c.key.in_(some))):
                    found[key] = np.frombuffer(vector, np.float16).astype(np.float32)
        return found

    def forget_others(self) -> None:
        """Delete the vectors of other models."""
        with self.engine.begin() as sql:
            sql.execute(delete(embeddings).where(embeddings.c.model != self.model))

    def of_passages(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The kept vectors by passage id."""
        join = (passages.c.embedding == embeddings.c.key) & (embeddings.c.model == self.model)
        query = select(passages.c.id, embeddings.c.vector).join(embeddings, join)
        with self.engine.connect() as sql:
            rows = [row for some in slices(ids) for row in sql.execute(query.where(passages.c.id.in_(some)))]
        return {key: np.frombuffer(vector, np.float16).astype(np.float32) for key, vector in rows}
