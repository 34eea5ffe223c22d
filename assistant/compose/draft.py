"""What comes out of composing: drafts of statements."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, Self

from assistant.evidence.evidence import Evidence
from assistant.types import Kind, Turn
from ingest.language.speech import attributed, quotes, speaker_of


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

    @classmethod
    def of(cls, text: str, *keys: str) -> Self:
        """A sentence with its kind and its speaker, as it says them."""
        kind: Kind = "quote" if quotes(text) else "attributed" if attributed(text) else "fact"
        return cls(text, keys, kind, speaker_of(text))


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
