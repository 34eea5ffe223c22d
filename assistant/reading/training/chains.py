"""Where a text says that one thing came after another, or because of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.reading.training.english import QUOTE_MARK
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
# One thing that caused or followed another, in one clause.
EFFECT = re.compile(
    r"^(?P<one>(?:The |An? )?[\w’-]+(?: [\w’-]+){0,6}?)"
    r"(?<!ly)(?<!\bthat)(?<!which)(?<!\bwho)"
    r"(?<!\bis)(?<!\bwas)(?<!\bwere)(?<!\bare)(?<!\balso)(?<!\bbe)(?<!been)(?<!\bha[sd])(?<!have) "
    r"(?P<verb>(?:was |were )?(?:caused(?: by)?|led to|resulted in"
    r"|resulted from|prompted(?: by)?|triggered(?: by)?|brought about|followed(?: by)?|preceded(?: by)?|stemmed from"
    r"|gave rise to|replaced(?: by)?|inspired(?: by)?|contributed to)) (?P<two>[^,;.“”\"]{4,70})\.$"
)


@dataclass(frozen=True)
class Chain:
    """`order` is whether the second is later; otherwise it is what the first has led to."""

    first: str
    second: str
    order: bool


def chained(source: Source) -> Chain | None:
    """The sentence and the one before it, where it says how it follows from that."""
    before, text = source.before, source.sentence
    if not before.endswith(".") or not 4 <= len(before.split()) <= 22 or len(text.split()) > 24:
        return None
    found = (later := _LATER.match(text)) or _HENCE.match(text)
    if not found or QUOTE_MARK.search(before + text) or _HENCE.match(before) or _LATER.match(before):
        return None
    return Chain(before, text[found.end() :], order=later is not None)
