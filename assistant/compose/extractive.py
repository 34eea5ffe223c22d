"""The answer without a model: the best sentences, verbatim."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence

from assistant.compose.draft import Draft
from assistant.evidence.evidence import Evidence
from assistant.safety.prose import as_printed
from assistant.types import Turn

SENTENCES = 5
WORDS = 60  # of an answer, unless its first sentence alone is longer
NEAR = 0.12  # the share of the best odds down to which a further sentence is worth reading
ADDS = -8.0  # how much likelier than an answer in it the reader may find none
ALIKE = 0.7  # the share of common words from which a sentence says nothing more

_WORD = re.compile(r"\w+")


class ExtractiveComposer:
    """Chooses sentences; what it says cannot differ from what was printed.

    chosen  that all the evidence is told, which has been chosen before, as for a digest
    """

    name = "extractive"
    strict = False

    def __init__(self, *, most: int = SENTENCES, chosen: bool = False) -> None:
        self._most, self._chosen = most, chosen

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        for one in evidence if self._chosen else choose(evidence, self._most):
            text = as_printed(one.span.text)
            yield Draft.of(text, one.key)


def choose(evidence: Sequence[Evidence], most: int = SENTENCES) -> list[Evidence]:
    """What leads, or the best; then what is nearly as good and adds something, in the order of its article."""
    chosen = [one for one in evidence if one.leads]
    for candidate in evidence[len(chosen) :]:
        if len(chosen) >= most or candidate.score < NEAR * evidence[0].score:
            break
        if chosen and not _adds(candidate, read=chosen[0].read is not None):
            continue
        length = sum(len(one.span.text.split()) for one in [*chosen, candidate])
        if not chosen or (length <= WORDS and not any(_alike(candidate, one) for one in chosen)):
            chosen.append(candidate)
    first_seen = {one.article.id: place for place, one in reversed(list(enumerate(chosen)))}
    led = max(1, sum(one.leads for one in chosen))
    return chosen[:led] + sorted(chosen[led:], key=lambda one: (first_seen[one.article.id], one.span.start))


def _adds(further: Evidence, *, read: bool) -> bool:
    """Whether a further sentence may add an answer, as the reader says where it has read, and stands alone."""
    return further.alone and (not read if further.read is None else further.read >= ADDS)


def _alike(one: Evidence, other: Evidence) -> bool:
    a, b = (set(_WORD.findall(evidence.span.text.casefold())) for evidence in (one, other))
    same_numbers = {word for word in a if word.isdigit()} == {word for word in b if word.isdigit()}
    return same_numbers and len(a & b) >= ALIKE * min(len(a), len(b))
