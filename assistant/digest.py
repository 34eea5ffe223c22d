"""Digests: the reports of one story, or the newest of all, each with the sentences that tell what is new in it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

import numpy as np

from assistant.asked import Asked
from assistant.broad import Broad
from assistant.candidates import Candidate, sentences_of
from assistant.compose.draft import Evidence
from assistant.evidence import carriers, leads, stands_alone
from assistant.narrow import Inquiry
from assistant.refusal import reason_to_refuse
from assistant.research import Findings
from assistant.retrieve import Hit, Retriever
from assistant.scoring import depth
from assistant.types import Digest, SearchOrder, Span, Turn
from ingest.archive import Archive
from ingest.embed import Vectors
from ingest.sentences import STOPS, last_mark
from ingest.types import Article, Filter

MOST = 8  # reports that are told
LOOKED_AT = 32  # articles that may be on the subject
# The standing of a report: its least, its least share of the best one's, and what counts of that at most.
ENOUGH, NEARLY, FULLY = 1.3, 0.6, 2.8
HELD = 0.5  # share of the subject's words, by rarity, that one of its reports has to hold
FEW = 4  # reports with which a story is told more fully, and to which one that is less on it is added
PASSAGES = 6  # of a report, from its beginning, in which the news is looked for
OPENING = 500  # characters of it that name its subject
SHORTEST, LONGEST = 6, 45  # words of a sentence that tells the news
ALIKE = 0.8  # cosine from which a sentence says nothing more
REPEATED = 0.75  # cosine from which it begins to repeat what an earlier report said
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Place = tuple[str, int]  # an article, and where a sentence begins in it


@dataclass(frozen=True)
class _Report:
    """An article, by its best passage, and how much it is on the subject."""

    hit: Hit
    standing: float = 0.0

    @property
    def article(self) -> Article:
        return self.hit.article

    @property
    def time(self) -> datetime:
        return self.article.published or _LONG_AGO


@dataclass(frozen=True)
class _Sentence:
    """A sentence of a report with its unit vector, and how well it tells the news."""

    candidate: Candidate
    vector: Vectors
    worth: float


class Digester:
    """Finds the reports on a subject, and what is new in each."""

    def __init__(self, archive: Archive, retriever: Retriever) -> None:
        self._archive, self._retriever = archive, retriever

    def look(
        self,
        broad: Broad,
        inquiry: Inquiry,
        order: SearchOrder,
        *,
        most: int = MOST,
        told: Collection[Place] = frozenset(),
    ) -> tuple[Findings, Digest | None]:
        """The evidence of at most so many reports, in the order of the digest; what was `told` is not told again.

        And what the digest tells of; None where nothing is on the subject.
        """
        asked = Asked.read(inquiry.sought, self._archive.words)
        vector = self._retriever.vector(inquiry.sought) if inquiry.sought else None
        if vector is None:
            hits = self._retriever.newest(most, inquiry.filters, inquiry.day)
            found = [_Report(hit) for hit in _first_of_each(hits)]
        else:
            hits = self._retriever.find(inquiry.sought, vector, LOOKED_AT, inquiry.filters, order)
            found = self._on_it(asked, vector, hits)
        chosen = _chosen(found, most, order, told)
        lines = self._news(chosen, vector, told)
        if not lines:
            return Findings(hits, [], _why_nothing(asked, hits, found)), None
        if broad.order == "newest":
            lines.reverse()
        else:
            lines.sort(key=lambda line: line[0].article.published is None)
        digest = Digest(
            found=len(found) if inquiry.sought else self._count(inquiry.filters),
            told=len(lines),
            copies=sum(len(one.hit.copies) for one in chosen),
            order=broad.order,
            newest=max((one.article.published for one in found if one.article.published), default=None),
            asked=self._retriever.clock(),
        )
        return Findings(hits, list(chain.from_iterable(lines)), None), digest

    def _count(self, filters: Filter) -> int:
        return int(self._archive.store.summary(self._retriever.believable(filters)).articles)

    def _on_it(self, asked: Asked, vector: Vectors, hits: Sequence[Hit]) -> list[_Report]:
        """The articles that are on the subject and hold the names in it, best first."""
        near: dict[str, float] = {}
        for hit in hits:
            near[hit.article.id] = max(near.get(hit.article.id, 0.0), hit.signals.meaning)
        first = [hit for hit in _first_of_each(hits) if not asked.missing_names(hit.article)]
        words = [asked.coverage(f"{one.article.title} {one.article.text[:OPENING]}", "", "") for one in first]
        titles = [float(one @ vector) for one in self._archive.embedder.embed([one.article.title for one in first])]
        reports = [
            _Report(hit, held + near[hit.article.id] + 2 * title)
            for hit, held, title in zip(first, words, titles, strict=True)
        ]
        if not any(_held(asked, one.article) >= HELD for one in reports):
            return []
        ranked = sorted(reports, key=lambda one: -one.standing)
        best = min(ranked[0].standing, FULLY) if ranked else 0.0
        few = [one for one in ranked[:FEW] if one.standing >= ENOUGH]
        return few + [one for one in ranked[FEW:] if one.standing >= max(ENOUGH, NEARLY * best)]

    def _news(
        self, reports: Sequence[_Report], vector: Vectors | None, told: Collection[Place]
    ) -> list[list[Evidence]]:
        """The sentences that tell what is new in each of the reports, the earliest report first."""
        each = max(1, FEW // max(len(reports), 1))
        known: list[Vectors] = []
        lines = []
        for report in sorted(reports, key=lambda one: one.time):
            found = self._sentences(report, vector, known)
            fresh = [one for one in found if (report.article.id, one.candidate.start) not in told]
            if best := _best(fresh, each):
                lines.append([_evidence(one.candidate) for one in best])
            known += [one.vector for one in found]
        return lines

    def _sentences(self, report: _Report, vector: Vectors | None, known: Sequence[Vectors]) -> list[_Sentence]:
        """The sentences that can stand alone; worth is what is near the title and the subject, early, and new."""
        passages = self._archive.store.passages(list(self._archive.store.passage_ids_of(report.article.id)))
        first = sorted(passages.values(), key=lambda one: one.ordinal)[:PASSAGES]
        kept = self._archive.embeddings.of_sentences([one.id for one in first])
        title = self._archive.embedder.embed([report.article.title])[0]
        about = title if vector is None else title + vector / 2
        told = np.array(known) if known else np.zeros((1, len(title)), np.float32)
        sentences = []
        for passage in first:
            vectors = kept.get(passage.id, ())
            for one in sentences_of(replace(report.hit, passage=passage)):
                if len(vectors) == one.sentences and _tells(one):
                    meant = np.asarray(vectors[one.number], np.float32)
                    worth = float(meant @ about) + _weight(one) - max(float((told @ meant).max()) - REPEATED, 0.0)
                    sentences.append(_Sentence(one, meant, worth))
        return sentences


def _held(asked: Asked, article: Article) -> float:
    return asked.coverage(f"{article.title} {article.text}", "", "")


def told_in(history: Sequence[Turn]) -> frozenset[Place]:
    """What the answers of a conversation have cited."""
    cited = (citation for turn in history for citation in turn.answer.citations)
    return frozenset((one.article_id, one.start) for one in cited)


def _first_of_each(hits: Sequence[Hit]) -> list[Hit]:
    return list({hit.article.id: hit for hit in reversed(hits)}.values())[::-1]


def _chosen(found: Sequence[_Report], most: int, order: SearchOrder, told: Collection[Place]) -> list[_Report]:
    """The reports to tell: those that were not told yet, then the latest or the ones that are most on the subject."""
    known = {article for article, _ in told}
    latest = sorted(found, key=lambda one: one.time, reverse=True) if order == "newest" else found
    return sorted(latest, key=lambda one: one.article.id in known)[:most]


def _tells(candidate: Candidate) -> bool:
    """Whether a sentence can tell the news alone: a whole one of some length, and not another's words."""
    words = len(candidate.text.split())
    return SHORTEST <= words <= LONGEST and last_mark(candidate.text) in STOPS - {"?"} and stands_alone(candidate)


