"""The answer without a model: the best sentences, verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncGenerator, Sequence

from assistant.compose.draft import Draft, Evidence
from assistant.compose.prose import without_marks
from assistant.speech import kind_of, speaker_of
from assistant.types import Turn

SENTENCES = 4
WORDS = 60  # of an answer, unless its first sentence alone is longer
NEAR = 0.2  # the share of the best score down to which a further sentence is worth reading
SAYS_IT, NEARER = (
    0.9,
    0.6,
)  # the same where the best one holds so much of the question: who has the answer is not kept
ALIKE = 0.7  # the share of common words from which a sentence says nothing more

_WORD = re.compile(r"\w+")


class ExtractiveComposer:
    """Chooses sentences; what it says cannot differ from what was printed."""

    name = "extractive"

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        for chosen in choose(question, evidence):
            text = without_marks(" ".join(chosen.span.text.split()))
            yield Draft(text, (chosen.key,), kind_of(text), speaker_of(text))


def choose(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What leads, or the best; then what says most that is new in few words; sentences of one article in order."""
    chosen = [one for one in evidence if one.leads] or list(evidence[:1])
    best = max((one.score for one in chosen), default=0.0)
    near = NEARER if any(one.coverage >= SAYS_IT for one in chosen) else NEAR
    rest = [one for one in evidence if one not in chosen and one.score >= near * best]
    told = _words(" ".join((question, *(one.span.text for one in chosen))))
    while rest and len(chosen) < SENTENCES:
        candidate = max(rest, key=lambda one: _worth(one, told))
        rest.remove(candidate)
        length = sum(len(one.span.text.split()) for one in [*chosen, candidate])
        if length <= WORDS and not any(_alike(candidate, one) for one in chosen):
            chosen.append(candidate)
            told |= _words(candidate.span.text)
    first_seen = {one.article.id: place for place, one in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda one: (first_seen[one.article.id], one.span.start))


def _worth(one: Evidence, told: set[str]) -> float:
    """Its score, by how much of it is new, and the more the shorter it is."""
    words = _words(one.span.text)
    return one.score * len(words - told) / max(len(words), 1) / math.sqrt(max(len(one.span.text.split()), 6))


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if len(word) > 2}


def _alike(one: Evidence, other: Evidence) -> bool:
    a, b = (set(_WORD.findall(evidence.span.text.casefold())) for evidence in (one, other))
    same_numbers = {word for word in a if word.isdigit()} == {word for word in b if word.isdigit()}
    return same_numbers and len(a & b) >= ALIKE * min(len(a), len(b))
