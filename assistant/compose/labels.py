"""What models write before an answer that is no part of it: a label, or the question once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.compose.draft import Draft
from assistant.evidence.evidence import Evidence
from ingest.language.tongues import function_words, language_of

_LABEL = re.compile(r"\s{0,9}([^\W\d_]{1,30}(?:\s[^\W\d_]{1,30}){0,2})\s?[:：](?:\s+|\Z)")
_WORD = re.compile(r"\w+")


class Labels:
    """Takes them off drafts about this question and evidence.

    A label is one to three words before a colon that are not the evidence's: "Answer:", "A:", "The answer is:". Words
    that build sentences count where there are no others.
    """

    def __init__(self, question: str, evidence: Sequence[Evidence]) -> None:
        self._asked = _words(question)
        self._told = frozenset(word for one in evidence for text in _texts(one) for word in _words(text))
        self._weak = function_words(language_of(question))

    def taken_off(self, drafts: Iterable[Draft]) -> list[Draft]:
        """The drafts without them; those that were nothing else are left out."""
        bare = (replace(draft, text=self._bare(draft.text)) for draft in drafts)
        return [draft for draft in bare if draft.text and _words(draft.text) != self._asked]

    def _bare(self, text: str) -> str:
        while (match := _LABEL.match(text)) and self._told.isdisjoint(self._telling(match[1])):
            text = text[match.end() :]
        return text

    def _telling(self, label: str) -> list[str]:
        every = _words(label)
        return [word for word in every if word not in self._weak] or every


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _texts(one: Evidence) -> tuple[str, ...]:
    return one.span.text, one.before, one.article.title, one.article.outlet, *one.article.authors
