"""Digests: the reports of one story, or the newest of all, each with the sentences that tell what is new in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from types import MappingProxyType

import numpy as np

from assistant.evidence.candidates import Candidate, sentences_of
from assistant.evidence.evidence import Evidence
from assistant.evidence.pieces import carriers, piece_of, stands_alone
from assistant.evidence.refusal import UNKNOWN, reason_to_refuse
from assistant.evidence.research import Findings
from assistant.evidence.scoring import depth
from assistant.question.asked import Asked
from assistant.question.broad import Broad
from assistant.question.question import Inquiry
from assistant.search.retriever import Hit, Retriever
from assistant.types import Digest, DigestOrder, SearchOrder, Turn
from ingest.archive.archive import Archive
from ingest.embedding.embedder import Vectors
from ingest.language.scripts import count_unspaced
from ingest.language.sentences import ASKING, STOPS, last_mark
from ingest.types import Article, Filter

MOST = 8  # reports that are told
LOOKED_AT = 32  # articles that may be on the subject
# The standing of a report on a subject: its least, and its least share of the best one's.
ENOUGH, NEARLY = 1.6, 0.58
HELD = 0.5  # share of the subject's words, by rarity, that one of its reports has to hold
FEW = 4  # reports with which a story is told more fully
PASSAGES = 6  # of a report, from its beginning, in which the news is looked for
OPENING = 500  # characters of it that name its subject
SHORTEST, LONGEST = 6, 45  # words of a sentence that tells the news
SIGNS_A_WORD = 2  # where no spaces stand between words
ALIKE = 0.8  # cosine from which a sentence says nothing more
REPEATED = 0.75  # cosine from which it begins to repeat what an earlier report said
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Told = Mapping[str, Sequence[tuple[int, int]]]  # by article, where what was told of its text begins and ends
NOTHING: Told = MappingProxyType({})


@dataclass(frozen=True)
class _Report:
    """An article, by its best passage, and how much it is on the subject.

    standing  the share of the subject's words that its title and opening hold, and twice the cosines of its title and
              of its best passage
    """

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
        self, broad: Broad, inquiry: Inquiry, order: SearchOrder, *, most: int = MOST, told: Told = NOTHING
    ) -> tuple[Findings, Digest | None]:
        """The evidence of at most so many reports, in the order of the digest; what was `told` is not told again.

        And what the digest tells of; None where nothing is on the subject.
        """
        [asked] = Asked.read(inquiry, self._archive.words)
        vector = self._retriever.vector(inquiry.text) if inquiry.sought else None
        inquiry = self._on_its_day(inquiry)
        hits, found = self._found(inquiry, asked, vector, order, most + len(told))
        lines = self._news(_chosen(found, most, order, told), vector, told)
        mentions = {} if found or vector is None else _mentions(asked, hits)
        if mentions:
            found = [_Report(hit) for hit in _first_of_each(hits) if hit.article.id in mentions]
            lines = _first_of(mentions, _chosen(found, most, order, told), told)
        if not lines:
            return Findings(tuple(hits), (), _why_nothing(asked, hits, found, told)), None
        digest = Digest(
            found=len(found) if inquiry.sought else self._count(inquiry.filters),
            told=len(lines),
            copies=copies_of(hits, {line[0].article.id for line in lines}),
            order=broad.order,
            newest=max((one.article.published for one in found if one.article.published), default=None),
            asked=self._retriever.clock(),
            mentioned=_mentioned(asked, broad.topic, mentions),
        )
        told_of = tuple(chain.from_iterable(_in_order(lines, broad.order)))
        return Findings(tuple(hits), told_of, None), digest

    def _on_its_day(self, inquiry: Inquiry) -> Inquiry:
        """All news of a day are those of that day alone, where there are any."""
        if inquiry.sought or inquiry.day is None:
            return inquiry
        filters = inquiry.filters.model_copy(update={"since": inquiry.day, "until": inquiry.day})
        return replace(inquiry, filters=filters) if self._count(filters) else inquiry

    def _found(
        self, inquiry: Inquiry, asked: Asked, vector: Vectors | None, order: SearchOrder, most: int
    ) -> tuple[list[Hit], list[_Report]]:
        """The passages found, and the reports: on the subject, or without one at most so many of the newest."""
        if vector is None:
            hits = self._retriever.newest(most, inquiry.filters)
            return hits, [_Report(hit) for hit in _first_of_each(hits)]
        hits = self._retriever.find(inquiry.text, vector, LOOKED_AT, inquiry.filters, order, around=inquiry.around)
        return hits, self._on_it(asked, vector, hits)

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = self._archive.embedder.embed([text])[0]
        return vector

    def _count(self, filters: Filter) -> int:
        return self._archive.stories.reports(self._retriever.believable(filters))

    def _on_it(self, asked: Asked, vector: Vectors, hits: Sequence[Hit]) -> list[_Report]:
        """The articles that are on the subject and hold the names in it, best first."""
        near: dict[str, float] = {}
        for hit in hits:
            near[hit.article.id] = max(near.get(hit.article.id, 0.0), hit.signals.meaning)
        first = [hit for hit in _first_of_each(hits) if not asked.missing_names(hit.article)]
        words = [asked.coverage(f"{one.article.title} {one.article.text[:OPENING]}", "", "") for one in first]
        titles = [float(one @ vector) for one in self._archive.embedder.embed([one.article.title for one in first])]
        reports = [
            _Report(hit, held + 2 * (near[hit.article.id] + title))
            for hit, held, title in zip(first, words, titles, strict=True)
        ]
        if not any(_held(asked, one.article) >= HELD for one in reports):
            return []
        least = max(ENOUGH, NEARLY * max(one.standing for one in reports))
        return sorted((one for one in reports if one.standing >= least), key=lambda one: -one.standing)

    def _news(self, reports: Sequence[_Report], vector: Vectors | None, told: Told) -> list[list[Evidence]]:
        """The sentences that tell what is new in each of the reports, the earliest report first."""
        known: list[Vectors] = []
        lines = []
        for report in sorted(reports, key=lambda one: one.time):
            found = self._sentences(report, vector, known)
            before = told.get(report.article.id, ())
            fresh = [one for one in found if not _overlaps(one.candidate, before)]
            if best := _best(fresh, _each(reports)):
                lines.append([_evidence(one.candidate) for one in best])
            known += [one.vector for one in found]
        return lines

    def _sentences(self, report: _Report, vector: Vectors | None, known: Sequence[Vectors]) -> list[_Sentence]:
        """The sentences that can stand alone; worth is what is near the title and the subject, early, and new."""
        passages = self._archive.store.passages(list(self._archive.store.passage_ids_of(report.article.id)))
        first = sorted(passages.values(), key=lambda one: one.ordinal)[:PASSAGES]
        kept = self._archive.sentence_vectors([one.id for one in first])
        title = self._archive.embedder.embed([report.article.title])[0]
        about = title if vector is None else title + vector / 2
        told = np.array(known) if known else np.zeros((1, len(title)), np.float32)
        sentences = []
        for passage in first:
            vectors = kept.get(passage.id, ())
            for one in filter(_tells, sentences_of(replace(report.hit, passage=passage))):
                kept_too = len(vectors) == one.sentences  # an old archive may have none
                meant = np.asarray(vectors[one.number] if kept_too else self._vector(one.text), np.float32)
                worth = float(meant @ about) + _weight(one) - max(float((told @ meant).max()) - REPEATED, 0.0)
                sentences.append(_Sentence(one, meant, worth))
        return sentences


def _why_nothing(asked: Asked, hits: Sequence[Hit], found: Sequence[_Report], told: Told) -> str:
    if found:
        return "the archive has nothing further on this" if told else "no sentence of its reports stands alone"
    return reason_to_refuse(asked, [hit.article for hit in hits], 1.0) or UNKNOWN


def _held(asked: Asked, article: Article) -> float:
    return asked.coverage(f"{article.title} {article.text}", "", "")


def told_in(history: Sequence[Turn]) -> dict[str, list[tuple[int, int]]]:
    """What the answers of a conversation have cited; of an article by its headline alone, nothing of its text."""
    told: dict[str, list[tuple[int, int]]] = {}
    for one in chain.from_iterable(turn.answer.citations for turn in history):
        places = told.setdefault(one.article_id, [])
        if one.part == "text":
            places.append((one.start, one.end))
    return told


def copies_of(hits: Sequence[Hit], told: Collection[str]) -> int:
    """How many other articles there are with the same reports as those told, given by their articles' ids."""
    return sum(len(hit.copies) for hit in _first_of_each(hits) if hit.article.id in told)