def _weight(one: Candidate) -> float:
    """What speaks for a sentence whatever it says: that it comes early, is no short one, and has figures.

    Tried for the facts of a report that people ask for: one sentence holds .31 of them, the one near the title .25.
    """
    figures = any(map(str.isdigit, one.text))
    return 0.1 * figures + 0.01 * min(len(one.text.split()), 25) - 0.3 * depth(one.start)


def _best(sentences: Sequence[_Sentence], most: int) -> list[_Sentence]:
    """The best, and so many more that say something else, in the order of the text."""
    chosen: list[_Sentence] = []
    for one in sorted(sentences, key=lambda one: -one.worth):
        if len(chosen) < most and all(float(one.vector @ other.vector) < ALIKE for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.candidate.start)


def _evidence(one: Candidate) -> Evidence:
    article = one.article
    span = Span(article_id=article.id, version=article.digest, start=one.start, end=one.end, text=one.text)
    return Evidence(secrets.token_hex(4), span, article, 1.0, one.context, carriers(one.text, article, one.copies))


def _why_nothing(asked: Asked, hits: Sequence[Hit], found: Sequence[_Report]) -> str:
    if found:
        return "the archive holds no more on it than was told"
    return reason_to_refuse(asked, leads(hits), 1.0) or "nothing in the archive is about this"
