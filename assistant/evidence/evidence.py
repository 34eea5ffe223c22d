"""A piece of evidence: a sentence of an article that bears on a question."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Carrier, Span
from ingest.types import Article


@dataclass(frozen=True)
class Evidence:
    """A sentence that bears on the question.

    key     opaque name of the span, made anew for every question; a composer refers to evidence by it alone
    span    the sentence in its article
    before  the sentences before it in the same passage, for a pronoun or a speaker that they name; may be empty
    score   the odds that it answers, comparable within one question only
    words   those of the span that answer, as the reader marks them; none where it marks none
    copies  other articles with the same sentence, or nearly the same in a copy of the report
    leads   the best for one of several things that are asked for
    alone   whether it can be understood without what stands before it
    read    by how much the reader finds an answer here likelier than none; None where it has not read it
    coverage, similarity  signs of it, as `assistant.evidence.scoring` has them
    """

    key: str
    span: Span
    article: Article
    score: float
    before: str = ""
    copies: tuple[Carrier, ...] = ()
    leads: bool = False
    words: str = ""
    alone: bool = True
    read: float | None = None
    coverage: float = 0.0
    similarity: float = 0.0
