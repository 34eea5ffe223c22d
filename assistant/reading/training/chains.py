"""Two sentences of which the second says that it comes after the first, or because of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import overload

from assistant.reading.training.marked import Marked
from assistant.reading.training.passages import Source

_LATER = re.compile(
    r"^(?:Then|Later|Afterwards?|After that|Subsequently|Soon after(?:wards)?|(?:\w+ ){1,2}(?:hours|days|weeks"
    r"|months|years)"
    r" later|The (?:following|next) (?:day|week|month|year))"
    r"(?:, | (?=(?:the|an?|he|she|it|they|in|on|[A-Z])\b))"
)
_HENCE = re.compile(
    r"^(?:As a result|Therefore|Consequently|Because of this|For this reason|Thus|Hence|Accordingly),? "
)
_SMALL = re.compile(
    r"(?:The|An?|This|It|He|She|They|In|On|At|There|These|Some|Many|His|Her|Its|Their|During|After|By|As|For|With"
    r"|From|Most|All|One|Two|Three|Several|Another|Such|Both|If|When|While|Since|Because|Although|To|Other"
    r"|First|He|We)\b"
)
_QUOTED = re.compile(r"[“”\"]")


@dataclass(frozen=True)
class Chain:
    """`order` is whether the second is later; otherwise it is what the first has led to."""

    first: str
    second: str
    order: bool


def chained(source: Source) -> Chain | None:
    before, text = source.before, source.sentence
    if not before.endswith(".") or not 4 <= len(before.split()) <= 22 or len(text.split()) > 24:
        return None
    found = (later := _LATER.match(text)) or _HENCE.match(text)
    if not found or _QUOTED.search(before + text) or _HENCE.match(before) or _LATER.match(before):
        return None
    return Chain(before, text[found.end() :], order=later is not None)


@overload
def lowered(text: str) -> str: ...
@overload
def lowered(text: Marked) -> Marked: ...
def lowered(text: str | Marked) -> str | Marked:
    """As it stands within a sentence."""
    if isinstance(text, Marked):
        return text[:1].each(str.lower) + text[1:] if _SMALL.match(text.text) else text
    return text[:1].lower() + text[1:] if _SMALL.match(text) else text
