"""Windows by their words (BM25)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.training.questions.group import Window

_UNFIT = re.compile(r"[^\w\s]+")


class Search:
    """Windows by their words (BM25)."""

    def __init__(self, windows: Sequence[Window]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("words", tokenizer_name="en_stem")
        schema.add_unsigned_field("row", stored=True)
        self._index = tantivy.Index(schema.build())
        writer = self._index.writer(64_000_000, 1)
        for row, window in enumerate(windows):
            writer.add_document(tantivy.Document(words=f"{window.title} {window.text}", row=row))
        writer.commit()
        self._index.reload()
        self._searcher, self._windows = self._index.searcher(), windows

    def find(self, question: str, limit: int) -> list[Window]:
        query, _ = self._index.parse_query_lenient(_UNFIT.sub(" ", question).lower(), ["words"])
        hits = self._searcher.search(query, limit, count=False).hits
        return [self._windows[self._searcher.doc(address)["row"][0]] for _, address in hits]
