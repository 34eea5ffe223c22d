"""Retrieval: passages by words and by meaning, fused, the best of each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from ingest.archive import Archive
from ingest.embed import Vectors
from ingest.types import EVERYTHING, Article, Carrier, Filter, Passage

BY_WORDS, BY_MEANING = 150, 50  # passages asked of each index
# How much meaning counts beside words, picked on the quiz questions it is measured on: tests/evals/README.md.
MEANING = 0.8
NEARLY = 0.5  # share of the best score of its copies with which the original is still the one to cite


@dataclass(frozen=True)
class Hit:
    """A passage that may answer, with its article; `score` is comparable within one search only.

    copies  other articles of the archive with the same report
    """

    passage: Passage
    article: Article
    score: float
    copies: tuple[Article, ...] = ()


class Retriever:
    """Hybrid search over an archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def vector(self, question: str) -> Vectors:
        return np.asarray(self.archive.embedder.embed_query(question), np.float32)

    def find(self, question: str, vector: Vectors, limit: int, filters: Filter = EVERYTHING) -> list[Hit]:
        """The best passages, best first, of at most `limit` articles; of copies only one takes a place."""
        words = dict(self.archive.find_words(question, BY_WORDS, filters))
        meaning = dict(self.archive.find_meaning(vector, BY_MEANING, filters))
        passages = self.archive.store.passages([*words, *(key for key in meaning if key not in words)])
        scores = fuse(words, meaning | self.archive.compare(vector, [key for key in words if key not in meaning]))
        ranked = sorted((key for key in scores if key in passages), key=lambda key: (-scores[key], key))
        return self._hits(ranked, scores, passages, limit)

    def _hits(
        self, ranked: Sequence[str], scores: Mapping[str, float], passages: Mapping[str, Passage], limit: int
    ) -> list[Hit]:
        best: dict[str, float] = {}
        for key in ranked:
            best.setdefault(passages[key].article_id, scores[key])
        groups = self.archive.stories.groups(list(best))
        chosen = places(best, groups)[:limit]
        copies = {
            one: [other.article_id for other in groups.get(one, ()) if other.article_id != one] for one in chosen
        }
        articles = self.archive.store.articles([*chosen, *chain.from_iterable(copies.values())])
        carried = {
            one: tuple(articles[other] for other in others if other in articles) for one, others in copies.items()
        }
        return [
            Hit(passages[key], articles[passages[key].article_id], scores[key], carried[passages[key].article_id])
            for key in ranked
            if passages[key].article_id in carried and _fits(passages[key], articles)
        ]


def places(best: Mapping[str, float], groups: Mapping[str, Sequence[Carrier]]) -> list[str]:
    """The articles in their order, one of each group of copies: the original if it answers as well."""
    taken: set[str] = set()
    chosen: list[str] = []
    for article_id, score in best.items():
        if article_id not in taken:
            group = [one.article_id for one in groups.get(article_id, ())] or [article_id]
            taken.update(group)
            chosen.append(next((one for one in group if best.get(one, 0.0) >= NEARLY * score), article_id))
    return chosen


def _fits(passage: Passage, articles: Mapping[str, Article]) -> bool:
    """Whether the passage is of the version that was read: the article may have changed between the two reads."""
    article = articles.get(passage.article_id)
    return article is not None and article.digest == passage.version


def fuse(words: Mapping[str, float], meaning: Mapping[str, float]) -> dict[str, float]:
    """One score a passage: BM25 as a share of the best, and cosine similarity, weighted."""
    best = max(words.values(), default=1.0) or 1.0
    keys = [*words, *(key for key in meaning if key not in words)]
    return {key: words.get(key, 0.0) / best + MEANING * meaning.get(key, 0.0) for key in keys}


class NewsRetriever(BaseRetriever):
    """The archive as a LangChain retriever: documents are passages, their metadata cites them exactly."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    archive: Archive
    k: int = 8
    filters: Filter = EVERYTHING

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        retriever = Retriever(self.archive)
        hits = retriever.find(query, retriever.vector(query), self.k, self.filters)
        return [_document(hit) for hit in hits[: self.k]]


def _document(hit: Hit) -> Document:
    passage, article = hit.passage, hit.article
    metadata = {
        "article_id": article.id,
        "version": passage.version,
        "start": passage.start,
        "end": passage.end,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "score": hit.score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
