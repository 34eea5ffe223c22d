"""Sentences of a news text as exact spans."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm maj hon rev fr st ste mt ft no nos vs v etc "
    "inc ltd co corp dept est approx fig vol p pp jan feb mar apr jun jul aug sep sept oct nov dec mon tue "
    "tues wed thu thur thurs fri sat sun u.s u.k u.n e.u u.s.a d.c l.a n.y a.m p.m i.e e.g ph.d m.d b.a m.a jr "
    "sr messrs calif mass conn ill ind mich minn wis ariz colo fla ga ala tenn ky va okla tex wash ore penn pa "
    "nev bros supt insp det pres".split()
)
# A sentence ends at . ! ? … (with closing quotation marks and brackets) before white space, or at a line's end.
# A run of stops is looked at from its first one only: from each of them it would take the square of its length.
_BREAK = re.compile(r"(?:(?<![.!?…])[.!?…]++|[。！？])[\"'”’»)\]]*+(?=\s|$)|(?<=[。！？])|\n+")
_LAST_WORD = re.compile(r"(?<![\w.’'-])([\w.’'-]+?)(?<!\.)\.++[\"'”’»)\]]*+$")
QUOTATION = 240  # characters ahead within which an open quotation must close to be kept whole
_CAN_END = frozenset("a.m p.m u.s u.k u.n e.u d.c inc ltd co corp etc jr".split())
_BEGINS = re.compile(r"[\"“‘']?(?:The|A|An|He|She|It|They|But|And|In|On|At|We|I|This|That|His|Her|Its|There)\b")
STOPS = frozenset(".!?…。！？｡؟۔।॥።։‽")
_CLOSING = "\"'“”‘’«»‹›)]】」』\u00a0 "
_OPENING = "\"'“‘«([¿¡"


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it; in order, not overlapping.

    Another way to split needs another CHUNKER: the embeddings of sentences are kept by their number in the passage.
    """
    spans: list[tuple[int, int]] = []
    start = counted = curly = straight = 0  # quotation marks are counted once, as the stops go by
    for match in _BREAK.finditer(text):
        end = match.end()
        curly += text.count("“", counted, end) - text.count("”", counted, end)
        straight += text.count('"', counted, end)
        counted = end
        closing = "”" if curly > 0 else '"' if straight % 2 else ""
        if end > start and (text[match.start()] == "\n" or _ends(text, start, end, closing)):
            _append(spans, text, start, end)
            start, curly, straight = end, 0, 0
    _append(spans, text, start, len(text))
    return spans


def last_mark(sentence: str) -> str:
    """The character with which it ends, closing quotation marks and brackets aside; empty where nothing is left."""
    return sentence.rstrip(_CLOSING)[-1:]


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        left = start + len(piece) - len(piece.lstrip())
        spans.append((left, left + len(stripped)))


def _ends(text: str, start: int, end: int, closing: str) -> bool:
    """Whether the stop at `end` ends the sentence that began at `start`; `closing` ends the quotation open there."""
    following = text[end : end + 40].lstrip()
    if not following:
        return True
    if closing and _closes_soon(text, end, closing):
        return False
    first = following.lstrip(_OPENING)[:1]
    if first.islower():
        return False  # "The U.S. economy", "he said. and": the sentence goes on
    before = text[max(start, end - 24) : end]
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    last = word.group(1).lower()
    abbreviated = last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i")
    return not abbreviated or _closes(last, following)


def _closes_soon(text: str, end: int, closing: str) -> bool:
    """Whether the open quotation is a short one: cut in two it would lose who says it."""
    return closing in text[end : end + QUOTATION].partition("\n")[0]


def _closes(abbreviation: str, following: str) -> bool:
    """An abbreviation that can also end a sentence does so before a word that only begins one."""
    return abbreviation in _CAN_END and _BEGINS.match(following) is not None