def _overlaps(candidate: Candidate, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < candidate.end and candidate.start < end for start, end in places)


def _in_order(lines: Sequence[list[Evidence]], order: DigestOrder) -> list[list[Evidence]]:
    """The lines, of which the earliest is given first, as they are told: undated ones last."""
    if order == "newest":
        return list(reversed(lines))
    return sorted(lines, key=lambda line: line[0].article.published is None)


def _first_of_each(hits: Sequence[Hit]) -> list[Hit]:
    return list({hit.article.id: hit for hit in reversed(hits)}.values())[::-1]


def _chosen(found: Sequence[_Report], most: int, order: SearchOrder, told: Told) -> list[_Report]:
    """The reports to tell: those that were not told yet, then the latest or the ones that are most on the subject."""
    latest = sorted(found, key=lambda one: one.time, reverse=True) if order == "newest" else found
    return sorted(latest, key=lambda one: one.article.id in told)[:most]


def _mentions(asked: Asked, hits: Sequence[Hit]) -> dict[str, list[Candidate]]:
    """The sentences that mention the subject, or the names that are half of it, by article and in its order."""
    mentions: dict[str, list[Candidate]] = {}
    for one in filter(_tells, chain.from_iterable(map(sentences_of, hits))):
        named = asked.has_names(one.text) and asked.coverage(one.text, "", "") >= HELD
        if named or asked.has_words(one.text):
            mentions.setdefault(one.article.id, []).append(one)
    return {key: sorted(some, key=lambda one: one.start) for key, some in mentions.items()}


