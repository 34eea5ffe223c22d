"""What the words of a sentence and of its passage tell: how many they share, and whether they say the opposite."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.checks.finding import FINE, Finding, partly, unsupported

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+")
_CLITIC = re.compile(r"'(?:s|t|d|m|re|ve|ll)$")
_EMPTY = frozenset(
    "a about after again all also although am an and any are as at be because been before being but by can could "
    "did do does during each for from further had has have having he her here hers him his how i if in into is it "
    "its itself just may me might more most must my new now of off on once one only or other our out over own "
    "said same say says she should so some such than that the their them then there these they this those through "
    "to too told under until up upon very was we were what when where which while who whom whose why will with "
    "would you your according der die das und ist im in den von zu mit sich des auf für ein eine einer nicht".split()
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|nicht|kein\w{0,2}|nie|ohne|\w{1,12}n[’']t)\b",
    re.IGNORECASE,
)
_NEGATED_OTHERWISE = re.compile(r"\b(?:not only|no longer only|no\. ?\d|nothing but)\b", re.IGNORECASE)
_OPPOSITES = """
rise rises rose risen rising raise raised increase increased increases grew grow gain gained climbed surged
| fall falls fell fallen falling cut cuts lowered decrease decreased decline declined dropped plunged
won win wins winning beat victory | lost lose loses losing defeat defeated
accepted accept accepts approved approve backed agreed passed supports supported
| rejected reject rejects refused refuse opposed oppose opposes vetoed blocked
killed died dead deaths | injured wounded hurt injuries
before | after
more above over exceeded | less fewer below under
guilty convicted | innocent acquitted cleared
begin began begins start started opened opens | end ended ends stop stopped closed closes
confirmed confirm confirms admitted | denied deny denies
hundreds | thousands
thousands | millions
dozens | hundreds
north northern | south southern
east eastern | west western
first | last
second | third
majority | minority
half quarter | third
"""
_CLAUSE_END = re.compile(r"[.,;:!?\"“”]")
_TABLE = [
    tuple(frozenset(side.split()) for side in line.split("|"))
    for line in _OPPOSITES.replace("\n|", "|").strip().splitlines()
]
_SHARED_ENOUGH = 0.6


@lru_cache(maxsize=4096)  # of one answer the same few passages are compared again and again
def stems(text: str) -> frozenset[str]:
    """The content words, cut so that forms of one word fall together."""
    words = {_CLITIC.sub("", word.casefold().replace("’", "'")) for word in _WORD.findall(text)} - _EMPTY
    return frozenset(_stem(word) for word in words if len(word) > 1 or word.isdigit())


def overlap(text: str, other: str) -> float:
    """The share of the text's content words that the other has; 1 for a text without any."""
    mine = stems(text)
    return len(mine & stems(other)) / len(mine) if mine else 1.0


def check_opposite(text: str, passage: str) -> Finding:
    """A negation on one side only, or a word whose opposite stands on the other, amid mostly the same words."""
    if overlap(text, passage) < _SHARED_ENOUGH:
        return FINE
    if _negation_lost(text, passage):
        return partly("only one of sentence and cited passage holds a negation")
    mine, theirs = _words(text), _words(passage)
    for left, right in _TABLE:
        for one, other in ((left, right), (right, left)):
            said, stands = mine & one, theirs & other
            if said and stands and not theirs & one and not mine & other:
                return partly(f"it says {min(said)} where the cited passage says {min(stands)}")
    return FINE


def denials(text: str) -> int:
    """How often the text denies something."""
    return len(_NEGATION.findall(_NEGATED_OTHERWISE.sub("", text)))


def check_meaning(text: str, passages: str, likeness: float | None, least: float) -> Finding:
    """Nearness of meaning where it was measured, or else the words in common."""
    shared = overlap(text, passages)
    if not shared and (likeness is None or likeness < least):
        return unsupported("it has no word in common with the cited passage")
    if likeness is not None and shared < _SHARED_ENOUGH:
        return (
            FINE if likeness >= least else partly(f"it means something else than the cited passage ({likeness:.2f})")
        )
    return FINE if shared >= 0.25 else partly("it has little in common with the cited passage")


def _negation_lost(text: str, passage: str) -> bool:
    """Whether one side denies what the other, in mostly the same words, affirms."""
    denied, passage_denied = _denied(text), _denied(passage)
    if denied is None and passage_denied is not None:
        return bool(passage_denied & stems(text))
    return denied is not None and passage_denied is None and overlap(passage, text) >= _SHARED_ENOUGH


def _denied(text: str) -> set[str] | None:
    """The two content words after each negation; None without any negation."""
    plain = _NEGATED_OTHERWISE.sub("", text)
    ends = [match.end() for match in _NEGATION.finditer(plain)]
    if not ends:
        return None
    return {stem for end in ends for stem in _first_stems(plain[end : end + 80])}


def _first_stems(text: str) -> list[str]:
    """Of the words up to the next comma or mark that ends a clause or a quotation."""
    found = [stem for word in _WORD.findall(_CLAUSE_END.split(text, maxsplit=1)[0]) for stem in stems(word)]
    return found[:2]


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "er", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:6]
