"""What a way to alter a sentence is, and all of them by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import Marked, right
from assistant.reading.training.passages import Source


@dataclass(frozen=True)
class Case:
    """A sentence to be changed, and what is needed for it."""

    source: Source
    lexicon: Lexicon
    chance: Random

    @property
    def claim(self) -> Marked:
        return right(self.source.sentence)

    @property
    def text(self) -> str:
        return self.source.sentence

    @property
    def beside(self) -> tuple[str, ...]:
        """The sentences right before and after it."""
        own, at = self.source.passage.sentences, self.source.at
        return own[max(0, at - 1) : at] + own[at + 1 : at + 2]


Way = Callable[[Case], Marked | None]


def held_out(kind: str) -> bool:
    """Whether a kind of alteration is measured on and not trained on: a quarter of them."""
    return hashlib.sha256(kind.encode()).digest()[0] % 4 == 0


def families() -> list[Mapping[str, Way]]:
    """The ways to make a sentence untrue, by the name of their kind, in groups of which each is drawn as often."""
    from assistant.reading.training.altered import (
        actors,
        degrees,
        figures,
        parts,
        phrases,
        reasons,
        structure,
        tables,
        words,
    )

    return [one.WAYS for one in (words, phrases, figures, structure, tables, degrees, parts, actors, reasons)]


def altered(case: Case, chosen: Callable[[str], bool]) -> tuple[str, Marked] | None:
    """The kind and the claim: of a random family the first kind, in a random order, that the sentence allows."""
    groups = [[(kind, way) for kind, way in group.items() if chosen(kind)] for group in families()]
    case.chance.shuffle(groups)
    for group in groups:
        for kind, way in case.chance.sample(group, len(group)):
            made = way(case)
            if made and made.wrong and made.text != case.text:
                return kind, made
    return None


def altered_so(kind: str, case: Case) -> Marked | None:
    """The claim altered by this kind; None where the sentence does not allow it."""
    made = next(group[kind] for group in families() if kind in group)(case)
    return made if made and made.wrong and made.text != case.text else None
