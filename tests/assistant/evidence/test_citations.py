"""What a reader sees of the evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.evidence.citations import Numbering, as_of, independent_sources
from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import carrier
from assistant.types import Citation, Span
from tests.fakes import an_article


def evidence(key: str, *, outlet: str = "Harbour Post", origin: str | None = None, day: int = 1) -> Evidence:
    article = an_article(title=key, outlet=outlet, published=datetime(2026, 10, day, tzinfo=UTC))
    article = article.model_copy(update={"origin": origin})
    span = Span(article_id=article.id, version=article.digest, start=0, end=3, text="The")
    return Evidence(key, span, article, 1.0)


def citations(*given: Evidence) -> list[Citation]:
    numbering = Numbering()
    numbering.cite(given)
    return numbering.citations


def test_numbers_follow_first_use_and_are_kept() -> None:
    numbering = Numbering()
    first, second = evidence("a"), evidence("b")
    assert numbering.cite([first])[0] == (1,)
    numbers, fresh = numbering.cite([second, first])
    assert numbers == (2, 1)
    assert [citation.number for citation in fresh] == [2]


def test_an_agency_in_two_papers_is_one_source() -> None:
    cited = citations(evidence("a", origin="MPA"), evidence("b", outlet="Ledger", origin="MPA"), evidence("c"))
    assert independent_sources(cited) == 2


def test_the_copies_of_one_report_are_one_source() -> None:
    first, second = evidence("a"), evidence("b", outlet="Ledger")
    first = replace(first, copies=(carrier(second.article),))
    assert independent_sources(citations(first, second)) == 1
    assert independent_sources(citations(evidence("c", outlet="Courier"), first, second)) == 2


def test_a_name_and_its_host_are_one_source() -> None:
    assert (
        independent_sources(citations(evidence("a", outlet="cnn.com", origin="CNN"), evidence("b", outlet="cnn.com")))
        == 1
    )
    assert independent_sources(citations(evidence("a", outlet="Ledger"), evidence("b", outlet="Courier"))) == 2


def test_the_age_of_the_evidence_spans_its_dates() -> None:
    span = as_of(citations(evidence("a", day=3), evidence("b", day=1)))
    assert span is not None
    assert (span.oldest.day, span.newest.day) == (1, 3)
    assert as_of([]) is None
