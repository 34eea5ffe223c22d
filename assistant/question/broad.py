"""Questions that ask for the news of something, or for all news, and for nothing more of it: these get a digest.

The words that frame a question are taken off both its ends. It is broad where these ask for news of what is left, or
where nothing frames a subject that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from assistant.types import DigestOrder
from ingest.language.english import ARTICLES, ASKING, AUXILIARIES, PERSONAL, PREPOSITIONS, STOPWORDS
from ingest.language.tongues import ENGLISH, language_of

KEYWORDS = 8  # of a subject that stands alone

NEWSPAPERS = frozenset("newspaper newspapers papers press".split())
_UNFOLDS = frozenset("develop developed evolve evolved progressed unfold unfolded".split())
_OLDEST = _UNFOLDS | frozenset("beginning chronological chronology history sequence start timeline".split())
# What says that news is asked for: "what happened?", "show me the latest headlines", "bring me up to speed".
NEWS = (ARTICLES | NEWSPAPERS - {"press"} | _OLDEST) | frozenset(
    "background brief briefing bring catch coverage describe detail details developments digest everything explain "
    "facts fill gist going happen happened happening happens headline headlines information know known latest learn "
    "miss more new newest news outline overview points published recap recent reported reporting roundup rundown "
    "show situation speed sum summarise summarize summary talk tell told update updates walk word write writes "
    "written".split()
)
# What may stand beside it.
FILLING = frozenset(
    "all an any anything day else end far finish get getting give hear hello hey hi important just key let like main "
    "me most need now ok okay past please press quick quickly really recently say says see so some something stand "
    "there things this today top up us want week well world you".split()
)
_ASKING_ALL = frozenset({"how", "what"})
_INDEFINITE = frozenset({"any", "anything", "there"})
_AMBIGUOUS = frozenset("new press top world".split())  # they begin names, too: "New York", "World Cup"
# Nouns that stand for a question word: name for who, date for when, cause for why, number for how many.
_SLOTS = frozenset(
    "age amount author capital cause cost date distance height length location name number outcome percentage "
    "population price reason salary score size temperature time title toll total value weight winner year".split()
)
_FRAME = (STOPWORDS | NEWS | FILLING | PREPOSITIONS | AUXILIARIES | ASKING) - PERSONAL
_WORD = re.compile(r"[^\W_]+(?:[’'.&/-][^\W_]+)*")


@dataclass(frozen=True)
class Broad:
    """What a digest is asked of.

    topic  the subject as it was said; empty where all news is asked for
    order  of the reports
    more   whether beyond what was told before
    """

    topic: str
    order: DigestOrder = "newest"
    more: bool = False

    @classmethod
    def read(cls, question: str, lent: str = "") -> Self | None:
        """None for a question, of one part, that asks for something in particular.

        lent  words of the question before
        """
        if language_of(question) != ENGLISH:
            return None
        framed = _Framed.of(question)
        if not framed.asks_for_news or (lent and not framed.telling):
            return None
        topic = f"{framed.topic} {lent}" if lent else framed.topic
        order: DigestOrder = "oldest" if framed.frame & _OLDEST else "newest"
        return cls(topic.strip(), order, more=bool(framed.frame & {"else", "more"}))


@dataclass(frozen=True)
class _Framed:
    """A question as the words that frame it, before and behind, and those in between, in lower case.

    apart  whether a comma or a colon stands before those behind
    """

    lead: tuple[str, ...]
    middle: tuple[str, ...]
    tail: tuple[str, ...]
    topic: str
    apart: bool = False

    @classmethod
    def of(cls, text: str) -> _Framed:
        found, words = list(_WORD.finditer(text)), words_of(text)
        first = next((place for place, word in enumerate(words) if word not in _FRAME), len(words))
        last = next((place for place in range(len(words), first, -1) if words[place - 1] not in _FRAME), first)
        if first == len(words):
            return cls(tuple(words), (), (), "")
        begins = first if _is_cut(text, found, first) else _given_back(words, first)
        topic = text[found[begins].start() : found[last - 1].end()]
        apart = last < len(words) and _is_cut(text, found, last)
        return cls(tuple(words[:first]), tuple(words[first:last]), tuple(words[last:]), topic, apart)

    @property
    def frame(self) -> set[str]:
        return {*self.lead, *self.tail}

    @property
    def telling(self) -> bool:
        return bool(self.frame & NEWS)

    @property
    def asks_for_news(self) -> bool:
        """Whether nothing is asked for beyond news, of a subject or of all."""
        asked = (self.frame | set(self.middle)) & ASKING
        if asked - _ASKING_ALL - ({"who"} if self._is_about and self.middle[:1] != ("who",) else set()):
            return False
        if set(self.middle) <= PERSONAL:
            return self.telling
        if asked & set(self.middle):
            return asked == {"who"}
        if asked or (self.lead[:1] and self.lead[0] in AUXILIARIES and not set(self.lead[1:2]) & {"i", "we", "you"}):
            return self._asks_what_is_known
        return self._is_about or self._is_subject

    @property
    def _is_about(self) -> bool:
        """Whether the frame asks for news of, on, about what follows."""
        own = [word for word in self.lead if word not in ("a", "an", "any", "some", "the", "this", "that")]
        return bool(own) and own[-1] in PREPOSITIONS and bool({*own} & (NEWS | {"you"}))

    @property
    def _asks_what_is_known(self) -> bool:
        """ "What happened in …", "is there any news of …", "how did … unfold", "…: what is known?"."""
        if self.tail and self.tail[0] in ASKING:
            return self.apart and bool(set(self.tail) & NEWS)
        if "how" in self.lead and set(self.tail) & (_UNFOLDS | {"going"}):
            return True
        open_ended = set(self.lead) & (ASKING | _INDEFINITE)
        return bool(open_ended) and self._is_about and not ("to" in self.lead and "up" not in self.lead)

    @property
    def _is_subject(self) -> bool:
        """Whether it stands alone, or behind a word such as "summarise", and says and asks nothing itself."""
        if self.middle[0] in PERSONAL or {self.middle[0], self.middle[-1]} & _SLOTS or set(self.middle) & AUXILIARIES:
            return False
        return self.telling or len(self.middle) <= KEYWORDS


def words_of(text: str) -> list[str]:
    """The words of a text in lower case: "what" for "what's"."""
    return [re.split("[’']", match[0].casefold())[0] for match in _WORD.finditer(text)]


def _is_cut(text: str, found: Sequence[re.Match[str]], place: int) -> bool:
    """Whether a comma or a colon stands before a word."""
    return place > 0 and any(mark in text[found[place - 1].end() : found[place].start()] for mark in ",:;")


def _given_back(words: Sequence[str], first: int) -> int:
    """Where the subject begins: what stands behind the last preposition of the frame is of it, as is "New"."""
    prepositions = [place for place in range(first) if words[place] in PREPOSITIONS]
    begins = prepositions[-1] + 1 if prepositions else first
    while begins < first and words[begins] in ASKING:
        begins += 1
    while not prepositions and begins and words[begins - 1] in _AMBIGUOUS:
        begins -= 1
    return begins
