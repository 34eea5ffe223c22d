"""A digest without a model: every sentence that was chosen, verbatim and in the order given."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

from assistant.compose.draft import Draft, Evidence
from assistant.compose.extractive import ExtractiveComposer
from assistant.compose.prose import without_marks
from assistant.speech import kind_of, speaker_of
from assistant.types import Turn


class DigestComposer:
    """Leaves nothing out: what is told of each report was chosen before."""

    name = ExtractiveComposer.name

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        for one in evidence:
            text = without_marks(" ".join(one.span.text.split()))
            yield Draft(text, (one.key,), kind_of(text), speaker_of(text))
