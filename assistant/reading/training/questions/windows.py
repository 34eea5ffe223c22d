"""A question with the window of a text that answers it, and windows that look as if they did."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from assistant.reading.training.paragraphs import Paragraph, Question
from assistant.reading.training.questions.group import Group, Window
from assistant.reading.training.questions.search import Search
from assistant.reading.training.questions.unanswerable import beside

LONGEST_WINDOW = 420  # characters, some 90 word pieces
HARD = 2  # windows without the answer: one from the paragraph itself, the others found by a search over all windows
_WORD = re.compile(r"\w+")


class Windows:
    """Cuts the windows of questions from paragraphs; the same for the same paragraphs and seed."""

    def __init__(self, of: Sequence[Paragraph], *, seed: int, hard: int = HARD) -> None:
        self.of, self.random, self.hard = of, random.Random(seed), hard
        self.home = {window.text: one for one in of for window in _cut(one)}
        self.search = Search([window for one in of for window in _cut(one)])

    def questions(self) -> list[tuple[Paragraph, Question]]:
        """All questions in random order."""
        order = [(one, asked) for one in self.of for asked in one.questions]
        self.random.shuffle(order)
        return order

    def as_asked(self, paragraph: Paragraph, asked: Question) -> Group | None:
        """A fifth of them changed so that nothing answers; None where the answer is in no one sentence."""
        question, answers, answerable = asked
        if not answerable:
            return self.refused(paragraph, question)
        place = answer_place(paragraph, question, answers)
        if place is None:
            return None
        if self.random.random() < 0.2 and (other := beside(question, paragraph.text, self.random)):
            return self.tempting(paragraph, other, place, answers)
        return self.answered(paragraph, question, place, answers)

    def answered(
        self, paragraph: Paragraph, question: str, place: tuple[int, int], answers: Sequence[str]
    ) -> Group | None:
        """The question with the window that has its answer in that place; None where that is in no one sentence."""
        at = paragraph.row(place)
        return None if at is None else self._group(paragraph, question, at, place, answers)

    def tempting(
        self, paragraph: Paragraph, question: str, place: tuple[int, int], answers: Sequence[str]
    ) -> Group | None:
        """A question that nothing answers, with the window of what would be taken for its answer first."""
        at = paragraph.row(place)
        return None if at is None else self._group(paragraph, question, at, None, answers)

    def refused(self, paragraph: Paragraph, question: str, answers: Sequence[str] = ()) -> Group:
        """A question that the paragraph does not answer, with its likeliest window first."""
        spans = paragraph.spans
        nearest = max(range(len(spans)), key=lambda row: _shared(question, paragraph.text[slice(*spans[row])]))
        return self._group(paragraph, question, nearest, None, answers)

    def _group(
        self, paragraph: Paragraph, question: str, at: int, place: tuple[int, int] | None, answers: Sequence[str]
    ) -> Group:
        """The window of a sentence first, which answers in that place or not at all."""
        first = self._window(paragraph, at, place)
        return Group(question, (first, *self._others(paragraph, question, answers, self.hard if place else 1)))

    def _window(self, paragraph: Paragraph, at: int, place: tuple[int, int] | None) -> Window:
        """The sentence and some of those beside it."""
        spans, first, last = paragraph.spans, at, at
        for _ in range(self.random.choice((0, 1, 1, 2, 2, 3))):
            if self.random.random() < 0.6 and first and spans[last][1] - spans[first - 1][0] <= LONGEST_WINDOW:
                first -= 1
            elif last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= LONGEST_WINDOW:
                last += 1
        start, end = spans[first][0], spans[last][1]
        title = "" if self.random.random() < 0.1 else paragraph.title
        return Window(title, paragraph.text[start:end], place and (place[0] - start, place[1] - start))

    def _others(self, paragraph: Paragraph, question: str, answers: Sequence[str], wanted: int) -> list[Window]:
        """Windows that hold none of the answers: of the same paragraph, then such as a search finds."""
        near = [self._window(paragraph, row, None) for row in range(len(paragraph.spans))]
        near.sort(key=lambda window: -_shared(question, window.text) - 2 * self.random.random())
        kept = [window for window in near if not _holds(window, answers)][:1]
        far = [window for window in self.search.find(question, 10 + self.hard) if not _holds(window, answers)]
        self.random.shuffle(far)
        return [*kept, *far][:wanted] if self.random.random() < 0.8 else far[:wanted]


def _cut(paragraph: Paragraph) -> Iterator[Window]:
    """The whole paragraph in windows of two sentences."""
    spans = paragraph.spans
    for row in range(0, len(spans), 2):
        end = spans[min(row + 1, len(spans) - 1)][1]
        yield Window(paragraph.title, paragraph.text[spans[row][0] : end][:LONGEST_WINDOW])


def answer_place(paragraph: Paragraph, question: str, answers: Sequence[str]) -> tuple[int, int] | None:
    """Where the answer stands; of several places the one beside the most words of the question."""
    text = paragraph.text
    answer = next((one for one in answers if one in text), None)
    if answer is None:
        return None
    starts = [match.start() for match in re.finditer(re.escape(answer), text)]
    best = max(starts, key=lambda start: _shared(question, text[max(0, start - 120) : start + 120]))
    return best, best + len(answer)


def _shared(question: str, text: str) -> int:
    return len(_words(question) & _words(text))


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _holds(window: Window, answers: Sequence[str]) -> bool:
    shown = window.text.lower()
    return any(answer.lower() in shown for answer in answers)
