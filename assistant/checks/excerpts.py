"""Whether a sentence repeats whole sentences of a passage, or a piece that leaves off what makes it untrue."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.checks.finding import FINE, Finding, partly
from assistant.checks.quotations import find, places, plain, quoted, unquoted
from assistant.checks.wording import overlap
from assistant.speech import after_saying, attributed
from ingest.language.sentences import sentences

_ENDS = " .!?…"
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|untrue|false(?:ly)?|hoax|myth|unfounded|baseless|rumou?rs?|doubt(?:s|ed|ful)?|"
    r"disput(?:es?|ed)|retract(?:s|ed)|fabricated|alleg\w{0,7}|bestreitet|bestritt|dementierte?)\b",
    re.IGNORECASE,
)
_NOT = r"\b(?:not|no|never|none|nobody|nothing|neither|nor|hardly|cannot|\w{1,12}n[’']t|nicht|kein\w{0,2}|nie)\b"
_OPEN = (
    r"\b(?:if|unless|whether|would|could|might|may|should|fear\w{0,3}|hop(?:e|ed|es|ing)|threat\w{0,5}|suspect\w{0,3}|"
    r"claim\w{0,3}|suggest\w{0,4}|believ\w{1,3}|wants?|wanted|imagine|suppose\w{0,3}|wrong\w{0,2}|unlikely|fail\w{0,3})\b"
)
_NEGATED = re.compile(_NOT, re.IGNORECASE)
_GOVERNS = re.compile(rf"{_NOT}|{_OPEN}|\b(?:that|dass)\s*$", re.IGNORECASE)
_CONDITION = re.compile(r"\s{0,2}[\"“]?(?:if|unless|had|were|should|provided|contrary|wenn|falls)\b", re.IGNORECASE)
_TURNS = re.compile(
    rf"[,\s]{{0,3}}(?:(?:only )?(?:if|unless|provided|until|should)\b"
    rf"|(?:is|are|was|were|has|have|would|could)\b.*(?:{_NOT}|\bwrong\b))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:] (?:and|but|while|whereas|yet|although|though|so)\b|;")
_MAYBE = re.compile(r"\b(?:if|unless|could|might|may|perhaps|possibly)\b", re.IGNORECASE)
_BREAK = re.compile(r"[;:.!?]")
_MOSTLY = 0.8
_NEAR_WORDS = 6  # before a piece of a quotation


@dataclass(frozen=True)
class Excerpt:
    """A piece of a passage as it was found: the text before and after it in the sentences that hold it."""

    holding: str
    front: str
    tail: str

    @property
    def complete(self) -> bool:
        return not self.front and not self.tail.strip(_ENDS)


def repeats(text: str, passage: str) -> bool:
    """Whether the text is one or more whole sentences of the passage, with their quotation marks if they have any."""
    return any(
        found.complete and (bool(quoted(text)) or not quoted(found.holding)) for found in excerpts(text, passage)
    )


def check_excerpt(text: str, passage: str) -> Finding:
    """What stands in the passage around the very words of the text, and denies, doubts or conditions them."""
    found = excerpts(text, passage)
    if found and not any(excerpt.complete for excerpt in found):
        lost = min((_lost(excerpt) for excerpt in found), key=len)
        if lost:
            return partly(f"it leaves out “{lost}” from the same sentence")
    for start, end in sentences(passage):
        denial = _DENIED.search(passage[start:end])
        if denial and not _denies(text) and overlap(text, passage[start:end]) >= _MOSTLY:
            return partly(f"the cited passage has “{denial[0]}”, the sentence does not")
    return FINE


def check_kept_quotation(text: str, passage: str) -> Finding:
    """Words that the passage quotes must not become the sentence's own."""
    own = plain(text).strip(_ENDS).casefold()
    if own and not quoted(text) and any(own in plain(words).casefold() for words in quoted(passage)):
        return partly("the cited passage quotes somebody with these words, the sentence does not")
    return FINE


def check_cut_quotation(words: str, text: str, passage: str) -> Finding:
    """A piece of a quotation must not leave off the "not" or the "may" that it stands after."""
    rest = unquoted(text)
    if _NEGATED.search(rest) or _MAYBE.search(rest):
        return FINE
    for excerpt in excerpts(words, passage):
        before = " ".join(_BREAK.split(after_saying(excerpt.front))[-1].split()[-_NEAR_WORDS:])
        if _NEGATED.search(before) or _MAYBE.search(before):
            return partly(f"the quotation leaves out “{before.strip(' ,')}”")
    return FINE


def check_made_quotation(words: str, passage: str) -> Finding:
    """What the passage reports in words of its own is no quotation."""
    whole = passage.count("“") == passage.count("”") and passage.count('"') % 2 == 0
    reported = find(words, unquoted(passage)) >= 0 and not any(find(words, said) >= 0 for said in quoted(passage))
    if whole and reported and len(words.split()) > 1 and attributed(passage):
        return partly("the cited passage has these words, but does not quote them")
    return FINE


def excerpts(text: str, passage: str) -> list[Excerpt]:
    """All places where the passage has the text word for word, whatever its quotation marks and dashes look like."""
    needle = plain(text).strip(_ENDS).casefold()
    pieces = [passage[start:end] for start, end in sentences(passage)]
    forms = [plain(piece).strip().casefold() for piece in pieces]
    whole = " ".join(forms)
    starts = [sum(len(form) + 1 for form in forms[:place]) for place in range(len(forms))]
    if not needle:
        return []
    found = []
    for place in places(needle, whole):
        first = max(number for number, start in enumerate(starts) if start <= place)
        last = max(number for number, start in enumerate(starts) if start < place + len(needle))
        end = starts[last] + len(forms[last])
        held = " ".join(pieces[first : last + 1])
        found.append(Excerpt(held, whole[starts[first] : place], whole[place + len(needle) : end]))
    return found


def _lost(excerpt: Excerpt) -> str:
    """The words left off that matter, shortened; empty if the piece says the same without them."""
    front, tail = _CLAUSE.split(excerpt.front)[-1], excerpt.tail
    governs = not front.rstrip().endswith((",", ";", ":", "-")) and (_GOVERNS.search(front) or attributed(front))
    if front and (governs or _CONDITION.match(front) or _DENIED.search(front)):
        return " ".join(front.split()[-8:])
    if _TURNS.match(tail) or _DENIED.search(tail):
        return " ".join(tail.strip(" ,").split()[:8])
    return ""


def _denies(text: str) -> bool:
    return attributed(text) or _DENIED.search(text) is not None or _NEGATED.search(text) is not None
