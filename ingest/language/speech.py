"""Who says it: whether a text quotes or attributes, and the name it gives to who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.language.denial import denials
from ingest.language.english import AUXILIARIES, DEMONSTRATIVE, MONTHS, PERSONAL, SHORT_TITLES, STOPWORDS, WEEKDAYS
from ingest.language.quotations import find, plain, quoted, unquoted
from ingest.language.saying import ACCORDING, INVERTING, SAYING, quoting
from ingest.language.sentences import sentences
from ingest.language.text import CAPITALS

_ATTRIBUTED = re.compile(rf"\b{SAYING}\b", re.IGNORECASE)
_TURNED = re.compile(rf"(?:{INVERTING})", re.IGNORECASE)
_SOURCE = re.compile(rf"(?:{ACCORDING})", re.IGNORECASE)
_SHORT = "|".join(map(str.capitalize, sorted(SHORT_TITLES | {"st"})))
_WORD = rf"(?:(?:[{CAPITALS}]\.)+|(?:{_SHORT})\.|[{CAPITALS}][\w’'-]{{0,30}})"
_LINKS = r"(?:de|van|von|der|den|bin|al|la|le|of|for|the|and|und|&)"
NAMES = rf"{_WORD}(?:(?:\s{_LINKS}){{0,2}}\s{_WORD}){{0,6}}"  # a run of words in capitals
_NAME = re.compile(rf"(?<![\w’'-]){NAMES}")
_PREPOSITION = r"(?:of|from|in|at|near|for|with|by|to|against|between|than|on|into|about|over|under|off|via)"
_NO_SUBJECT = re.compile(rf"\b{_PREPOSITION}(?: (?:the|a|an|its|their))?(?: [a-z][\w’'-]*){{0,2}} $", re.IGNORECASE)
_BOUNDARY = re.compile(r"([,;:–—“”\"„«»()])")
_CLOSING = ("”", "“", '"', "»", "«")
_LOWER = re.compile(r"\b[a-z]+\b")
_AFTER_SUBJECT = re.compile(r"(?: (?:of|from|for|at) .{1,60})?(?: (?:also|then|later|has|had|have))*\s?$")
_AFTER_OBJECT = re.compile(rf"[’']?s?\s*(?:$|[.!?)]|(?:{_PREPOSITION}|who|when|while|as|after|before)\b)")
_NAMED_VERB = re.compile(rf" (?:the )?{NAMES} [a-z]+\.?")  # ends a sentence: "…, Politico reported."
_CLAUSE_BREAK = re.compile(r"[;.]\s|\b(?:while|and|but|whereas|as|although)\b")
# As in Will Adams, About 200 residents, Than Shwe, To Lam, US Steel.
_BEGIN_NAMES = AUXILIARIES | frozenset("about than to us".split())
_NOBODY = (STOPWORDS - _BEGIN_NAMES).union(
    PERSONAL,
    MONTHS,
    WEEKDAYS,
    DEMONSTRATIVE,
    "yet while after before though nobody everybody everyone someone somebody some many most others both "
    "neither one no not asked told since until during er sie today yesterday".split(),
)
_DETERMINERS = frozenset("the a an its their".split())
TITLES = SHORT_TITLES.union(
    "miss professor sir dame lord lady prince princess king queen duke duchess "
    "president vice prime minister premier chancellor secretary "
    "governor mayor deputy senator representative councillor judge justice prosecutor lawyer attorney commissioner "
    "inspector sergeant officer lieutenant captain colonel major commander admiral chief director "
    "chairman chairwoman analyst spokesman spokeswoman spokesperson coach pope bishop archbishop reverend "
    "herr frau bürgermeister bürgermeisterin minister ministerin former pharmacist economist researcher "
    "ecologist biologist geologist historian scientist engineer".split(),
)
BODIES = frozenset(
    "union ministry company government police court council agency bank group party office department committee "
    "authority association university institute commission army parliament city administration federation house "
    "society league board club school college bureau".split()
)
LONGEST = 2000  # characters that are read; no sentence of a newspaper is longer
_LONGEST_WHO = 9  # words
_SHORTEST = 12  # characters between quotation marks from which they are a quotation, not a title or a nickname
_OPENING = ('"', "“", "„", "«")


def quotes(text: str) -> bool:
    """Whether it quotes words, or the rest of a quotation."""
    return text.startswith(_OPENING) or any(len(words) >= _SHORTEST for words in quoted(text[:LONGEST]))


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
    found = (bare_name(name) for _, name in _sayers(text) if name)
    return list(dict.fromkeys(filter(None, found)))


def name_runs(text: str) -> Iterator[re.Match[str]]:
    """The runs of words in capitals that may be names, with what they are joined to: "Mayor Inga Holm"."""
    return _NAME.finditer(text)


def who_says(text: str) -> str | None:
    """The only one whom the text has say it: a name, or "the union", "officials"."""
    found = [who.strip(" .") for who, _ in _sayers(text)]
    if len(found) != 1 or not 0 < len(found[0].split()) <= _LONGEST_WHO or denials(found[0]):
        return None
    first, *rest = found[0].split()
    if first.casefold() in _NOBODY - _DETERMINERS or first.endswith(("ly", "ing")):
        return None
    return " ".join((first.lower() if first.casefold() in _DETERMINERS else first, *rest))


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


def _sayers(text: str) -> Iterator[tuple[str, str | None]]:
    """For each saying outside the quotations the words that give who says it, and the name among them."""
    said = unquoted(text[:LONGEST])
    for start, end in sentences(said):
        parts = _BOUNDARY.split(said[start:end])
        clauses = parts[::2]
        for place, clause in enumerate(clauses):
            beside = place > 0 and parts[2 * place - 1] in _CLOSING and not clauses[place - 1].strip()
            beside = beside or (place == len(clauses) - 1 and _NAMED_VERB.fullmatch(clause) is not None)
            for saying in sayings(clause) or (_quoting(clause) if beside else ()):
                if not saying[0].endswith("ly"):
                    yield _sayer(saying, clauses[:place], clauses[place + 1 :])


def _quoting(clause: str) -> list[re.Match[str]]:
    """The first verb of saying of a clause that follows a quotation."""
    return [match for match in _LOWER.finditer(clause) if match[0] in quoting()][:1]


def _sayer(saying: re.Match[str], before: Sequence[str], after: Sequence[str]) -> tuple[str, str | None]:
    """Who says it, after "according to", before the verb, or after one that stands first: "…, said Holm"."""
    front, tail = saying.string[: saying.start()], saying.string[saying.end() :]
    turned = _TURNED.fullmatch(saying[0]) is not None or saying[0] in quoting()
    source = _SOURCE.fullmatch(saying[0]) is not None
    if not _AFTER_SUBJECT.fullmatch(front) and not source:
        return front, _subject(front)
    if turned and (described := _described(before, tail, after)):
        return before[0], described
    named = next((text for text in (tail, *after[:1]) if any(_names(text))), tail)
    if source or (turned and _object(named)):
        return re.split(r" (?:on|in) ", tail)[0], _object(named)
    own = (text for text in reversed(before) if not text.startswith((" who", " which")))
    named = next((text for text in own if any(_names(text))), "")
    return named, _subject(named)


def _described(before: Sequence[str], tail: str, after: Sequence[str]) -> str | None:
    """Who is described before a verb that tells of others: "Mira Stoll, who owns it, said Holm was wrong"."""
    if len(before) != 2 or not _LOWER.match(before[1].lstrip()):
        return None
    quoting = bool(after) and not after[0].strip()
    ends = _NAME.fullmatch(tail.strip(" .")) is not None and not quoting
    found = None if ends else _NAME.fullmatch(before[0])
    return found[0] if found else None


def _subject(text: str) -> str | None:
    """The last name, where the verb may follow it: "Analyst Mira Stoll of the broker Finch Brothers"."""
    return next((name[0] for name in reversed(_names(text)) if _AFTER_SUBJECT.match(text, name.end())), None)


def _object(text: str) -> str | None:
    """The first name with which the clause may end: "the engineer Mira Stoll on Friday"."""
    return next((name[0] for name in _names(text) if _AFTER_OBJECT.match(text, name.end())), None)


def _names(text: str) -> list[re.Match[str]]:
    """The names that do not stand after a preposition."""
    return [name for name in _NAME.finditer(text) if not _NO_SUBJECT.search(text[: name.start()][-80:])]
