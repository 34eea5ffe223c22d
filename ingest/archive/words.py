"""The lexical index: BM25 over titled passages, by English stems or other languages' n-grams, kept by tantivy."""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from ingest.embedding.chunk import embedded_text
from ingest.errors import ArchiveDamaged
from ingest.language.english import content_words
from ingest.language.grams import grams, telling_grams
from ingest.language.tongues import ENGLISH, has_latin_letters, language_of
from ingest.types import EVERYTHING, LATEST, Article, Filter, Passage, folded_outlet

_MOST_WORDS, _MOST_GRAMS = 64, 200
_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")  # files of a segment
_MAGIC = 1337  # the last bytes of every file with a footer
MENDED = "dateline reindex --full rebuilds it from the articles"


class WordIndex:
    """A derived index in its own directory: rebuilt from the store at will, safe when killed (tantivy commits)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index: Any = None
        self._writer: Any = None
        simple = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        analyzer = simple.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()
        # A sentence is read for its words, for the company it keeps, and again for each part of a question.
        self._stems = lru_cache(maxsize=8192)(lambda text: tuple(analyzer.analyze(text)))
        self._grams = lru_cache(maxsize=8192)(lambda text: tuple(grams(text)))

    def exists(self) -> bool:
        return (self.path / "meta.json").exists()

    def damaged_file(self) -> str:
        """The name of a file that is not as tantivy wrote it; empty where there is none."""
        files = (path for path in sorted(self.path.iterdir()) if path.suffix not in ("", ".json", ".lock"))
        missing = (name for name in self._named() if not (self.path / name).exists())
        return next((path.name for path in files if not _is_whole(path)), "") or next(missing, "")

    def _named(self) -> list[str]:
        """The files that the index consists of, as far as its list of segments can be read."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            segments = json.loads((self.path / "meta.json").read_bytes())["segments"]
            return [f"{one['segment_id'].replace('-', '')}.{part}" for one in segments for part in _PARTS]
        return []

    def open(self) -> None:
        """Raises ArchiveDamaged when the files cannot be used."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(_schema(), path=str(self.path))
        except (ValueError, OSError) as exc:
            raise ArchiveDamaged(f"the word index at {self.path} cannot be opened: {exc}", MENDED) from exc

    def put(self, items: Iterable[tuple[Passage, Article]], stale: Iterable[str] = ()) -> None:
        """Add or replace passages, and delete the stale ones, in one commit."""
        if self._writer is None:
            self._writer = self._index.writer(heap_size=30_000_000, num_threads=1)
        for passage_id in stale:
            self._writer.delete_documents_by_term("id", passage_id)
        for passage, article in items:
            self._writer.delete_documents_by_term("id", passage.id)
            self._writer.add_document(_document(passage, article))
        self._writer.commit()
        self._index.reload()

    def search(
        self, text: str, limit: int, filters: Filter = EVERYTHING, *, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """(passage id, BM25 score), best first, among the articles that the filter lets through.

        The index knows no collections: `among` gives the passages of one.
        """
        words = content_words(text)[:_MOST_WORDS]
        if not words or limit < 1:
            return []
        terms = [("body", stem) for stem in dict.fromkeys(self._stems(" ".join(words)))]
        if (language := language_of(text)) != ENGLISH:
            terms += [("grams", gram) for gram in list(telling_grams(text, language))[:_MOST_GRAMS]]
        query = self._any_of(terms)
        if filters or among is not None:
            must = [query, *_restrictions(self._index.schema, filters)]
            if among is not None:
                must.append(tantivy.Query.term_set_query(self._index.schema, "id", list(among)))
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in must])
        searcher = self._index.searcher()
        hits = searcher.search(query, limit, count=False).hits
        return [(searcher.doc(address)["id"][0], score) for score, address in hits]

    def _any_of(self, terms: Iterable[tuple[str, str]]) -> Any:
        """Passages that hold any of these, each given with its field."""
        queries = [tantivy.Query.term_query(self._index.schema, field, term) for field, term in terms]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in queries])

    def porter_stems(self, text: str) -> tuple[str, ...]:
        """The words of a text as the index compares them: lower case, stemmed (Porter)."""
        return self._stems(text)

    def weights(self, question: str, language: str) -> dict[str, float]:
        """What the tokens of a question count that say what it is about: the rarer, the more."""
        if language == ENGLISH:
            return self.rarity(dict.fromkeys(self._stems(" ".join(content_words(question)))))
        shares = telling_grams(question, language)
        return {gram: shares[gram] * weight for gram, weight in self.rarity(shares, language).items()}

    def tokens(self, text: str, language: str) -> tuple[str, ...]:
        """What texts in a language are compared by: English stems, or n-grams."""
        return self._stems(text) if language == ENGLISH else self._grams(text)

    def rarity(self, tokens: Iterable[str], language: str = ENGLISH) -> dict[str, float]:
        """Inverse document frequency of tokens over the passages; the rarer, the higher.

        Until segments are merged tantivy counts what was deleted from them among the documents that hold a word.
        """
        searcher = self._index.searcher()
        field = "body" if language == ENGLISH else "grams"
        counted = {token: searcher.doc_freq(field, token) for token in tokens}
        total = searcher.num_docs
        found = {token: min(n, total) for token, n in counted.items()}
        return {token: math.log(1 + (total - n + 0.5) / (n + 0.5)) for token, n in found.items()}

    def knows(self, stem: str) -> bool:
        """Whether any passage holds the stem; one that was deleted and still counts does not."""
        term = tantivy.Query.term_query(self._index.schema, "body", stem)
        return bool(self._index.searcher().search(term, 1, count=False).hits)

    def count(self) -> int:
        return int(self._index.searcher().num_docs)

    def ids(self) -> set[str]:
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1), count=False).hits
        return {searcher.doc(address)["id"][0] for _, address in hits}

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None


def _is_whole(path: Path) -> bool:
    """Whether a file has the checksum that stands at its end: its footer as JSON, the footer's length, and 1337."""
    content = path.read_bytes()
    try:
        length, magic = struct.unpack("<II", content[-8:])
        crc = json.loads(content[-8 - length : -8])["crc"]
    except (struct.error, ValueError, KeyError, TypeError):
        return False
    return bool(magic == _MAGIC and zlib.crc32(content[: -8 - length]) == crc)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", stored=False, tokenizer_name="en_stem", index_option="freq")
    builder.add_text_field("grams", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("outlet", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", stored=False, indexed=True, fast=True)
    return builder.build()


def _document(passage: Passage, article: Article) -> Any:
    document = tantivy.Document()
    document.add_text("id", passage.id)
    text = embedded_text(article.title, passage.text)
    document.add_text("body", text)
    if article.language != ENGLISH or not has_latin_letters(text):
        document.add_text("grams", " ".join(grams(text)))
    document.add_text("outlet", folded_outlet(article.outlet))
    if article.day is not None:
        document.add_integer("day", article.day)
    return document


def _restrictions(schema: Any, filters: Filter) -> list[Any]:
    found = []
    if filters.outlets:
        found.append(tantivy.Query.term_set_query(schema, "outlet", filters.names))
    whole = tantivy.FieldType.Integer
    if filters.first is not None:
        last = LATEST if filters.last is None else filters.last
        found.append(tantivy.Query.range_query(schema, "day", whole, filters.first, last))
    elif filters.last is not None:
        later = tantivy.Query.range_query(schema, "day", whole, filters.last + 1, LATEST)
        every = tantivy.Query.all_query()
        occurs = [(tantivy.Occur.Must, every), (tantivy.Occur.MustNot, later)]
        found.append(tantivy.Query.boolean_query(occurs))
    return found
