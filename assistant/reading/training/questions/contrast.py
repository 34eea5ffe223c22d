"""Windows that would answer a question but for a word: what tells an answer from what only looks like one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reading.training.lexicon import PLAIN
from assistant.reading.training.questions.group import Group, Window
from assistant.reading.training.questions.unanswerable import NAME
from assistant.reading.training.questions.yesno import kind_of
from assistant.reading.training.wordnet import WordNet

_CLOSED = re.compile(r"(?i)(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b")
_WORD = re.compile(r"[a-z]{4,}")
_AT = re.compile(r"\b(?:in|on|at|by|near|from|since|around|during) (?:the )?$", re.IGNORECASE)
_THE = re.compile(r"\bthe $", re.IGNORECASE)


@dataclass(frozen=True)
class _Vague:
    """Words that say less than an answer of a kind does.

    asks    what the questions have
    looks   what `kind_of` says of the answers
    before  what goes with the answer that stands before it
    """

    asks: re.Pattern[str]
    looks: re.Pattern[str]
    before: re.Pattern[str]
    words: Sequence[str]


_VAGUE = [
    _Vague(re.compile(rf"\b(?:{asks})\b", re.IGNORECASE), re.compile(looks), before, words.split("|"))
    for asks, looks, before, words in (
        (
            "who|whom|whose", "name [123]", _THE,
            "an official|a spokesman|the man|a woman|one of them|somebody|his lawyer|the leader|a judge|her brother|"
            "a researcher|a former colleague|the author|the winner|their chairman|the director|a witness",
        ),
        ("how many|how much", r"number \$?0%?|words 1", _THE, "many|several|some|a number of|various|few|a lot of"),
        (
            "when|(?:what|which) (?:year|day|date|month)", "year|number .*|name 2", _AT,
            "later|at that time|earlier|some time ago|eventually|on that day|before long",
        ),
        (
            "where|(?:what|which) (?:city|country|state|town|place)", "name [12]", _AT,
            "there|nearby|elsewhere|at home|in another city|in the region|in the country",
        ),
    )
]  # fmt: skip


class Contrast:
    """Makes such windows of the one that answers; the same for the same chance."""

    def __init__(self, known: WordNet, chance: random.Random) -> None:
        self.known, self.random = known, chance

    def windows(self, group: Group) -> Iterator[Window]:
        """One whose answer says too little, and one about something else, where they can be made."""
        first = group.windows[0]
        if first.answer is None or _CLOSED.match(group.question):
            return
        if found := self.vague(group.question, first, first.answer):
            yield found
        if found := self.other(group.question, first, first.answer, [one.text for one in group.windows[1:]]):
            yield found

    def vague(self, question: str, window: Window, answer: tuple[int, int]) -> Window | None:
        """“An official” for the name of who did it, “several” for how many."""
        said = window.text[slice(*answer)]
        kind = kind_of(said)
        less = next((one for one in _VAGUE if one.asks.search(question) and one.looks.fullmatch(kind)), None)
        if less is None or _again(said, window, answer):
            return None
        before, instead = less.before.sub("", window.text[: answer[0]]), self.random.choice(less.words)
        if before.rstrip()[-1:] in ("", "."):
            instead = instead[0].upper() + instead[1:]
        return Window(window.title, before + instead + window.text[answer[1] :])

    def other(self, question: str, window: Window, answer: tuple[int, int], near: Sequence[str]) -> Window | None:
        """With another name, or an opposite, for one that the question has too."""
        name, word = self._name(question, window, answer, near), self._word(question, window, answer)
        return self.random.choice([made for made in (name, word) if made] or [None])

    def _name(self, question: str, window: Window, answer: tuple[int, int], near: Sequence[str]) -> Window | None:
        named = [one for one in NAME.findall(window.text) if one in question and one not in window.title]
        others = [one for text in near for one in NAME.findall(text) if one not in question]
        others = [one for one in others if one not in window.text]
        return self._put(window, answer, self.random.choice(named), others) if named else None

    def _word(self, question: str, window: Window, answer: tuple[int, int]) -> Window | None:
        asked = self._meant(question).values()
        said = [word for word, meant in self._meant(window.text).items() if meant in asked]
        self.random.shuffle(said)
        instead = ((one, list(filter(self.known.is_common, self.known.opposites(one)))) for one in said)
        return next(filter(None, (self._put(window, answer, one, others) for one, others in instead)), None)

    def _meant(self, text: str) -> dict[str, tuple[str, str]]:
        """Lemma and part of speech of its content words, in order, so that a seed always makes the same."""
        reads = {word: self.known.read(word) for word in _WORD.findall(text) if word not in PLAIN}
        return {word: (read.lemma, read.part) for word, read in reads.items() if read}

    def _put(self, window: Window, answer: tuple[int, int], word: str, others: Sequence[str]) -> Window | None:
        """Another word in place of one that stands there once, outside of the answer."""
        places = [match.span() for match in re.finditer(rf"\b{re.escape(word)}\b", window.text)]
        if len(places) != 1 or not others or (places[0][0] < answer[1] and answer[0] < places[0][1]):
            return None
        start, end = places[0]
        return Window(window.title, window.text[:start] + self.random.choice(others) + window.text[end:])


def _again(said: str, window: Window, answer: tuple[int, int]) -> bool:
    """Whether a word of the answer stands a second time in the window or its title."""
    rest = f"{window.title} {window.text[: answer[0]]} {window.text[answer[1] :]}".lower()
    return any(re.search(rf"\b{re.escape(word)}\b", rest) for word in re.findall(r"[\w’-]{3,}|\d+", said.lower()))
