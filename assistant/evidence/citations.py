"""From evidence to what a reader sees: headlines, numbered citations, the age and independence of sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from assistant import wording
from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import carrier, headline, house
from assistant.safety.gate import without_links
from assistant.search.retriever import Hit
from assistant.types import AsOf, Citation, Digest, SearchResult, SearchResults, SearchSignals, Statement


def citation(evidence: Evidence, number: int) -> Citation:
    article = evidence.article
    return Citation(
        **{**headline(article).model_dump(), **evidence.span.model_dump()},
        number=number,
        origin=without_links(article.origin or "") or None,
        authors=tuple(map(without_links, article.authors)),
        copies=evidence.copies,
        partial=article.partial,
        claims=article.claims,
    )


class Numbering:
    """Gives each cited span its number, in the order of first use."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self._numbers: dict[str, int] = {}

    def cite(self, cited: Iterable[Evidence]) -> tuple[tuple[int, ...], tuple[Citation, ...]]:
        """The numbers of these pieces of evidence, and the citations among them that are new."""
        numbers, fresh = [], []
        for evidence in cited:
            if evidence.key not in self._numbers:
                self._numbers[evidence.key] = len(self.citations) + 1
                self.citations.append(citation(evidence, len(self.citations) + 1))
                fresh.append(self.citations[-1])
            numbers.append(self._numbers[evidence.key])
        return tuple(numbers), tuple(fresh)


def marked_text(statements: Sequence[Statement]) -> str:
    """The whole answer as text, every sentence followed by its marks such as [1]."""
    return " ".join(
        statement.text + "".join(f" [{number}]" for number in statement.citations) for statement in statements
    )


def digest_text(told: Digest, statements: Sequence[Statement], citations: Sequence[Citation]) -> str:
    """A digest as text: what it tells of, then a line for each report; or what a chat model wrote of these."""
    lines = [f"{wording.digest(told)}."]
    for statement, cited in wording.reports(statements, citations):
        said = marked_text([statement])
        lines.append(f"{wording.report(cited)}: {said}" if cited else said)
    return "\n".join(lines)


def as_of(citations: Sequence[Citation]) -> AsOf | None:
    """The newest and oldest publication among the cited articles; None when all are undated."""
    dates = [citation.published for citation in citations if citation.published]
    return AsOf(newest=max(dates), oldest=min(dates)) if dates else None


def independent_sources(citations: Sequence[Citation]) -> int:
    """Cited articles, those of one origin and the copies of one report counted once: two papers, one agency."""
    groups: list[set[str]] = []
    for citation in citations:
        names = {house(citation.origin or citation.outlet), citation.article_id}
        names |= {copy.article_id for copy in citation.copies}
        met = [group for group in groups if group & names]
        groups = [group for group in groups if not group & names] + [names.union(*met)]
    return len(groups)


def search_results(query: str, hits: Sequence[Hit]) -> SearchResults:
    """The best passage of each article, best first: the plain ranked list."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.article.id, hit)
    results = tuple(_result(hit, rank) for rank, hit in enumerate(best.values(), 1))
    return SearchResults(query=query, results=results)


def _result(hit: Hit, rank: int) -> SearchResult:
    passage = hit.passage
    signals = {name: round(value, 4) for name, value in asdict(hit.signals).items() if value is not None}
    return SearchResult(
        **headline(hit.article).model_dump(),
        version=passage.version,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        rank=rank,
        score=round(hit.score, 4),
        signals=SearchSignals(**signals),
        copies=tuple(carrier(copy) for copy in hit.copies),
    )
