"""Reports that give different numbers for the same thing: both are shown, with who says which, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.evidence.evidence import Evidence
from assistant.evidence.headline import headline, house
from assistant.wording import published
from ingest.language.quantities import Quantity, agree, quantities
from ingest.language.stems import stems

MOST = 3  # values shown side by side
LIKELY = 0.3  # share of the odds of the best from which another value may be one of the same thing
ONE_EVENT = timedelta(days=14)  # between two reports that may be of the same thing
_COUNTED = re.compile(r"\W{0,2}(?:\w+ of )?([^\W\d_]{2,})")


@dataclass(frozen=True)
class _Value:
    """The number with which a piece of evidence answers, and what it counts."""

    evidence: Evidence
    quantity: Quantity
    counted: frozenset[str]


def differing(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best of the evidence and the best of other outlets with another number; none where all agree."""
    first = _value(evidence[0]) if evidence else None
    if first is None:
        return []
    found = [first]
    likely = [one for one in evidence[1:] if one.score >= LIKELY * evidence[0].score]
    for other in filter(None, map(_value, likely)):
        if all(_differ(one, other) for one in found):
            found.append(other)
    return [one.evidence for one in found[:MOST]] if len(found) > 1 else []


def side_by_side(evidence: Sequence[Evidence], differ: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, led by what differs."""
    top = [replace(one, score=evidence[0].score, leads=True) for one in differ]
    return [*top, *(one for one in evidence if one not in differ)] if differ else list(evidence)


def difference(differ: Sequence[Evidence]) -> str:
    """ "The reports differ: 410 people (Harbour Post, 1 November 2026), 340 people (Tide, 2 November 2026)." """
    said = (
        f"{' '.join(one.words.split())} ({headline(one.article).outlet}, {published(one.article)})" for one in differ
    )
    return f"The reports differ: {', '.join(said)}." if differ else ""


def _value(one: Evidence) -> _Value | None:
    """The one number in the words that answer, where the reader finds it likelier there than not."""
    if not one.words or (one.read or 0) <= 0 or one.span.part != "text" or one.article.published is None:
        return None
    text = one.span.text
    answer = re.search(rf"(?<!\w){re.escape(one.words)}(?!\w)", text)
    if answer is None:
        return None
    amounts = [amount for amount in quantities(text) if amount.start < answer.end() and answer.start() < amount.end]
    if len(amounts) != 1:
        return None
    noun = _COUNTED.match(text, amounts[0].end)
    return _Value(one, amounts[0], stems(noun[1]) if noun else frozenset())


def _differ(one: _Value, other: _Value) -> bool:
    """Whether two outlets, of about the same days, count the same thing and come to other numbers."""
    a, b = one.evidence.article, other.evidence.article
    apart = house(a.outlet) != house(b.outlet) and b.id not in {copy.article_id for copy in one.evidence.copies}
    if not apart or not a.published or not b.published or abs(a.published - b.published) > ONE_EVENT:
        return False
    units = {unit for _, unit in one.quantity.readings} & {unit for _, unit in other.quantity.readings}
    same = bool(units - {None}) or bool(one.counted & other.counted)
    return bool(units) and same and not agree(one.quantity, other.quantity)
