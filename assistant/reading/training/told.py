"""Claims made of questions that people asked of a paragraph, with their answers: what it says, in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from assistant.reading.training.altered.kinds import altered
from assistant.reading.training.case import Case
from assistant.reading.training.claim import Claim
from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import Marked, right
from assistant.reading.training.paragraphs import Paragraph
from assistant.reading.training.passages import Passage, Source, cut
from assistant.reading.training.questions.declared import Said, declared
from assistant.reading.training.questions.windows import answer_place
from assistant.reading.training.questions.yesno import kind_of
from assistant.reading.training.reworded import ways

TRUE, OTHER, APART = 0.46, 0.2, 0.06  # shares: as it is, with another answer, beside sentences without the answer
FAR = 30  # paragraphs in which another answer is looked for
ASKED = "asked"  # named among the ways in which a claim was put in other words


class Told:
    """Claims of the questions of some paragraphs, true ones, and ones made untrue by chosen kinds of alteration."""

    def __init__(
        self, asked: Sequence[Paragraph], lexicon: Lexicon, chance: Random, chosen: Callable[[str], bool]
    ) -> None:
        self.asked, self.lexicon, self.random, self.chosen = asked, lexicon, chance, chosen

    def claims(self) -> Iterator[Claim]:
        """One, or none where the question cannot be told."""
        paragraph = self.random.choice(self.asked)
        question, answers, _ = self.random.choice(paragraph.questions or (("", (), False),))
        place = answer_place(paragraph, question, answers)
        at = paragraph.row(place) if place else None
        if place is None or at is None:
            return
        before = paragraph.text[max(0, place[0] - 20) : place[0]]
        source = Source(Passage(paragraph.title, cut(paragraph.text)), at)
        if said := declared(question, answers[0], before, self.lexicon.wordnet):
            yield from self.made(paragraph, source, answers, said)

    def made(self, paragraph: Paragraph, source: Source, answers: Sequence[str], said: Said) -> Iterator[Claim]:
        text, answer = said
        itself = Source(Passage(paragraph.title, (text, *source.passage.sentences)), 0)
        case = Case(itself, self.lexicon, self.random)
        chance = self.random.random()
        if chance < TRUE:
            yield from self.claim(source, case, "", right(text))
        elif chance < TRUE + OTHER and (other := self.another(paragraph, answers)):
            yield from self.claim(source, case, "another answer", right(text).altered(*answer, other))
        elif chance < TRUE + OTHER + APART:
            yield from self.apart(source, text, answer)
        elif found := altered(case, self.chosen):
            yield from self.claim(source, case, *found)

    def claim(self, source: Source, case: Case, kind: str, made: Marked) -> Iterator[Claim]:
        said, used = ways.reworded(made, case, times=self.random.choice((0, 0, 0, 1)), before=(ASKED,))
        if kind and not said.wrong:
            return
        title = "" if self.random.random() < 0.3 else source.passage.title
        yield Claim(said.text, title, self.around(source), not kind, tuple(said.wrong), kind, used)

    def another(self, paragraph: Paragraph, answers: Sequence[str]) -> str | None:
        """Another answer of the same look: one that the paragraph gives to another question, or any other."""
        own, known = kind_of(answers[0]), " ".join(answers).lower()
        far = self.random.choices(self.asked, k=FAR)
        for some in ([paragraph], far) if self.random.random() < 0.7 else (far,):
            given = [answer for one in some for _, answers, _ in one.questions for answer in answers[:1]]
            if fits := [one for one in given if kind_of(one) == own and not _alike(one.lower(), known)]:
                return self.random.choice(fits)
        return None

    def apart(self, source: Source, said: str, answer: tuple[int, int]) -> Iterator[Claim]:
        """Beside a sentence of the paragraph that does not hold the answer: so much of it that does not support."""
        given = said[slice(*answer)].lower()
        if others := [one for one in source.passage.sentences if given not in one.lower()]:
            evidence = self.random.choice(others)
            yield Claim(said, source.passage.title, evidence, False, (answer,), "apart", (ASKED,))

    def around(self, source: Source) -> str:
        """The sentence with up to three of those beside it."""
        own, first, last = source.passage.sentences, source.at, source.at + 1
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            if self.random.random() < 0.5:
                first = max(0, first - 1)
            else:
                last += 1
        return " ".join(own[first:last])


def _alike(one: str, other: str) -> bool:
    return one in other or other in one
