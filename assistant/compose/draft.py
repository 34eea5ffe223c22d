"""What goes into composing an answer, and what comes out: evidence, and drafts of statements."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.types import Carrier, Kind, Span, Turn
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
    coverage, similarity  signs of it, as `assistant.scoring` has them
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


@dataclass(frozen=True)
class Draft:
    """A sentence that a composer proposes, before it is checked.

    keys       the evidence it rests on
    speaker    who said it, for a quotation or an attributed statement
    quotation  the words in it that are claimed to be verbatim, without quotation marks
    anew       begins the answer: what was proposed before it has turned out to be no part of that
    """

    text: str
    keys: tuple[str, ...]
    kind: Kind = "fact"
    speaker: str | None = None
    quotation: str | None = None
    anew: bool = field(default=False, compare=False)


def settled(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts from the last on that begins anew."""
    start = max((index for index, draft in enumerate(drafts) if draft.anew), default=0)
    return list(drafts[start:])


class Composer(Protocol):
    """Turns evidence into drafts, one sentence at a time.

    name      shown as the answer's model: "extractive", or the chat model
    strict    whether what is supported in part is left out of its answers, whatever is asked for
    """

    name: str
    strict: bool

    def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        """Drafts in reading order; closing the iterator ends the work. Raises ProviderError when a model fails."""
        ...
