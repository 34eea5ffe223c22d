"""Names and phrases of other sentences of the article in place of the claim's own."""

from __future__ import annotations

import re
from functools import partial

from assistant.reading.training.altered.kinds import Way
from assistant.reading.training.case import Case
from assistant.reading.training.marked import Marked, capital, right
from assistant.reading.training.passages import names

_PREPOSITION = r"(?:in|on|at|for|from|to|with|by|of|into|through|against|during|under|over|between|among|near)"
_END = r"(?= (?:and|or|but|which|who|that|where|when|while|is|was|were|are|has|had|have)\b|[,.;:)]|$)"
_WITH_PREPOSITION = re.compile(rf"(?<= )({_PREPOSITION}) ((?:(?!{_PREPOSITION}\b)[\w’'-]+ ?){{1,4}}?){_END}")
_WITH_ARTICLE = re.compile(r"\b(the|a|an) ([a-z]+(?: [a-z]+)?)(?= (?:of|in|and|was|is|to|for|that|which|by)\b|[,.;])")
_VERB = re.compile(r" (?:is|was|were|are|has|had|have|became|began|made|said|will|would|can|could|did)\b ")
_TAIL = re.compile(
    r", (?:and|which|but|who|where) [^,;“”\"]{15,90}(?=\.$)| (?:and|because|after|when) [^,;“”\"]{15,80}(?=\.$)"
)


def name(case: Case) -> Marked | None:
    """Another name of the article."""
    own = names(case.text)
    others = [found[0] for text in case.source.near for found in names(text) if found[0] not in case.text]
    if not own or not others:
        return None
    place = case.chance.choice(own)
    return case.claim.altered(*place.span(), case.chance.choice(others))


def first_name(case: Case) -> Marked | None:
    """A name with which the sentence begins."""
    first = re.match(r"(?:[A-Z][\w’-]+ ){2,4}(?=[a-z])", case.text)
    others = [found[0] for text in case.source.near for found in names(text) if found[0] not in case.text]
    if not first or not others:
        return None
    return case.claim.altered(0, first.end() - 1, case.chance.choice(others))


def _phrase(pattern: re.Pattern[str], case: Case) -> Marked | None:
    """A phrase that begins with the same word."""
    own = list(pattern.finditer(case.text))
    case.chance.shuffle(own)
    for place in own:
        found = [other[2] for text in case.source.near for other in pattern.finditer(text) if other[1] == place[1]]
        found = [one.strip() for one in found if _apart(one, case.text)]
        if found:
            return case.claim.altered(*place.span(2), case.chance.choice(found))
    return None


def _apart(phrase: str, text: str) -> bool:
    """Whether a phrase has words of its own."""
    words = re.findall(r"\w{3,}", phrase)
    return bool(words) and not any(re.search(rf"\b{word}\b", text, re.I) for word in words)


def subject(case: Case) -> Marked | None:
    """What another sentence begins with, before its verb."""
    own, others = _VERB.search(case.text), [text for text in case.source.near if _VERB.search(text)]
    if not own or not others:
        return None
    other = case.chance.choice(others)
    found = other[: next(_VERB.finditer(other)).start()]
    if not 3 < own.start() < 60 or not 3 < len(found) < 60 or not _apart(found, case.text):
        return None
    return case.claim.altered(0, own.start(), found)


def predicate(case: Case) -> Marked | None:
    """What another sentence tells after the same verb."""
    own = _VERB.search(case.text)
    if not own or own.start() > 60:
        return None
    found = [text[at.end() :] for text in case.source.near if (at := _VERB.search(text)) and at[0] == own[0]]
    found = [one for one in found if 10 < len(one) < 140]
    return case.claim.altered(own.end(), len(case.text), case.chance.choice(found)) if found else None


def added(case: Case) -> Marked | None:
    """A clause of another sentence, which the claim's own does not have."""
    tails = [found[0] for text in case.source.near if (found := _TAIL.search(text))]
    if not tails or not case.text.endswith("."):
        return None
    return case.claim.altered(len(case.text) - 1, len(case.text) - 1, case.chance.choice(tails))


def detail(case: Case) -> Marked | None:
    """A phrase with a preposition, put in behind one that is there."""
    own = list(_WITH_PREPOSITION.finditer(case.text))
    others = [found[0] for text in case.source.near for found in _WITH_PREPOSITION.finditer(text)]
    others = [one for one in others if _apart(one, case.text)]
    if not own or not others:
        return None
    end = case.chance.choice(own).end()
    return case.claim.altered(end, end, f" {case.chance.choice(others)}")


def another_sentence(case: Case) -> Marked | None:
    """A sentence of the same article that the evidence does not have."""
    found = [text for text in case.source.passage.others if 6 <= len(text.split()) <= 40 and text.endswith(".")]
    if not found:
        return None
    other = case.chance.choice(found)
    made = right(other)
    for word in re.finditer(r"\w+", other):
        read = case.lexicon.read(word[0].lower())
        if (read or word[0].isdigit()) and not re.search(rf"\b{word[0]}\b", case.text, re.I):
            made = made.marked(*word.span())
    return made


def joined(case: Case) -> Marked | None:
    """A second statement, of a sentence that the evidence does not have."""
    found = [text for text in case.source.passage.others if 5 <= len(text.split()) <= 18 and text.endswith(".")]
    if not found or len(case.text.split()) > 25:
        return None
    other = right(case.chance.choice(found))
    return capital(case.claim)[:-1] + " and " + other.marked(0, len(other.text))


WAYS: dict[str, Way] = {
    "name": name,
    "name at the beginning": first_name,
    "phrase with a preposition": partial(_phrase, _WITH_PREPOSITION),
    "phrase with an article": partial(_phrase, _WITH_ARTICLE),
    "subject": subject,
    "predicate": predicate,
    "clause added": added,
    "detail added": detail,
    "another sentence": another_sentence,
    "statement joined": joined,
}
