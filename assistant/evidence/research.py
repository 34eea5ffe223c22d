"""From what is asked for to its evidence: each inquiry looked into, and why there is too little where there is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.evidence.evidence import Evidence
from assistant.evidence.order import day_first, latest_answer_first, newest_first
from assistant.evidence.refusal import ENOUGH, NEAR, UNANSWERED, confidence_in, likeliest, reason_to_refuse
from assistant.evidence.scoring import confidence_aged, confidence_in_likeness
from assistant.evidence.selection import EvidenceFinder
from assistant.question.asked import Asked
from assistant.question.question import Inquiry
from assistant.reading.reader import AnswerReader
from assistant.search.retriever import Hit, Retriever
from assistant.types import SearchOrder
from ingest.archive.archive import Archive

Place = tuple[str, str, int]  # an article, its text or title, and where something begins in it

SURE = 0.9  # confidence from which no other reading of a question is tried


@dataclass(frozen=True)
class Findings:
    """What was found.

    reason   why it answers nothing; None where it does
    near     whether the evidence is worth showing although it does not answer
    missing  of several things that were looked for, those of which nothing was found
    confidence  the probability that the best sentence answers; None where all news is asked for
    """

    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    reason: str | None
    missing: tuple[str, ...] = ()
    confidence: float | None = None
    near: bool = False

    def surely_of(self, articles: Collection[str]) -> bool:
        """Whether it answers, and is hardly wrong or out of one of these articles."""
        told = self.evidence[0].article.id in articles if self.evidence else False
        return self.reason is None and (told or self.confidence is None or self.confidence >= SURE)


def doubted_by_age(findings: Findings, fresh_from: date | None) -> Findings:
    """The same where only reports from a day on are new enough: older ones are less sure, and at last only near."""
    if fresh_from is None or findings.confidence is None or findings.reason or not findings.evidence:
        return findings
    published = likeliest(findings.evidence).article.published
    days = (fresh_from - published.date()).days if published else 0
    sure = confidence_aged(findings.confidence, days)
    if sure >= ENOUGH:
        return replace(findings, confidence=sure)
    return replace(findings, confidence=sure, reason=UNANSWERED, near=True)


class Researcher:
    """Looks into an archive."""

    def __init__(self, archive: Archive, retriever: Retriever, reader: AnswerReader | None = None) -> None:
        self._archive, self._retriever, self._finder = archive, retriever, EvidenceFinder(archive, reader)

    def look(
        self, inquiries: Sequence[Inquiry], limit: int, order: SearchOrder = "relevance", *, enough: float = ENOUGH
    ) -> Findings:
        """The evidence of at most `limit` articles for each; of several the best for each leads."""
        found = [self._look_into(inquiry, limit, order, enough) for inquiry in inquiries]
        if len(found) == 1:
            return found[0]
        fruitful = [one for one in found if one.reason is None]
        missing = tuple(inquiry.said for inquiry, one in zip(inquiries, found, strict=True) if one.reason)
        hits = tuple(hit for one in found for hit in one.hits)
        if not fruitful:
            near = next((one for one in found if one.near), found[0])
            return Findings(hits, near.evidence, near.reason, confidence=near.confidence, near=near.near)
        sure = min((one.confidence for one in fruitful if one.confidence is not None), default=None)
        return Findings(hits, _merged([one.evidence for one in fruitful]), None, missing, sure)

    def look_apart(self, inquiries: Sequence[Inquiry], limit: int) -> Findings | None:
        """For each of several things the sentence that is most like it; None where there is none for any of them."""
        found = [self._told_of(inquiry, limit) for inquiry in inquiries]
        told = [one for one in found if one]
        if not told:
            return None
        missing = dict.fromkeys(inquiry.said for inquiry, one in zip(inquiries, found, strict=True) if not one)
        hits = tuple(hit for one in told for hit in one.hits)
        sure = min(one.confidence or 0.0 for one in told)
        return Findings(hits, _merged([one.evidence for one in told]), None, tuple(missing), sure)

    def _told_of(self, inquiry: Inquiry, limit: int) -> Findings | None:
        """What is like a thing that is described, if like enough: the reader only knows what answers a question."""
        asked, evidence, hits, _ = self._found(inquiry, limit, "relevance", read=False)
        evidence = sorted(evidence, key=lambda one: -one.similarity - one.coverage)
        if inquiry.day:
            evidence = day_first(evidence, inquiry.day)
        if not evidence or asked.missing_names(evidence[0].article):
            return None
        held = asked.coverage(evidence[0].article.text, evidence[0].article.title, "")
        sure = confidence_in_likeness(held=held, similarity=evidence[0].similarity)
        return Findings(tuple(hits), tuple(evidence), None, confidence=sure) if sure >= ENOUGH else None

    def _look_into(self, inquiry: Inquiry, limit: int, order: SearchOrder, enough: float) -> Findings:
        asked, evidence, hits, missing = self._found(inquiry, limit, order)
        if order == "newest":
            evidence = newest_first(evidence)
        elif inquiry.around is None and evidence:
            evidence = latest_answer_first(evidence)
        if inquiry.day:
            evidence = day_first(evidence, inquiry.day)
        known = self._archive.embedder.knows(asked.language)
        sure = confidence_in(asked, evidence, known=known)
        reason = reason_to_refuse(asked, [one.article for one in evidence], sure, enough=enough)
        near = reason == UNANSWERED and sure >= NEAR
        return Findings(tuple(hits), tuple(evidence), reason, missing, sure, near)

    def _found(
        self, inquiry: Inquiry, limit: int, order: SearchOrder, *, read: bool = True
    ) -> tuple[Asked, list[Evidence], list[Hit], tuple[str, ...]]:
        """What is asked for first, the evidence, the passages it is from, and the parts of which there is none."""
        parts = Asked.read(inquiry, self._archive.words)
        vector = self._retriever.vector(inquiry.text)
        hits = self._retriever.find(inquiry.text, vector, limit, inquiry.filters, order, around=inquiry.around)
        evidence, missing = self._finder.find(inquiry.text, parts, vector, hits, read=read)
        return parts[0], evidence, hits, missing


def _merged(several: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """The best of each, then the others as good as they are; a sentence that is the best of two is said once."""
    top = max(ranked[0].score for ranked in several)
    first: dict[Place, Evidence] = {}
    for best, *_ in several:
        first.setdefault(_place(best), replace(best, score=top, leads=True))
    rest = sorted((one for ranked in several for one in ranked[1:]), key=lambda one: -one.score)
    others = {_place(one): one for one in reversed(rest)}
    return (*first.values(), *(one for place, one in reversed(others.items()) if place not in first))


def _place(one: Evidence) -> Place:
    return one.span.article_id, one.span.part, one.span.start
