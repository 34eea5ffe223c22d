"""Training examples for the reader: a question, the window that answers it, and windows that look as if they did.

From paragraphs with questions (SQuAD, Rajpurkar et al. 2016 and 2018; CC BY-SA 4.0).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from assistant.reading.training.questions.unanswerable import beside
from ingest.sentences import sentences

LONGEST_WINDOW = 420  # characters, some 90 word pieces
_WORD = re.compile(r"\w+")
_UNFIT = re.compile(r"[^\w\s]+")


@dataclass(frozen=True)
class Window:
    """Up to four neighbouring sentences of a paragraph, and where the answer stands in them if it does."""

    title: str
    text: str
    answer: tuple[int, int] | None = None


@dataclass(frozen=True)
class Group:
    """A question and its windows; the answer is in the first, or in none."""

    question: str
    windows: tuple[Window, ...]


Question = tuple[str, tuple[str, ...], bool]


@dataclass(frozen=True)
class Paragraph:
    """A piece of an article, and questions with their answers and whether the paragraph holds one."""

    title: str
    text: str
    questions: tuple[Question, ...] = ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        return sentences(self.text)


def paragraphs(file: Path) -> list[Paragraph]:
    """The paragraphs of a file of JSON lines with title, context and questions[question, answers, answerable]."""
    with gzip.open(file, "rt") as lines:
        return [_paragraph(json.loads(line)) for line in lines]


def _paragraph(record: dict[str, Any]) -> Paragraph:
    asked = tuple((one["question"].strip(), tuple(one["answers"]), one["answerable"]) for one in record["questions"])
    return Paragraph(unquote(record["title"].replace("_", " ")), record["context"], asked)


class Maker:
    """Groups of examples; the same for the same paragraphs and seed.

    hard  negatives a question: one from its own paragraph, the others found by a search over all windows
    """

    def __init__(self, of: Sequence[Paragraph], *, seed: int, hard: int = 2) -> None:
        self.of, self.random, self.hard = of, random.Random(seed), hard
        self.home = {window.text: one for one in of for window in _cut(one)}
        self.search = Search([window for one in of for window in _cut(one)])

    def groups(self) -> Iterator[Group]:
        """One for each question, the questions in random order."""
        for paragraph, asked in self.order():
            if made := self.group(paragraph, asked):
                yield made

    def order(self) -> list[tuple[Paragraph, Question]]:
        """All questions in random order."""
        order = [(one, asked) for one in self.of for asked in one.questions]
        self.random.shuffle(order)
        return order

    def group(self, paragraph: Paragraph, asked: Question) -> Group | None:
        question, answers, answerable = asked
        if not answerable:
            return self.refused(paragraph, question)
        place = found(paragraph, question, answers)
        if place is None:
            return None
        if self.random.random() < 0.2 and (other := beside(question, paragraph.text, self.random)):
            return self.tempting(paragraph, other, place, answers)
        return self.answered(paragraph, question, place, answers)

    def answered(
        self, paragraph: Paragraph, question: str, place: tuple[int, int], answers: Sequence[str]
    ) -> Group | None:
        """The question with the window that has its answer in that place; None where that is in no one sentence."""
        spans = paragraph.spans
        at = _row(spans, place)
        if at is None:
            return None
        right = self.window(paragraph, spans, at, place)
        return Group(question, (right, *self.others(paragraph, spans, question, answers, self.hard)))

    def tempting(
        self, paragraph: Paragraph, question: str, place: tuple[int, int], answers: Sequence[str]
    ) -> Group | None:
        """A question that nothing answers, with the window of what would be taken for its answer first."""
        spans = paragraph.spans
        at = _row(spans, place)
        if at is None:
            return None
        window = self.window(paragraph, spans, at, None)
        return Group(question, (window, *self.others(paragraph, spans, question, answers, 1)))

    def refused(self, paragraph: Paragraph, question: str, answers: Sequence[str] = ()) -> Group:
        """A question that the paragraph does not answer, with its likeliest window first."""
        spans = paragraph.spans
        nearest = max(range(len(spans)), key=lambda row: _shared(question, paragraph.text[slice(*spans[row])]))
        window = self.window(paragraph, spans, nearest, None)
        return Group(question, (window, *self.others(paragraph, spans, question, answers, 1)))

    def window(
        self, paragraph: Paragraph, spans: Sequence[tuple[int, int]], at: int, place: tuple[int, int] | None
    ) -> Window:
        """The sentence and some of those beside it."""
        first = last = at
        for _ in range(self.random.choice((0, 1, 1, 2, 2, 3))):
            if self.random.random() < 0.6 and first and spans[last][1] - spans[first - 1][0] <= LONGEST_WINDOW:
                first -= 1
            elif last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= LONGEST_WINDOW:
                last += 1
        start, end = spans[first][0], spans[last][1]
        title = "" if self.random.random() < 0.1 else paragraph.title
        return Window(title, paragraph.text[start:end], place and (place[0] - start, place[1] - start))

    def others(
        self,
        paragraph: Paragraph,
        spans: Sequence[tuple[int, int]],
        question: str,
        answers: Sequence[str],
        wanted: int,
    ) -> list[Window]:
        """Windows that hold none of the answers: of the same paragraph, then such as a search finds."""
        near = [self.window(paragraph, spans, row, None) for row in range(len(spans))]
        near.sort(key=lambda window: -_shared(question, window.text) - 2 * self.random.random())
        kept = [window for window in near if not _holds(window, answers)][:1]
        far = [window for window in self.search.find(question, 12) if not _holds(window, answers)]
        self.random.shuffle(far)
        return [*kept, *far][:wanted] if self.random.random() < 0.8 else far[:wanted]


class Search:
    """Windows by their words (BM25)."""

    def __init__(self, windows: Sequence[Window]) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("words", tokenizer_name="en_stem")
        schema.add_unsigned_field("row", stored=True)
        self._index = tantivy.Index(schema.build())
        writer = self._index.writer(64_000_000, 1)
        for row, window in enumerate(windows):
            writer.add_document(tantivy.Document(words=f"{window.title} {window.text}", row=row))
        writer.commit()
        self._index.reload()
        self._searcher, self._windows = self._index.searcher(), windows

    def find(self, question: str, limit: int) -> list[Window]:
        query, _ = self._index.parse_query_lenient(_UNFIT.sub(" ", question).lower(), ["words"])
        hits = self._searcher.search(query, limit, count=False).hits
        return [self._windows[self._searcher.doc(address)["row"][0]] for _, address in hits]


def _cut(paragraph: Paragraph) -> Iterator[Window]:
    """The whole paragraph in windows of two sentences."""
    spans = paragraph.spans
    for row in range(0, len(spans), 2):
        end = spans[min(row + 1, len(spans) - 1)][1]
        yield Window(paragraph.title, paragraph.text[spans[row][0] : end][:LONGEST_WINDOW])


def found(paragraph: Paragraph, question: str, answers: Sequence[str]) -> tuple[int, int] | None:
    """Where the answer stands; of several places the one beside the most words of the question."""
    text = paragraph.text
    answer = next((one for one in answers if one in text), None)
    if answer is None:
        return None
    starts = [match.start() for match in re.finditer(re.escape(answer), text)]
    best = max(starts, key=lambda start: _shared(question, text[max(0, start - 120) : start + 120]))
    return best, best + len(answer)


def _row(spans: Sequence[tuple[int, int]], place: tuple[int, int]) -> int | None:
    return next((row for row, (start, end) in enumerate(spans) if start <= place[0] and place[1] <= end), None)


def _shared(question: str, text: str) -> int:
    return len(_words(question) & _words(text))


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _holds(window: Window, answers: Sequence[str]) -> bool:
    shown = window.text.lower()
    return any(answer.lower() in shown for answer in answers)
