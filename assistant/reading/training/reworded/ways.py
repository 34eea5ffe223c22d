"""Ways to say what a sentence says, or less of it, in other words or another order.

Each takes a claim that may have been altered before, and keeps what is marked as wrong marked.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from assistant.reading.training.case import Case
from assistant.reading.training.marked import Marked
from assistant.reading.training.reworded import figures, order, parts, speech, words

Way = Callable[[Marked, Case], Marked | None]
# By name, each with how often it is drawn.
WAYS: MappingProxyType[str, tuple[Way, float]] = MappingProxyType(
    {
        "words": (words.same_words, 3),
        "phrases": (words.same_phrases, 5),
        "aside dropped": (parts.aside_dropped, 2),
        "opener moved": (parts.opener_moved, 2),
        "time dropped": (parts.time_dropped, 1.5),
        "shortened": (parts.shortened, 1.5),
        "relative parted": (parts.relative_parted, 2),
        "name shortened": (words.name_shortened, 1.5),
        "title alone": (words.title_alone, 4),
        "hedge": (words.hedged, 2),
        "number": (figures.number_rewritten, 3),
        "date": (figures.date_rewritten, 2),
        "pronoun": (words.pronoun_named, 3),
        "adverb dropped": (parts.adverb_dropped, 1),
        "link dropped": (parts.link_dropped, 1),
        "adjective dropped": (parts.adjective_dropped, 0.5),
        "told": (speech.told, 0.5),
        "speech moved": (speech.speech_moved, 2),
        "joined": (order.joined, 1),
        "quotation shortened": (speech.quotation_shortened, 3),
        "day named": (figures.day_named, 3),
        "contracted": (words.contracted, 1),
        "cause": (order.cause, 4),
        "order": (order.order, 4),
        "effect": (order.effect, 3),
        "comparison": (order.comparison, 3),
        "sentences linked": (order.linked, 4),
        "apposition": (order.apposition, 3),
        "list mixed": (order.list_mixed, 3),
        "voice": (order.voice, 4),
        "second deed": (parts.second_deed, 1.5),
        "tail dropped": (parts.tail_dropped, 2),
        "owner": (order.owner, 1.5),
        "reported": (speech.reported, 5),
        "he said": (words.he_named, 3),
        "amount rounded": (figures.amount, 4),
        "share in words": (figures.share, 5),
        "loose count": (figures.count, 3),
        "wider word": (words.wider, 1.5),
        "wider year": (figures.year, 1),
        "change": (figures.change, 4),
        "some of": (figures.some_of, 5),
        "list shortened": (parts.list_shortened, 2),
    }
)
# Ways that say something of the sentence before, which the evidence must then hold.
FROM_BEFORE = frozenset({"joined", "pronoun", "he said", "sentences linked"})


def reworded(
    claim: Marked, case: Case, *, times: int, before: tuple[str, ...] = ()
) -> tuple[Marked, tuple[str, ...]]:
    """The claim after so many ways, each another one, and their names; fewer where no more of them can be gone.

    before  ways that it has gone already
    """
    used = list(before)
    times += len(used)
    names = list(WAYS)
    weights = [weight for _, weight in WAYS.values()]
    for _ in range(times * 6):
        if len(used) == times:
            break
        name = case.chance.choices(names, weights)[0]
        if name not in used and (made := WAYS[name][0](claim, case)):
            claim = made
            used.append(name)
    return claim, tuple(used)
