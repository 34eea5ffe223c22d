"""Who says it: whether a text quotes or attributes, and the name it gives to who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checks.quotations import find, plain, quoted, unquoted
from assistant.types import Kind
from ingest.language.denial import denials
from ingest.language.saying import ACCORDING, INVERTING, SAYING, VERBS
from ingest.language.sentences import sentences
from ingest.language.text import CAPITALS

_ATTRIBUTED = re.compile(rf"\b{SAYING}\b", re.IGNORECASE)
_WORD = (
    rf"(?:(?:[{CAPITALS}]\.)+|(?:Mr|Mrs|Ms|Dr|St|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt)\.|[{CAPITALS}][\w’'-]{{0,30}})"
)
_LINKS = r"(?:de|van|von|der|den|bin|al|la|le|of|the|and)"
_NAME = re.compile(rf"(?<![\w’'-]){_WORD}(?:(?:\s{_LINKS}){{0,2}}\s{_WORD}){{0,6}}")
_PREPOSITION = r"(?:of|from|in|at|near|for|with|by|to|against|between|than|on|into|about|over|under|off|via)"
_NO_SUBJECT = re.compile(rf"\b{_PREPOSITION}(?: (?:the|a|an|its|their))?(?: [a-z][\w’'-]*){{0,2}} $", re.IGNORECASE)
_ADVERB = r"(?:(?:also|then|later|has|had|have) )?"
_THEN_SAYS = re.compile(
    rf"(?: (?:of|from|for|at) [^,.;:!?\"“”]{{1,60}}?)?"
    rf"(?:(?:, [^,.;!?\"“”]{{1,90}}){{1,3}}?,)? {_ADVERB}(?P<verb>{VERBS})\b"
)
_APPOSED = re.compile(rf", {_ADVERB}(?P<verb>{VERBS})\b")
_GAP = rf"(?:(?: (?!{_PREPOSITION}\b|that\b)[a-z][\w’'-]*){{0,5}}|(?: [a-z][\w’'-]*){{1,7}},) $"
_SAID_BY = re.compile(rf"[\"”’'»“,] ?(?P<verb>{INVERTING})\b{_GAP}")
# What makes a name the description of the next one: “Council member” before “Tina Pierce”.
_JOINS = "and|or|but|that|who|before|after|when|while|as|because|if|since|until"
_DESCRIBES = re.compile(rf"(?: (?!{_PREPOSITION}\b|(?:{_JOINS}|{VERBS})\b)[a-z][\w’'-]*){{1,3}} $")
_CLAUSE_ENDS = re.compile(rf"[’']?s?\s*(?:$|[.,;:!?)]|(?:{_PREPOSITION}|who|when|while|as|after|before)\b)")
_CLAUSE_BREAK = re.compile(r"[;.]\s|\b(?:while|and|but|whereas|as|although)\b")
_ACCORDING = re.compile(rf"\b(?:{ACCORDING})(?: [a-z][\w’'-]* [a-z]\w* by)?{_GAP}", re.IGNORECASE)
_NO_CLAUSE = r"[^,.;:!?\"“”]"
_SAYS = rf"(?:has |had |also )?{VERBS}"
# Who says it: “…, the owner of the mill said on Monday.”, “…, said the owner.”, "according to people in Tarn".
_WHO = re.compile(
    rf"(?:^|[,”\"] )({_NO_CLAUSE}{{3,60}}?) {_SAYS}(?: (?:on|in|late|earlier){_NO_CLAUSE}{{1,30}})?(?=[,.]|$)"
    rf"|, (?:{INVERTING}) ({_NO_CLAUSE}{{3,60}})\.?$"
    rf"|\b(?:{ACCORDING}) ({_NO_CLAUSE}{{3,60}})"
    rf"|^({_NO_CLAUSE}{{3,60}}?) {_SAYS} "
)
_NOBODY = frozenset(
    "he she they it we i you who this that these those the a an and but or so yet then if when while as after before "
    "nobody everybody everyone someone somebody some many most others both neither one no not there what why how his "
    "her their its our my asked told in on at of from for by with since until during er sie monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november "
    "december today yesterday".split()
)  # fmt: skip
_DETERMINERS = frozenset("the a an its their".split())
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady prince princess king queen duke duchess "
    "president vice prime minister premier chancellor secretary "
    "governor mayor deputy senator representative councillor judge justice prosecutor lawyer attorney commissioner "
    "inspector sergeant sgt officer lieutenant lt captain capt colonel col major commander admiral chief director "
    "chairman chairwoman analyst spokesman spokeswoman spokesperson coach pope bishop archbishop reverend sen rep "
    "gov gen herr frau bürgermeister bürgermeisterin minister ministerin former pharmacist economist researcher "
    "ecologist biologist geologist historian scientist engineer".split()
)  # fmt: skip
BODIES = frozenset(
    "union ministry company government police court council agency bank group party office department committee "
    "authority association university institute commission army parliament city administration federation house "
    "society league board club school college bureau".split()
)
LONGEST = 2000  # characters that are read; no sentence of a newspaper is longer
_SHORTEST = 12  # characters between quotation marks from which they are a quotation, not a title or a nickname
_OPENING = ('"', "“", "„", "«")


def kind_of(text: str) -> Kind:
    """A "quote" where words are quoted, "attributed" where somebody is said to say it, else "fact"."""
    if text.startswith(_OPENING) or any(len(words) >= _SHORTEST for words in quoted(text[:LONGEST])):
        return "quote"
    return "attributed" if attributed(text) else "fact"


def attributed(text: str) -> bool:
    """Whether the text says that somebody says it."""
    return _ATTRIBUTED.search(text) is not None


def sayings(text: str) -> list[re.Match[str]]:
    """Where the text says that somebody says something."""
    return list(_ATTRIBUTED.finditer(text))


def speaker_of(text: str, words: str | None = None) -> str | None:
    """The name of who speaks the quoted `words`, or the first that are quoted; None if a pronoun or nobody does.

    Without any quotation the only one who speaks: of several none is the speaker of it all.
    """
    text = text[:LONGEST]
    quotations = quoted(text)[:1] if words is None else [words]
    for sentence in _holding(text, quotations):
        named = speakers(sentence)
        if named and quotations and find(quotations[0], sentence) >= 0:
            return _nearest(named, sentence, quotations[0])
        if named:
            return named[0] if len(set(named)) == 1 else None
    return None


def speakers(text: str) -> list[str]:
    """The names of those that the text, outside its quotations, says to be speaking; without titles, in order."""
    said = unquoted(text)
    names = list(_NAME.finditer(said))
    inverted = {name.start(): verb for name in names if (verb := _verb_before(said, name)) is not None}
    found = [_described(said, names, place) for place, name in enumerate(names) if _speaks(said, name, inverted)]
    return [bare for name in dict.fromkeys(found) if (bare := bare_name(name))]


def name_runs(text: str) -> Iterator[re.Match[str]]:
    """The runs of words in capitals that may be names, with what they are joined to: "Mayor Inga Holm"."""
    return _NAME.finditer(text)


def _described(said: str, names: list[re.Match[str]], place: int) -> str:
    """The name itself, or the one after it that it describes."""
    for name, following in pairwise(names[place:]):
        if not _DESCRIBES.fullmatch(said, name.end(), following.start()):
            return name[0]
    return names[-1][0]


def who_says(text: str) -> str | None:
    """The only one whom the text has say it: a name, or "the union", "officials"."""
    found = [next(filter(None, match.groups())).strip() for match in _WHO.finditer(unquoted(text[:LONGEST]))]
    if len(found) != 1 or len(sayings(text)) != 1 or found[0].split()[0].casefold() in _NOBODY - _DETERMINERS:
        return None
    who = re.sub(r"^(?:The|A|An)\b", lambda match: match[0].lower(), found[0])
    return None if denials(who) else who


def after_saying(text: str) -> str:
    """What stands after the last verb of saying; all of the text where there is none."""
    ends = [match.end() for match in _ATTRIBUTED.finditer(text)]
    return text[ends[-1] :] if ends else text


def bare_name(name: str) -> str:
    """The name without titles, articles and an affiliation that follows it; empty for a pronoun."""
    words = name.split()
    while words and words[0].casefold().strip(".") in _NOBODY:
        words = words[1:]
    titled = [place for place, word in enumerate(words[:-1]) if word.casefold().strip(".") in TITLES]
    words = words[titled[-1] + 1 :] if titled else words
    if "of" in words[2:] and not any(word.casefold() in BODIES for word in words[: words.index("of")]):
        words = words[: words.index("of")]
    return re.sub(r"[’']s?$", "", " ".join(words)).strip(" .,")


def is_titled(name: str) -> bool:
    """Whether a title stands right before the name itself: "President Ann Lee"."""
    before = name[: name.rfind(bare_name(name))].split()
    return bool(before) and before[-1].casefold().strip(".") in TITLES


def _holding(text: str, quotations: Sequence[str]) -> list[str]:
    """The sentences that hold the quotation, and then all of the text."""
    if not quotations:
        return [text]
    pieces = [text[start:end] for start, end in sentences(text)]
    return [*(piece for piece in pieces if find(quotations[0], piece) >= 0), text]


def _nearest(named: list[str], text: str, words: str) -> str:
    same, start = plain(text).casefold(), find(words, text)
    end = start + len(plain(words))
    places = [
        (_distance(same, match.start(), start, end), name)
        for name in named
        for match in re.finditer(re.escape(plain(name).casefold()), same)
    ]
    return min(places, default=(0, named[0]))[1]


def _distance(text: str, place: int, start: int, end: int) -> int:
    """From a name to a quotation; a name after it in another clause is far."""
    if place < start:
        return start - place
    return max(0, place - end) + (len(text) if _CLAUSE_BREAK.search(text[end:place]) else 0)


def _speaks(said: str, name: re.Match[str], inverted: dict[int, int]) -> bool:
    if name.start() in inverted or _ACCORDING.search(said[: name.start()]):
        return True
    before = said[: name.start()]
    if _NO_SUBJECT.search(before[-80:]):
        return False
    verb = _THEN_SAYS.match(said, name.end()) or (_APPOSED.match(said, name.end()) if before.endswith(", ") else None)
    return verb is not None and verb.start("verb") not in inverted.values()


def _verb_before(said: str, name: re.Match[str]) -> int | None:
    """Where the verb stands in "…, said Name"; None if the name does not follow one like that."""
    start = max(0, name.start() - 120)
    match = _SAID_BY.search(said[start : name.start()])
    return start + match.start("verb") if match and _CLAUSE_ENDS.match(said, name.end()) else None
