"""Training examples for the checker: claims beside evidence, with the words of them that it does not support.

From sentences of paragraphs (SQuAD, CC BY-SA 4.0) and of the documents of grounded-claims (Lei et al. 2025, MIT),
altered or reworded by rule; from questions about those paragraphs with their answers; and from the claims about those
documents, with no more than whether they are supported.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from pathlib import Path

from assistant.reading.training.altered.actors import BESIDE
from assistant.reading.training.altered.kinds import altered, altered_so, families, held_out
from assistant.reading.training.altered.reasons import BEFORE
from assistant.reading.training.case import Case
from assistant.reading.training.claim import Claim
from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import Marked, right
from assistant.reading.training.paragraphs import paragraphs
from assistant.reading.training.passages import Judged, Passage, Source, judged, sources, wikipedia
from assistant.reading.training.reworded import ways
from assistant.reading.training.told import Told

NEWS, WRITTEN, WRITTEN_ALTERED, ASKED, ALTERED = 0.35, 0.14, 0.06, 0.3, 0.47  # shares of sources, and of examples
EVEN = 0.5  # the share for which the kind is drawn first, each as often, and then a sentence that it fits
TRIED = 150  # sentences, before another kind is drawn
# Kinds that are hard to tell, or of many words: drawn so many times as often.
HARD = dict.fromkeys(
    (
        "degree", "certainty", "stage", "body", "order", "frequency", "relation", "whole for a part", "all for some",
        "share of something else", "actor beside", "actor twice", "purpose", "reason", "cause and effect",
        "sentences in another order", "speaker beside", "cause turned", "how often",
    ),
    3.0,
)  # fmt: skip
ALTERED_TIMES = (0, 0, 1, 1, 2)  # how often what was altered is reworded
SUPPORTED = 0.7  # of the written ones, as those that are altered are written in the same manner
_WORD = re.compile(r"\w{3,}")


class Collection:
    """What the claims are made from."""

    def __init__(self, folder: Path) -> None:
        every = wikipedia(folder / "squad-train.jsonl.gz")
        asked = paragraphs(folder / "squad-train.jsonl.gz")
        self.asked = [one for one in asked if not measured(one.title)]
        self.asked_measured = [one for one in asked if measured(one.title)]
        self.paragraphs = [one for one in every if not measured(one.title)]
        self.measured = [one for one in every if measured(one.title)]
        self.judged = judged(folder / "grounded-claims.jsonl.gz", held_out=False)
        self.left_out = judged(folder / "grounded-claims.jsonl.gz", held_out=True)
        self.lexicon = Lexicon(text for one in [*self.paragraphs, *self.documents] for text in one.sentences)

    def measuring(self) -> Collection:
        """The same with the texts that nothing is trained on."""
        other = copy(self)
        other.paragraphs, other.judged, other.asked = self.measured, self.left_out, self.asked_measured
        return other

    @property
    def documents(self) -> list[Passage]:
        return [one.passage for one in self.judged]


class Maker:
    """Claims without end; the same for the same texts and seed. Only chosen kinds are used to alter them."""

    def __init__(self, collection: Collection, *, seed: int, chosen: Callable[[str], bool] | None = None) -> None:
        self.of, self.random = collection, random.Random(seed)
        self.chosen = chosen or (lambda kind: not held_out(kind))
        self.supported = [one for one in collection.judged if one.supported]
        self.told = Told(collection.asked, collection.lexicon, self.random, self.chosen)
        self.ways = [kind for group in families() for kind in group if self.chosen(kind)]

    def claims(self) -> Iterator[Claim]:
        while True:
            chance = self.random.random()
            if chance < WRITTEN:
                of = self.supported if self.random.random() < SUPPORTED else self.of.judged
                yield as_written(self.random.choice(of))
            elif chance < WRITTEN + WRITTEN_ALTERED:
                yield from self.of_written(self.random.choice(self.supported))
            elif chance < WRITTEN + WRITTEN_ALTERED + ASKED:
                yield from self.told.claims()
            else:
                source = self.source()
                yield from self.altered(source) if self.random.random() < ALTERED else self.faithful(source)

    def source(self) -> Source:
        while True:
            news = self.random.random() < NEWS
            passage = self.random.choice(self.of.documents if news else self.of.paragraphs)
            if found := list(sources(passage)):
                return self.random.choice(found)

    def altered(self, source: Source) -> Iterator[Claim]:
        """One, or none where the sentence offers nothing to alter."""
        if self.random.random() < EVEN:
            yield from self.of_kind(*self.random.choices(self.ways, [HARD.get(kind, 1.0) for kind in self.ways]))
        elif made := altered(self.case(source), self.chosen):
            kind, said = made
            yield from self.claim(source, said, kind, self.random.choice(ALTERED_TIMES))

    def of_kind(self, kind: str) -> Iterator[Claim]:
        """One of a kind, of the first sentence that can be altered so."""
        for _ in range(TRIED):
            source = self.source()
            if said := altered_so(kind, self.case(source)):
                yield from self.claim(source, said, kind, self.random.choice(ALTERED_TIMES))
                return

    def turned(self) -> Iterator[Claim]:
        """One said in a certain way, of the first sentence that can be."""
        way, _ = ways.WAYS[used := self.random.choice(list(ways.WAYS))]
        for _ in range(TRIED):
            source = self.source()
            if (said := way(right(source.sentence), self.case(source))) and said.text:
                yield from self.claim(source, said, "", self.random.choice((0, 0, 0, 1)), (used,))
                return

    def faithful(self, source: Source) -> Iterator[Claim]:
        if self.random.random() < EVEN:
            yield from self.turned()
        else:
            yield from self.claim(source, right(source.sentence), "", self.random.choice((0, 1, 1, 2, 2, 3)))

    def claim(
        self, source: Source, made: Marked, kind: str, times: int, before: tuple[str, ...] = ()
    ) -> Iterator[Claim]:
        said, used = ways.reworded(made, self.case(source), times=times, before=before)
        if kind and not said.wrong:
            return
        around = kind in BESIDE
        before_too = around or kind in BEFORE or not ways.FROM_BEFORE.isdisjoint(used)
        evidence = self.evidence(source, before=before_too, after=around)
        title = "" if self.random.random() < 0.2 else source.passage.title
        yield Claim(said.text, title, evidence, not kind, tuple(said.wrong), kind, used)

    def of_written(self, one: Judged) -> Iterator[Claim]:
        """A claim that a model wrote, altered."""
        source = Source(Passage("", (one.claim, *one.passage.sentences)), 0)
        if made := altered(self.case(source), self.chosen):
            kind, said = made
            yield Claim(said.text, "", nearest(one), supported=False, wrong=tuple(said.wrong), kind=kind)

    def case(self, source: Source) -> Case:
        return Case(source, self.of.lexicon, self.random)

    def evidence(self, source: Source, *, before: bool, after: bool = False) -> str:
        """The sentence, and often one beside it."""
        own, first, last = source.passage.sentences, source.at, source.at
        first -= bool(source.at and (before or self.random.random() < 0.4))
        last += bool(last + 1 < len(own) and (after or self.random.random() < 0.3))
        return " ".join(own[first : last + 1])


def as_written(one: Judged) -> Claim:
    """A claim of the set itself; which of its words are wrong is known only of a supported one."""
    return Claim(one.claim, "", nearest(one), one.supported, () if one.supported else None, "as written")


def nearest(one: Judged, most: int = 3) -> str:
    """The sentences of the document that hold most of the claim's words, in their order."""
    chosen = best(one.claim, one.passage.sentences, most)
    return " ".join(one.passage.sentences[row] for row in chosen)


def best(claim: str, texts: Sequence[str], most: int = 3) -> list[int]:
    """The rows of the texts that add most of the claim's words."""
    wanted = _words(claim)
    held = [_words(text) & wanted for text in texts]
    chosen: list[int] = []
    have: set[str] = set()
    while len(chosen) < most:
        row = max(range(len(texts)), key=lambda row: len(held[row] - have) + 0.5 * len(held[row]), default=None)
        if row is None or row in chosen or not held[row] - have:
            break
        chosen.append(row)
        have |= held[row]
    return sorted(chosen) or [0]


def _words(text: str) -> set[str]:
    return {word.lower()[:6] for word in _WORD.findall(text)}


def measured(title: str) -> bool:
    """Whether an article is only measured on: one in sixteen."""
    return hashlib.sha256(title.encode()).digest()[1] % 16 == 0