def _first_of(
    mentions: Mapping[str, Sequence[Candidate]], reports: Sequence[_Report], told: Told
) -> list[list[Evidence]]:
    """The first mentions in each of the reports that were not told yet, the earliest report first."""
    lines = []
    for key in (one.article.id for one in sorted(reports, key=lambda one: one.time)):
        fresh = [one for one in mentions[key] if not _overlaps(one, told.get(key, ()))]
        if fresh:
            lines.append([_evidence(one) for one in fresh[: _each(reports)]])
    return lines


def _mentioned(asked: Asked, topic: str, mentions: Mapping[str, Sequence[Candidate]]) -> str:
    """What all of them mention: the subject, or only the names in it; empty where there are none."""
    if not mentions or all(asked.has_words(one.text) for one in chain.from_iterable(mentions.values())):
        return topic if mentions else ""
    name = "|".join(map(re.escape, asked.names))
    return " and ".join(re.findall(rf"\b(?:{name})(?: (?:{name}))*\b", topic) or asked.names)


def _each(reports: Sequence[_Report]) -> int:
    """How many sentences are told of each of the reports: several of few."""
    return max(1, FEW // max(len(reports), 1))


def _tells(candidate: Candidate) -> bool:
    """Whether a sentence can tell the news alone: a whole one of some length, and not another's words."""
    words = len(candidate.text.split()) + count_unspaced(candidate.text) // SIGNS_A_WORD
    return SHORTEST <= words <= LONGEST and last_mark(candidate.text) in STOPS - ASKING and stands_alone(candidate)


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
    return replace(piece_of(one), score=1.0, copies=carriers(one.text, one.article, one.copies))
