"""Retrieval: passages by words and by meaning, ranked, the best of each article."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import chain

import numpy as np

from assistant.search.ranking import Signals, recency, share_of_words
from assistant.search.rerank import Reranker
from assistant.traced import note, traced
from assistant.types import SearchOrder
from ingest.archive.archive import Archive
from ingest.database.store import now
from ingest.doubt import believed, latest
from ingest.embedding.chunk import embedded_text
from ingest.embedding.embedder import Vectors
from ingest.language.tongues import language_of
from ingest.types import EVERYTHING, Article, Carrier, Filter, Passage

Clock = Callable[[], datetime]

BY_WORDS, BY_MEANING = 150, 50  # passages asked of each index
REREAD = 40  # passages that a reranker reads
FITS = 0.7  # share of the best score from which an article takes part in the order newest
NEARLY = 0.5  # share of the best score of its copies with which the original is still the one to cite


@dataclass(frozen=True)
class Hit:
    """A passage that may answer, with its article; signals are comparable within one search only.

    copies  other articles of the archive with the same report
    """

    passage: Passage
    article: Article
    signals: Signals
    copies: tuple[Article, ...] = ()

    @property
    def score(self) -> float:
        return self.signals.score


class Retriever:
    """Hybrid search over an archive; `clock` tells the moment of asking, `reranker` orders the best anew."""

    def __init__(self, archive: Archive, clock: Clock = now, reranker: Reranker | None = None) -> None:
        self.archive, self.clock, self.reranker = archive, clock, reranker

    def vector(self, question: str) -> Vectors:
        return np.asarray(self.archive.embedder.embed_query(question), np.float32)

    def moment(self, filters: Filter) -> datetime:
        """The moment of asking: now, or the end of the last day that is let through."""
        at = self.clock()
        return at if filters.until is None else min(at, datetime.combine(filters.until, time.max, UTC))

    def believable(self, filters: Filter) -> Filter:
        """The filter without the days to come: an article of one of these is not known to be of any."""
        if not any(filters.days):
            return filters
        last = latest(self.clock()).date()
        return filters.model_copy(update={"until": min(filters.until or last, last)})

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles as they are believed at the moment of asking."""
        at = self.clock()
        return {key: believed(article, at) for key, article in self.archive.store.articles(ids).items()}

    @traced("search")
    def find(
        self,
        question: str,
        vector: Vectors,
        limit: int,
        filters: Filter = EVERYTHING,
        order: SearchOrder = "relevance",
        *,
        around: date | None = None,
    ) -> list[Hit]:
        """The best passages, best first, of at most `limit` articles; of copies only one takes a place.

        In the order newest the articles that fit nearly as well as the best come first, the latest before the others.
        What was printed around a day goes before what is as good; without one that is what is recent.
        """
        filters = self.believable(filters)
        words = dict(self.archive.find_words(question, BY_WORDS, filters))
        meaning = self._meaning(question, vector, words, filters)
        stand = self.archive.store.whereabouts([*words, *(key for key in meaning if key not in words)])
        at = self.moment(filters)
        at = at if around is None else min(at, datetime.combine(around, time.max, UTC))
        signals = self._signals(question, words, meaning, stand, at)
        ranked = sorted(signals, key=lambda key: (-signals[key].score, key))
        if self.reranker:
            ranked, signals = self._reread(self.reranker, question, ranked[: max(REREAD, 2 * limit)], signals)
        of = {key: article_id for key, (article_id, _) in stand.items()}
        if order == "newest":
            ranked = self._newest_first(ranked, signals, of)
        hits = self._hits(ranked, signals, of, limit)
        note(passages=len(hits))
        return hits

    def _meaning(
        self, question: str, vector: Vectors, words: Mapping[str, float], filters: Filter
    ) -> dict[str, float]:
        """The cosines of the nearest passages and of those found by words; none in a language the model lacks."""
        if not self.archive.embedder.knows(language_of(question)):
            return {}
        nearest = dict(self.archive.find_meaning(vector, BY_MEANING, filters))
        return nearest | self.archive.compare(vector, [key for key in words if key not in nearest])

    def _reread(
        self, reranker: Reranker, question: str, ranked: Sequence[str], signals: Mapping[str, Signals]
    ) -> tuple[list[str], dict[str, Signals]]:
        """The best passages alone, by what the reranker says and how recent they are: its scale is another."""
        store = self.archive.store
        passages = store.passages(ranked)
        titles = store.headings(sorted({passage.article_id for passage in passages.values()}))
        texts = {
            key: embedded_text(titles[one.article_id][0], one.text)
            for key, one in passages.items()
            if one.article_id in titles
        }
        scores = dict(zip(texts, reranker(question, list(texts.values())), strict=True))
        reread = {key: replace(signals[key], reread=score) for key, score in scores.items()}
        first = sorted(reread, key=lambda key: (-reread[key].score, key))
        return first, reread

    def newest(self, limit: int, filters: Filter = EVERYTHING) -> list[Hit]:
        """How the latest articles begin; of copies only one takes a place."""
        until = latest(self.clock())
        of = self.archive.store.newest_passages(2 * limit, self.believable(filters), until)
        signals = {key: Signals(0.0, 0.0, lead=1.0) for key in of}
        return self._hits(list(of), signals, of, limit)

    def _newest_first(
        self, ranked: Sequence[str], signals: Mapping[str, Signals], of: Mapping[str, str]
    ) -> list[str]:
        best: dict[str, float] = {}
        for key in ranked:
            best.setdefault(of[key], signals[key].score)
        fit = [one for one, score in best.items() if score >= FITS * signals[ranked[0]].score]
        published = {one: at or 0 for one, (_, at) in self._headings(fit).items()}
        return sorted(ranked, key=lambda key: -published.get(of[key], -1))

    def _headings(self, ids: Sequence[str]) -> dict[str, tuple[str, int | None]]:
        """Title and time of publication; none where it is still to come."""
        last = latest(self.clock()).timestamp()
        found = self.archive.store.headings(ids).items()
        return {one: (title, at if at is not None and at <= last else None) for one, (title, at) in found}

    def _signals(
        self,
        question: str,
        words: Mapping[str, float],
        meaning: Mapping[str, float],
        stand: Mapping[str, tuple[str, int]],
        at: datetime,
    ) -> dict[str, Signals]:
        """What speaks for each passage, given with its article and its place there, for that moment."""
        index = self.archive.words
        language = language_of(question)
        rarity = index.weights(question, language)
        headings = self._headings(sorted({article_id for article_id, _ in stand.values()}))
        titles = {one: share_of_words(index.tokens(title, language), rarity) for one, (title, _) in headings.items()}
        recent = {one: recency(published, at) for one, (_, published) in headings.items()}
        best = max(words.values(), default=1.0) or 1.0
        known = [meaning[key] for key in words if key in meaning]
        usual = sum(known) / len(known) if known else 0.0  # for passages that have no vector yet
        return {
            key: Signals(
                words.get(key, 0.0) / best,
                meaning.get(key, usual),
                title=titles[article_id],
                lead=float(ordinal == 0),
                recent=recent[article_id],
            )
            for key, (article_id, ordinal) in stand.items()
            if article_id in headings
        }

    def _hits(
        self, ranked: Sequence[str], signals: Mapping[str, Signals], of: Mapping[str, str], limit: int
    ) -> list[Hit]:
        """The passages of the first articles; `of` has the article of each passage."""
        best: dict[str, float] = {}
        for key in ranked:
            best.setdefault(of[key], signals[key].score)
        groups = self.archive.stories.groups(list(best))
        chosen = places(best, groups)[:limit]
        copies = {
            one: [other.article_id for other in groups.get(one, ()) if other.article_id != one] for one in chosen
        }
        articles = self.articles([*chosen, *chain.from_iterable(copies.values())])
        carried = {
            one: tuple(articles[other] for other in others if other in articles) for one, others in copies.items()
        }
        passages = self.archive.store.passages([key for key in ranked if of[key] in carried])
        return [
            Hit(passages[key], articles[of[key]], signals[key], carried[of[key]])
            for key in ranked
            if key in passages and _fits(passages[key], articles)
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
