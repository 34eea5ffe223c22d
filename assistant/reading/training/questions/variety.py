"""The questions of Wikipedia paragraphs as they are, and among them others that are nearer to what is asked of news.

Yes-or-no questions, questions of statements, false presumptions and details that are not given; a third of all in
another surface, and a third of the windows in the manner of news pages.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.reading.training.paragraphs import Paragraph, Question
from assistant.reading.training.questions import detail, yesno
from assistant.reading.training.questions.contrast import Contrast
from assistant.reading.training.questions.group import Group, Window
from assistant.reading.training.questions.newslike import Page
from assistant.reading.training.questions.surface import in_other_words, surfaced
from assistant.reading.training.questions.unanswerable import presumed
from assistant.reading.training.questions.windows import Windows, answer_place
from assistant.reading.training.wordnet import wordnet

YES_NO, PRESUMED, ELSEWHERE = 0.20, 0.10, 0.10  # shares of the questions that become such
STATEMENTS, NEWS = 0.3, 0.6  # made of statements for each question, and the share of news among these
SURFACED, NEWSLIKE, FURNITURE, DENIED, CONTRASTED, REWORDED = 0.34, 0.35, 0.15, 0.45, 0.25, 0.4
WHY = 4  # times that a question for a reason is asked: there are few
_REASON = re.compile(r"(?i)\bwhy\b|\bwhat (?:is the |was the )?(?:reason|cause)")
_PERSON = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")


Made = tuple[Paragraph, Group]  # with the paragraph that its first window was cut from


class Variety:
    """Groups of examples; the same for the same windows and seed. `told` are texts of the news."""

    def __init__(self, windows: Windows, told: Sequence[Paragraph], *, seed: int) -> None:
        self.windows, self.told, self.random, self.known = windows, told, random.Random(seed), wordnet()
        self.asked = [one for one in windows.of if one.questions]
        self.alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for one in self.asked:
            for question, given, _ in one.questions:
                for title in (one.title, "") if given else ():
                    self.alike[title, yesno.kind_of(given[0]), question.split()[0].lower()].append(given[0])
        self.article: dict[str, list[Paragraph]] = defaultdict(list)
        for one in self.asked:
            self.article[one.title].append(one)
        people = [one for one in self.alike["", "name 2", "who"] if _PERSON.fullmatch(one)]
        self.page = Page(people or ["Maria Bell"], self.random)
        self.contrast = Contrast(self.known, self.random)

    def groups(self) -> Iterator[Group]:
        """One for each question, the questions in random order, and such of statements between them."""
        for paragraph, asked in self.windows.questions():
            for _ in range(WHY if _REASON.search(asked[0]) else 1):
                for made in self.made(paragraph, asked):
                    yield self.dressed(*made)

    def made(self, paragraph: Paragraph, asked: Question) -> Iterator[Made]:
        kind = self.random.choices(
            ("yes or no", "presumed", "elsewhere", "as asked"),
            (YES_NO, PRESUMED, ELSEWHERE, 1 - YES_NO - PRESUMED - ELSEWHERE),
        )[0]
        ways = {"yes or no": self.yes_or_no, "presumed": self.presumed, "elsewhere": self.elsewhere}
        group = ways[kind](paragraph, asked) if kind in ways else None
        if group := group or self.windows.as_asked(paragraph, asked):
            yield paragraph, group
        if self.random.random() < STATEMENTS and (stated := self.stated()):
            yield stated

    def yes_or_no(self, paragraph: Paragraph, asked: Question) -> Group | None:
        """Whether its answer, or another one, is the right one; the text decides both."""
        question, answers, answerable = asked
        place = answer_place(paragraph, question, answers) if answerable else None
        made = self.closed(paragraph, question, place) if place else None
        if made is None or place is None:
            return None
        if self.random.random() < DENIED:
            made = self.denied(made, question, paragraph.text[slice(*place)], paragraph) or made
        return self.windows.answered(paragraph, made, place, answers)

    def closed(self, paragraph: Paragraph, question: str, place: tuple[int, int]) -> str | None:
        before = paragraph.text[max(0, place[0] - 20) : place[0]]
        return yesno.of_answered(question, paragraph.text[slice(*place)], before, self.known)

    def denied(self, made: str, question: str, answer: str, paragraph: Paragraph) -> str | None:
        """With another answer that questions like it have, if possible about the same article."""
        kind, word = yesno.kind_of(answer), question.split(maxsplit=1)[0].lower()
        near, far = self.alike[paragraph.title, kind, word], self.alike["", kind, word]
        others = [one for some in (near, far) for one in (self.random.choices(some, k=3) if some else ())]
        return yesno.denied(made, answer, others, paragraph.text, self.random)

    def presumed(self, paragraph: Paragraph, asked: Question) -> Group | None:
        question, answers, answerable = asked
        place = answer_place(paragraph, question, answers) if answerable else None
        made = presumed(question, paragraph.text, self.random)
        return self.windows.tempting(paragraph, made, place, answers) if place and made else None

    def elsewhere(self, paragraph: Paragraph, _: Question) -> Group | None:
        """A question about another paragraph of the article, half of them as yes or no."""
        other = self.random.choice(self.article[paragraph.title])
        question, answers, answerable = self.random.choice(other.questions)
        holds = any(one.lower() in paragraph.text.lower() for one in answers)
        if other is paragraph or not answerable or holds:
            return None
        place = answer_place(other, question, answers)
        if place and self.random.random() < 0.5:
            question = self.closed(other, question, place) or question
        return self.windows.refused(paragraph, question, answers)

    def stated(self) -> Made | None:
        """Of a sentence, mostly of the news."""
        for _ in range(8):
            paragraph = self.random.choice(self.told if self.random.random() < NEWS and self.told else self.asked)
            start, end = self.random.choice(paragraph.spans or [(0, 0)])
            sentence = paragraph.text[start:end]
            if not 40 <= len(sentence) <= 260 or sentence[-1] != "." or "\n" in sentence:
                continue
            kind = self.random.choice(("statement yes or no", "statement", "statement", "detail"))
            ways = {"statement yes or no": self.decided, "statement": self.of_sentence, "detail": self.lacking}
            if group := ways[kind](paragraph, sentence, start):
                return paragraph, group
        return None

    def decided(self, paragraph: Paragraph, sentence: str, start: int) -> Group | None:
        made = yesno.of_statement(sentence, self.known)
        if made is None:
            return None
        question, place = made
        if self.random.random() < DENIED:
            question = yesno.denied(question, "", [], paragraph.text, self.random) or question
        return self.placed(paragraph, question, place, start)

    def of_sentence(self, paragraph: Paragraph, sentence: str, start: int) -> Group | None:
        made = detail.answered(sentence, self.known, self.random)
        return self.placed(paragraph, *made, start) if made else None

    def lacking(self, paragraph: Paragraph, sentence: str, start: int) -> Group | None:
        """A detail that the sentence and those beside it do not give."""
        spans = paragraph.spans
        at = next(row for row, span in enumerate(spans) if span[0] == start)
        first, last = spans[max(0, at - self.random.randint(0, 1))][0], spans[min(len(spans) - 1, at + 1)][1]
        last = self.random.choice((start + len(sentence), last))
        cut = Paragraph(paragraph.title, paragraph.text[first:last])
        made = detail.lacking(sentence, cut.text, self.known, self.random)
        return self.windows.tempting(cut, made, (start - first, start - first + len(sentence)), ()) if made else None

    def placed(self, paragraph: Paragraph, question: str, place: tuple[int, int], start: int) -> Group | None:
        moved = place[0] + start, place[1] + start
        return self.windows.answered(paragraph, question, moved, (paragraph.text[slice(*moved)],))

    def dressed(self, paragraph: Paragraph, group: Group) -> Group:
        """Some as they are typed, and some in the manner of news; all where the paragraph is news."""
        if self.random.random() < REWORDED:
            group = replace(group, question=in_other_words(group.question, self.random))
        if self.random.random() < SURFACED:
            group = replace(group, question=surfaced(group.question, self.random))
        newslike = not paragraph.title or self.random.random() < NEWSLIKE
        group = self.as_news(paragraph, group) if newslike else group
        contrasts = self.contrast.windows(group) if self.random.random() < CONTRASTED else ()
        return replace(group, windows=(*group.windows, *contrasts))

    def as_news(self, paragraph: Paragraph, group: Group) -> Group:
        """All its windows; those of one paragraph under the same headline."""
        own = [self._home(paragraph, window) for window in group.windows]
        told = {one.text: [one.text[start:end] for start, end in one.spans] for one in own}
        heads = {
            one.text: self.page.headline(window, told[one.text])
            for one, window in zip(own, group.windows, strict=True)
        }
        made = [
            self.page.window(replace(window, title=heads[one.text]), told[one.text])
            for one, window in zip(own, group.windows, strict=True)
        ]
        if self.random.random() < FURNITURE:
            made.append(self.page.furniture(heads[own[-1].text], told[own[-1].text]))
        return replace(group, windows=tuple(made))

    def _home(self, paragraph: Paragraph, window: Window) -> Paragraph:
        return paragraph if window.text in paragraph.text else self.windows.home[window.text]
