"""Sentences and quotations that repeat a passage word for word: what is whole, and what was cut or added."""

from __future__ import annotations

from assistant.checks.finding import FINE, Finding, partly
from ingest.language.denial import denials, possible
from ingest.language.quotations import find, plain, quoted, unquoted
from ingest.language.sentences import sentences
from ingest.language.speech import after_saying, attributed

_ENDS = " .!?…"
_NEAR_WORDS = 6  # before a piece that was cut out
_CONDITION = len("unless ")  # characters after it in which a condition begins
_TOLD = (" that ", " whether ")


def repeats(text: str, passage: str) -> bool:
    """Whether the text is one or more whole sentences of the passage, with their quotation marks if they have any."""
    pieces = [passage[start:end] for start, end in sentences(passage)]
    many = len(sentences(text))
    runs = (" ".join(pieces[place : place + many]) for place in range(len(pieces) - many + 1))
    return any(_bare(run) == _bare(text) and (bool(quoted(text)) or not quoted(run)) for run in runs)


def check_kept_quotation(text: str, passage: str) -> Finding:
    """Words that the passage quotes must not become the sentence's own."""
    own = _bare(text)
    if own and not quoted(text) and any(own in _bare(words) for words in quoted(passage)):
        return partly("the cited passage quotes somebody with these words, the sentence does not")
    return FINE


def check_cut(words: str, text: str, passage: str) -> Finding:
    """Words cut out of a sentence must not leave off the "not" or the "may" that they stand after."""
    rest = "" if words == text else unquoted(text)
    if denials(rest) or possible(rest):
        return FINE
    for sentence in (plain(passage[start:end]) for start, end in sentences(passage)):
        place = find(words, sentence)
        front, tail = sentence[: max(place, 0)], sentence[place + len(plain(words).strip(_ENDS)) :].lstrip(" ,")
        before = " ".join(after_saying(front).split()[-_NEAR_WORDS:])
        if denials(before) or possible(before) or (words == text and front.endswith(_TOLD)):
            return partly(f"it leaves out “{before}” from the same sentence")
        if words == text and place >= 0 and possible(tail[:_CONDITION]):
            return partly(f"it leaves out “{tail}” from the same sentence")
    return FINE


def check_made_quotation(words: str, passage: str) -> Finding:
    """What the passage reports in words of its own is no quotation."""
    reported = find(words, unquoted(passage)) >= 0 and not any(find(words, said) >= 0 for said in quoted(passage))
    if reported and len(words.split()) > 1 and attributed(passage):
        return partly("the cited passage has these words, but does not quote them")
    return FINE


def _bare(text: str) -> str:
    return plain(text).strip(_ENDS).casefold()
