"""Sentences of a news text as exact spans."""

from __future__ import annotations

import re

from ingest.language.english import MONTHS, SHORT_TITLES, WEEKDAYS

_ABBREVIATED_DAYS = {name[:3] for name in (*MONTHS, *WEEKDAYS)} - {"may"}
_ABBREVIATIONS = SHORT_TITLES.union(
    _ABBREVIATED_DAYS,
    "fr st ste mt ft no nos vs v etc inc ltd co corp dept est approx fig vol pp sept tues thur thurs ph.d jr "
    "sr messrs calif mass conn ill ind mich minn wis ariz colo fla ga ala tenn ky va okla tex wash ore penn pa "
    "nev bros supt insp det pres".split(),
)
# A sentence ends at . ! ? … (with closing quotation marks and brackets) before white space, or at a line's end.
# A run of stops is looked at from its first one only: from each of them it would take the square of its length.
# The stops of writing that has no other use for them need no white space after them.
_BREAK = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|[。！？｡؟۔।॥։។៕။።‽]++[\"'”’»)\]」』】）]*+|\n+"
    r"|(?<=[\u0e01-\u0e4e\u0e81-\u0edd]) +(?=[\u0e01-\u0e4e\u0e81-\u0edd])"
)
_INITIALS = re.compile(r"(?!i$)[^\W\d_](?P<more>(?:\.-?[^\W\d_])*+)")  # "H.W", "J.-P", "u.s", "J" but "than I"
_LAST_WORD = re.compile(r"(?<![\w.’'-])([\w.’'-]+?)(?<!\.)\.++[\"'”’»)\]]*+$")
# In German "9." is the ninth, and a capital after it begins a noun: "für den 9. November", "im 19. Jahrhundert".
_ORDINAL = re.compile(
    r"(?<!\w)(?:de[nmrs]|die|das|im|(?<!I )am|beim?|vom|zu[mr]|bis|ab|seit)\s\d{1,3}\.$", re.IGNORECASE
)
QUOTATION = 240  # characters ahead within which an open quotation must close to be kept whole
_CAN_END = frozenset("inc ltd co corp etc jr".split())
_BEGINS = re.compile(r"[\"“‘']?(?:The|A|An|He|She|It|They|But|And|In|On|At|We|I|This|That|His|Her|Its|There)\b")
ASKING = frozenset("?？؟‽")  # marks of a question
STOPS = frozenset(".!?…。！？｡؟۔।॥։។៕။።‽")
OPENING = "\"'“‘«‹„([{「『【（¿¡ \u00a0"
_CLOSING = "\"'“”‘’«»‹›)】]」』）\u00a0 "
_GOES_ON_AFTER = "」』”"  # after a stop: “…。”と述べた is one sentence
LONG_LINE = 80  # characters: shorter lines may be headings
_LABEL = re.compile(r"[^.!?:\n]{1,60}:(?=[^\W\d_a-z])")
_THAI = 40  # letters: Thai and Lao have no stops, and spaces between sentences, clauses, parts of names


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it; in order, not overlapping.

    The embeddings of sentences are kept by their number in the passage: where another way to split finds more or
    fewer of them, they count as not kept, until another CHUNKER makes them anew.
    """
    spans: list[tuple[int, int]] = []
    start = counted = curly = straight = corner = 0  # quotation marks are counted once, as the stops go by
    for match in _BREAK.finditer(text):
        end = match.end()
        curly += text.count("“", counted, end) - text.count("”", counted, end)
        straight += text.count('"', counted, end)
        corner += text.count("「", counted, end) - text.count("」", counted, end)
        counted = end
        closing = "”" if curly > 0 else "」" if corner > 0 else '"' if straight % 2 else ""
        if end > start and _ends_by(match, start, closing):
            _append(spans, text, start, end)
            start, curly, straight, corner = end, 0, 0, 0
    _append(spans, text, start, len(text))
    return spans


def last_mark(sentence: str) -> str:
    """The character with which it ends, closing quotation marks and brackets aside; empty where nothing is left."""
    return sentence.rstrip(_CLOSING)[-1:]


def writes_whole(text: str) -> bool:
    """Whether a text ends its long lines as sentences end, which not every language and every list does."""
    long = [line for line in text.split("\n") if len(line) > LONG_LINE]
    return 2 * sum(last_mark(line) in STOPS for line in long) > len(long)


def is_whole(sentence: str) -> bool:
    """Whether it ends as sentences do and begins with no label run into it: "Watch:Floods in Marenth."

    A byline, a caption, a heading, links to other stories are no sentences in a text that writes whole ones.
    """
    return last_mark(sentence) in STOPS and _LABEL.match(sentence) is None


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        left = start + len(piece) - len(piece.lstrip())
        spans.append((left, left + len(stripped)))


def _ends_by(stop: re.Match[str], start: int, closing: str) -> bool:
    """Whether a line end, a stop or, in writing without stops, a space ends the sentence begun at `start`."""
    if stop[0][0] == " ":
        return stop.start() - start >= _THAI
    return stop[0][0] == "\n" or _ends(stop.string, start, stop.end(), closing)


def _ends(text: str, start: int, end: int, closing: str) -> bool:
    """Whether the stop at `end` ends the sentence that began at `start`; `closing` ends the quotation open there."""
    following = text[end : end + 40].lstrip()
    if not following:
        return True
    if _goes_on(text, end, following) or (closing and _closes_soon(text, end, closing)):
        return False
    before = text[max(start, end - 24) : end]
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    last = word.group(1).lower()
    initials = _INITIALS.fullmatch(last)
    if not (initials or last in _ABBREVIATIONS or _ORDINAL.search(before)):
        return True
    # an abbreviation that can also end a sentence does so before a word that only begins one
    can_end = bool(initials["more"]) if initials else last in _CAN_END
    return can_end and _BEGINS.match(following) is not None


def _goes_on(text: str, end: int, following: str) -> bool:
    """ "The U.S. economy", "he said. and", and 「…。」と述べた: what follows belongs to the sentence."""
    glued = text[end - 1] in _GOES_ON_AFTER and text[end].isalpha()
    return glued or following.lstrip(OPENING)[:1].islower()


def _closes_soon(text: str, end: int, closing: str) -> bool:
    """Whether the open quotation is a short one: cut in two it would lose who says it."""
    return closing in text[end : end + QUOTATION].partition("\n")[0]
