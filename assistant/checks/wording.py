"""What the words of a sentence and of its passage tell: how many they share, and whether they say the opposite."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from assistant.checks.finding import FINE, Finding, partly, unsupported
from ingest.language.text import CAPITALS

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
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|scarcely|nicht|kein\w{0,2}|nie|ohne"
    r"|pas|jamais|не|никогда|nunca|\w{1,12}n[’']t|fail(?:ed|s|ing)? to|(?:ha[sd]|have) yet to|refus(?:ed|es|ing)? to"
    r"|declin(?:ed|es|ing)? to|stop(?:ped|s|ping)? short of|unable to|rul(?:ed|es|ing) out)\b",
    re.IGNORECASE,
)
# What is only possible, and what is still to come. What may be must not become what will be, nor either what is.
_POSSIBLE = re.compile(
    r"\b(?:could|might|may|can|if|unless|whether|possibl[ey]|perhaps|probabl[ey]|(?:un)?likely|suspect\w{0,3}|alleg\w{0,5}|"
    r"accus\w{0,3}|charged? with|reportedly|könnte\w?)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|should|plan(?:s|ned|ning)?(?: to)?|inten\w{1,4}|expect\w{0,3}|set to|due|schedul\w{1,4}|"
    r"going to|aim(?:s|ed|ing)?|want(?:s|ed)?|hop(?:es?|ed|ing)|propos\w{1,3}|consider(?:s|ed|ing)?|vow(?:s|ed)?|"
    r"pledg\w{1,3}|promis\w{1,3}|urg(?:ed?|es)|call(?:s|ed)? (?:on|for)|to be|wird|werden|soll\w{0,3}|\w{1,8}’ll)\b",
    re.IGNORECASE,
)
_TO_OR_FROM = re.compile(rf"\b(to|from) (?:the |a |an )?([$€£]?[{CAPITALS}\d][\w.,%’'-]*[\w%])")
_UP_OR_DOWN = re.compile(r"\b(up|down) (?:by |about |nearly |almost |some )?[$€£]?\d", re.IGNORECASE)
_PREFIXES = ("un", "il", "im", "ir", "dis", "in")
_PREFIXED = 4, 7  # letters from which a word may have a prefix; for "in", with which many words begin, more
_NEGATED_OTHERWISE = re.compile(r"\b(?:not only|no longer only|no\. ?\d|nothing but)\b", re.IGNORECASE)
_OPPOSITES = """
rise rises rose risen rising raise raised increase increased increases grew grow gain gained climbed surged
| fall falls fell fallen falling cut cuts lowered decrease decreased decline declined dropped plunged
won win wins winning beat victory | lost lose loses losing defeat defeated
accepted accept accepts approved approve approves backed agreed passed support supports supported
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
half | all whole entire
all | none
least | most
for favour favor | against
doubled | tripled halved quadrupled
tripled | halved
upheld | overturned
positive | negative
destroyed | spared
claimed claims claim | denied deny denies
charged accused indicted suspected | convicted sentenced jailed
acquitted cleared | convicted sentenced jailed
success succeeded | failure failed
buyer bought buys buy | seller sold sells sell
joined joins | left leaves quit
erhöht erhöhte erhöhen stieg gestiegen | senkt senkte senken gesenkt sank fiel gefallen
"""
_CLAUSE_END = re.compile(r"[.,;:!?\"“”]")
_TABLE = [
    tuple(frozenset(side.split()) for side in line.split("|"))
    for line in _OPPOSITES.replace("\n|", "|").strip().splitlines()
]
_SHARED_ENOUGH, _NEARLY_ALL = 0.6, 0.8


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
        return partly("sentence and cited passage do not deny the same")
    if hedge := _hedge_lost(text, passage):
        return partly(f"the cited passage says “{hedge}”, the sentence does not")
    if turned := _turned(text, passage):
        return partly(f"it says {turned} where the cited passage says the opposite")
    mine, theirs = _counted(text), _counted(passage)
    alike = overlap(passage, text) >= _NEARLY_ALL
    more, less = (set(mine - theirs), set(theirs - mine)) if alike else (set(mine), set(theirs))
    for left, right in _TABLE:
        for one, other in ((left, right), (right, left)):
            said, stands = more & one, less & other
            if said and stands and (alike or not (theirs.keys() & one or mine.keys() & other)):
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
    if not denied and passage_denied:
        return bool({stem for after in passage_denied for stem in after} & stems(text))
    if denied and not passage_denied:
        return overlap(passage, text) >= _SHARED_ENOUGH
    if len(denied) != len(passage_denied) and min(overlap(passage, text), overlap(text, passage)) >= _NEARLY_ALL:
        return True
    first = {after[0] for after in passage_denied if after} & stems(text)
    return bool(first - {stem for after in denied for stem in after}) and overlap(passage, text) >= _NEARLY_ALL


def _denied(text: str) -> list[list[str]]:
    """The two content words after each negation."""
    plain = _NEGATED_OTHERWISE.sub("", text)
    return [_after(match, plain) for match in _NEGATION.finditer(plain)]


def _hedge_lost(text: str, passage: str) -> str:
    """The word of the passage by which something is possible, or to come, that the text tells as more than that."""
    alike = min(overlap(passage, text), overlap(text, passage)) >= _NEARLY_ALL
    for pattern, kept in ((_POSSIBLE, (_POSSIBLE,)), (_TO_COME, (_TO_COME, _POSSIBLE))):
        hedged = [stem for other in kept for match in other.finditer(text) for stem in _after(match, text)]
        if hedged and not alike:
            continue
        for match in pattern.finditer(passage):
            after = _after(match, passage)
            if match[0] != "May" and set(after) & stems(text) and not set(after) & set(hedged):
                return match[0]
    return ""


def _after(match: re.Match[str], text: str) -> list[str]:
    return _first_stems(text[match.end() : match.end() + 80])


def _turned(text: str, passage: str) -> str:
    """What turns the direction of a passage, or puts a prefix before one of its words or takes it away."""
    for pattern in (_TO_OR_FROM, _UP_OR_DOWN):
        said, stands = ({match.groups() for match in pattern.finditer(of)} for of in (text, passage))
        for way, *rest in said - stands:
            if any(other != way and others == rest for other, *others in stands):
                return " ".join((way, *rest))
    mine, theirs = set(_counted(text)), set(_counted(passage))
    pairs = ((word, other) for word in mine - theirs for other in theirs - mine)
    return next((word for word, other in pairs if _prefixed(word, other) or _prefixed(other, word)), "")


def _prefixed(word: str, other: str) -> bool:
    """Whether the other is the word with "un" or the like before it."""
    prefix = other[: -len(word)] if other.endswith(word) else ""
    return prefix in _PREFIXES and len(word) >= _PREFIXED[prefix == "in"]


def _first_stems(text: str) -> list[str]:
    """Of the words up to the next comma or mark that ends a clause or a quotation."""
    found = [stem for word in _WORD.findall(_CLAUSE_END.split(text, maxsplit=1)[0]) for stem in stems(word)]
    return found[:2]


def _counted(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(text))


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "er", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:6]
