"""Asking the questions, of an archive here or of a running service, and noting what came of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from assistant.evaluation.questions import EvalQuestion
from assistant.service.blocking import wait_for
from assistant.service.protocol import Service
from assistant.types import Answer, AskRequest
from ingest.address import page_of

DEPTH = 10  # places of the ranked list that are looked at
_AT_ONCE = 500


@dataclass(frozen=True)
class Asked:
    """A question and what came of it.

    rank      place of the first right article, or of a copy of it, in the ranked list, from 1; 0 where there is none
    contains  whether the first words of the answer hold one that is accepted
    cited     for each citation whether it is of a right article, or of a copy of it
    The last three are None where the question does not say what is right.
    """

    question: EvalQuestion
    answer: Answer
    search_ms: float
    ask_ms: float
    rank: int | None
    contains: bool | None
    cited: tuple[bool, ...] | None

    @property
    def refused(self) -> bool:
        """Or shown what comes nearest: not answered."""
        return self.answer.outcome in ("refused", "nearest")

    @property
    def right(self) -> bool:
        """Answered, and so far as it is known rightly."""
        known = self.contains if self.contains is not None else any(self.cited or ())
        return not self.refused and self.question.answerable and known


def ask_all(service: Service, questions: Sequence[EvalQuestion], *, words: int) -> Iterator[Asked]:
    """Each question in turn; of its answer the first `words` words count."""
    addresses = _addresses(service) if any(question.articles for question in questions) else {}
    for question in questions:
        yield _ask(service, question, words, addresses)


def _ask(service: Service, question: EvalQuestion, words: int, addresses: dict[str, str]) -> Asked:
    filters = question.as_asked
    began = perf_counter()
    found = wait_for(service.search(question.question, filters, DEPTH))
    between = perf_counter()
    answer = wait_for(service.ask(AskRequest(question=question.question, filters=filters, remember=False)))
    ended = perf_counter()
    right = {addresses.get(page_of(one) or one, one) for one in question.articles}
    carried = [{one.article_id, *(copy.article_id for copy in one.copies)} for one in found.results]
    cited = tuple(
        bool({one.article_id, *(copy.article_id for copy in one.copies)} & right) for one in answer.citations
    )
    return Asked(
        question,
        answer,
        search_ms=(between - began) * 1000,
        ask_ms=(ended - between) * 1000,
        rank=next((place for place, same in enumerate(carried, 1) if same & right), 0) if right else None,
        contains=_contains(answer, question.answers, words) if question.answers else None,
        cited=cited if right else None,
    )


def _contains(answer: Answer, accepted: Sequence[str], words: int) -> bool:
    said = " ".join(" ".join(statement.text for statement in answer.statements).split()[:words]).casefold()
    return any(" ".join(one.split()).casefold() in said for one in accepted)


def _addresses(service: Service) -> dict[str, str]:
    """The ids of the archive's articles by their pages."""
    found: dict[str, str] = {}
    total = offset = 0
    while offset == 0 or offset < total:
        page = wait_for(service.articles(limit=_AT_ONCE, offset=offset))
        total, offset = page.total, offset + _AT_ONCE
        found |= {page_of(one.url): one.article_id for one in page.articles if one.url}
    return found
