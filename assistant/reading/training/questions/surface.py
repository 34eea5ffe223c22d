"""A question as people type it: the same question in another surface."""

from __future__ import annotations

import random
import re

from assistant.reading.training.lexicon import PLAIN
from assistant.reading.training.wordnet import Read, WordNet, wordnet

_WORD = re.compile(r"[\w’'-]+")
_LONG = re.compile(r"\b[a-z]{5,}\b")
_WH = r"(?:who|what|which|when|where|why|how)"
_DO = re.compile(rf"^((?:(?:in|on|at|for|to|from) )?{_WH}(?: [a-z]+){{0,2}}?) (did|does|do) (.+)$", re.IGNORECASE)
_HELPED = re.compile(
    rf"\b{_WH}\b.*\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b", re.IGNORECASE
)
_ASKED = (
    "tell me|do you know|can you tell me|i want to know|remind me|any idea|please tell me|i'd like to know".split("|")
)
_ADDED = (
    "so {}|ok {}|and {}|quick question: {}|question - {}|hey, {}|{} please|{} thanks|{} do you know|"
    "just wondering, {}|can you tell me: {}|any word on this: {}|according to the news, {}|{} anyone know".split("|")
)
_DROPPED = frozenset("did does do is are was were the a an".split())
_BEFORE_NOUN = frozenset("the a an his her its their this that".split())
_SMALL = frozenset("of in on at to for from by with and or s".split())


def surfaced(question: str, chance: random.Random) -> str:
    """In one of the ways that follow, and mostly in small letters."""
    ways = [_keywords, _keywords, _framed, _framed, _last, _last, _short, _same, _same, _same]
    made = chance.choice(ways)(question.strip().rstrip("?").rstrip(), chance)
    if chance.random() < 0.15:
        made = typo(made, chance)
    if chance.random() < 0.65:
        made = made.lower()
    return made + ("?" if chance.random() < 0.3 else "")


def in_other_words(question: str, chance: random.Random) -> str:
    """With another word of the same meaning for one or two of its own."""
    known = wordnet()
    places = [match for match in _LONG.finditer(question) if match[0] not in PLAIN]
    chance.shuffle(places)
    changed = 0
    for match in places:
        others = [one for one in known.synonyms(match[0]) if known.is_common(one)]
        if others and changed < 2 and question.count(match[0]) == 1:
            question = question.replace(match[0], chance.choice(others))
            changed += 1
    return question


def typo(text: str, chance: random.Random) -> str:
    """With two letters exchanged in a longer word, or one left out or doubled."""
    places = list(_LONG.finditer(text))
    if not places:
        return text
    place = chance.choice(places)
    at = chance.randrange(place.start() + 1, place.end() - 1)
    one, two = text[at], text[at + 1]
    return text[:at] + chance.choice((two + one, one, one + one + two)) + text[at + 2 :]


def told(question: str, known: WordNet) -> tuple[str, str] | None:
    """The question as a statement without its question words, and those: (Nobel died, in what year)."""
    match = _DO.match(question)
    halves = divided(match[3], known) if match else None
    if match is None or halves is None:
        return None
    *subject, verb = halves[0].split()
    form = {"did": "ed", "does": "s", "do": ""}[match[2].lower()]
    said = [*subject, known.inflected(Read(verb, "v", form)), halves[1]]
    return " ".join(said).strip(), match[1]


def divided(rest: str, known: WordNet) -> tuple[str, str] | None:
    """What follows did: the subject with its verb, and what is after that."""
    words = rest.split()
    for row in range(1, len(words)):
        read = known.read(words[row]) if words[row].islower() else None
        if read and read.part == "v" and not read.form and words[row - 1].lower() not in _BEFORE_NOUN | _SMALL:
            return " ".join(words[: row + 1]), " ".join(words[row + 1 :])
    return None


def _keywords(question: str, chance: random.Random) -> str:
    """Its content words, sometimes with the question word."""
    words = _WORD.findall(question)
    kept = [word for word in words if word.lower() not in PLAIN or (word.isupper() and len(word) > 1)]
    if len(kept) < 3:
        return question
    asks = [word for word in words[:1] if re.fullmatch(_WH, word.lower()) and word.lower() not in ("what", "which")]
    return " ".join([*(asks if chance.random() < 0.3 else []), *kept])


def _framed(question: str, chance: random.Random) -> str:
    """Asked indirectly, in the order of words of a statement where that is known."""
    plain = question[:1].lower() + question[1:]
    if statement := told(question, wordnet()):
        return f"{chance.choice(_ASKED)} {_low(statement[1])} {statement[0]}"
    if re.match(_WH, plain) and (not _HELPED.match(plain) or chance.random() < 0.3):
        return f"{chance.choice(_ASKED)} {plain}"
    return chance.choice(_ADDED).format(plain)


def _last(question: str, chance: random.Random) -> str:
    """The question words at the end."""
    statement = told(question, wordnet())
    if statement is None or statement[1].lower().split()[0] in ("why", "how"):
        return _same(question, chance)
    return f"{statement[0]} {_low(statement[1])}"


def _short(question: str, chance: random.Random) -> str:
    """Without did, is and articles."""
    words = question.split()
    return " ".join([*words[:1], *(word for word in words[1:] if word.lower() not in _DROPPED)])


def _same(question: str, chance: random.Random) -> str:
    return question


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]
