"""What streams while a question is answered, or articles are ingested."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field

from assistant.types.answer import Answer, Citation, Headline, SearchOrder, Statement
from ingest.errors import DatelineError
from ingest.types import Filter, Frozen, Outcome, Progress, Report

# What streams while a question is answered: any number of events, then exactly one Done or Failed.


class Understood(Frozen):
    """The question as it is searched for, with the filter and order that are applied."""

    event: Literal["understood"] = "understood"
    standalone: str
    filters: Filter
    order: SearchOrder = "relevance"


class Sources(Frozen):
    """The articles that were found, best first."""

    event: Literal["sources"] = "sources"
    headlines: tuple[Headline, ...]


class Stated(Frozen):
    """A checked sentence.

    citations  those that no earlier sentence has
    """

    event: Literal["statement"] = "statement"
    statement: Statement
    citations: tuple[Citation, ...]


class Done(Frozen):
    """The last event of a stream that succeeded."""

    event: Literal["done"] = "done"
    answer: Answer


class Failed(Frozen):
    """The last event of a stream that failed.

    code     names the error for programs
    message  what happened
    hint     what to do about it
    """

    event: Literal["error"] = "error"
    code: str
    message: str
    hint: str = ""

    @classmethod
    def of(cls, error: DatelineError) -> Self:
        return cls(code=error.code, message=error.message, hint=error.hint)


StreamEvent = Annotated[Understood | Sources | Stated | Done | Failed, Field(discriminator="event")]


# What streams while articles are ingested: Progress and Outcome values, then one Finished or Failed.


class Finished(Frozen):
    """The last event of a run that came to its end."""

    event: Literal["done"] = "done"
    report: Report


class PageDone(Frozen):
    """A page is done."""

    event: Literal["outcome"] = "outcome"
    outcome: Outcome


class Progressed(Frozen):
    """A run has progressed."""

    event: Literal["progress"] = "progress"
    progress: Progress


IngestEvent = Annotated[Progressed | PageDone | Finished | Failed, Field(discriminator="event")]
