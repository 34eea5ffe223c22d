"""What models write before an answer that is no part of it: a label, or the question once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.compose.draft import Draft, Evidence

_LABEL = re.compile(r"\s*([^\W\d_]+(?:\s[^\W\d_]+){0,2})\s?[:：](?:\s+|\Z)")
_WORD = re.compile(r"\w+")


class Labels:
    """Takes them off drafts about this question and evidence.

    A label is one to three words before a colon of which the evidence has none: "Answer:", "A:", "Final answer:".
    """

    def __init__(self, question: str, evidence: Sequence[Evidence]) -> None:
        self._asked = _words([question])
        self._told = frozenset(_words(_texts(evidence)))

    def taken_off(self, drafts: Iterable[Draft]) -> list[Draft]:
        """The drafts without them; those that were nothing else are left out."""
        bare = (replace(draft, text=self._bare(draft.text), anew=draft.anew) for draft in drafts)
        return [draft for draft in bare if draft.text and _words([draft.text]) != self._asked]

    def _bare(self, text: str) -> str:
        while (match := _LABEL.match(text)) and self._told.isdisjoint(_words([match[1]])):
            text = text[match.end() :]
        return text


def _texts(evidence: Sequence[Evidence]) -> Iterable[str]:
    for one in evidence:
        yield from (one.span.text, one.before, one.article.title, one.article.outlet, *one.article.authors)


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text.casefold())]
