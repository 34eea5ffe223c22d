"""A question and its answer as one statement: people's own words for what a text says."""

from __future__ import annotations

import re

from assistant.reading.training.questions.surface import told
from assistant.reading.training.wordnet import WordNet

Said = tuple[str, tuple[int, int]]

LONGEST_ANSWER = 80  # characters
_BE = "is|are|was|were"
_HELPS = rf"(?:{_BE}|has|have|had|can|could|will|would|should|may|might|must)"
_DOES = r"(?:did|does|do)"
_NO_THING = r"(?!(?:kind|type|sort|nationality|purpose|century|percentage|is|was|are|were|has|had)s?\b)"
_THINGS = _NO_THING + r"[\w’'-]+(?: (?!did\b|does\b|do\b)[a-z][\w’'-]*){0,3}?"
_AT_TIME = re.compile(
    r"(?:(?:In|On|At|During|From|By) (?:what|which) [a-z]+|When|Where|What (?:year|day|month|date|century))"
    rf" (?P<rest>(?:{_HELPS}|{_DOES}) .+)$"
)
_MANY = re.compile(rf"How many (?P<things>{_THINGS}) (?P<verb>{_HELPS}|[a-z]+ed|[a-z]+s) (?P<rest>.+)$")
_MANY_DONE = re.compile(rf"How many (?P<things>{_THINGS}) (?P<rest>{_DOES} .+)$")
_WHO = re.compile(rf"(?:Who|What) (?!{_DOES}\b)(?P<verb>[a-z]+) (?P<rest>.+)$")
_DEED = "[a-z]+ed|won|lost|led|made|held|took|gave|wrote|became|began|ran|built|bought|sold|met|came|went|fell|rose"
_WHICH = re.compile(rf"(?:What|Which) (?P<things>{_THINGS}) (?P<verb>{_HELPS}|{_DEED}) (?P<rest>.+)$")
_DONE = re.compile(rf"(?:(?:What|Which) (?P<things>{_THINGS})|Who|What) (?P<rest>{_DOES} .+)$")
_WHY = re.compile(rf"(?:Why|How|For what reason) (?P<rest>(?:{_HELPS}|{_DOES}) .+)$")
_REASON = re.compile(r"(?:because|due to|to|in order to|for|by|through|so that|since|with) ", re.IGNORECASE)
_NUMBER = re.compile(r"[\d,.]*\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds")
_PREPOSITION = re.compile(
    r"\b(in|on|at|near|by|from|since|around|during|after|before|until|to|between|about)( the| an?)? $", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b(the|an?|his|her|its|their|about|around|over|nearly|some) $", re.IGNORECASE)
_OPEN_END = frozenset("of in on at to for from with by as into about than like called named".split())
_AFTER_SUBJECT = frozenset("not also the a an first still never".split())


def declared(question: str, answer: str, before: str, known: WordNet) -> Said | None:
    """The statement and where in it the answer stands; `before` is the text up to the answer."""
    asked = " ".join(question.split()).rstrip(" ?")
    if len(answer) > LONGEST_ANSWER or "?" in answer or answer.endswith(".") or len(asked.split()) < 4:
        return None
    asked = asked[0].upper() + asked[1:]
    ways = [_many, _timed, _reason, _done, _who, _which]
    made = next((made for way in ways if (made := way(asked, _with_article(answer, before), before, known))), None)
    return _ended(made, answer) if made else None


def _ended(made: str, answer: str) -> Said | None:
    made = made[0].upper() + made[1:] + "."
    at = made.lower().find(answer.lower())
    return (made, (at, at + len(answer))) if at >= 0 else None


def _many(asked: str, said: str, _: str, known: WordNet) -> str | None:
    if len(said.split()) > 2 or not _NUMBER.fullmatch(said.rsplit(maxsplit=1)[-1].lower()):
        return None
    if match := _MANY_DONE.match(asked):
        return _about(match["rest"], f"{said} {match['things']}", known)
    match = _MANY.match(asked)
    return f"{said} {match['things']} {match['verb']} {match['rest']}" if match else None


def _timed(asked: str, said: str, before: str, known: WordNet) -> str | None:
    """At a time or a place, with the preposition that the text has before it."""
    match, place = _AT_TIME.match(asked), _PREPOSITION.search(before)
    if not match:
        return None
    link = place[1].lower() if place else "in" if re.fullmatch(r"1\d{3}|20\d\d", said) else ""
    plain = _plain(match["rest"], known) if link else None
    return f"{plain} {link} {said}" if plain and plain.split()[-1] not in _OPEN_END else None


def _reason(asked: str, said: str, before: str, known: WordNet) -> str | None:
    match = _WHY.match(asked)
    if not match:
        return None
    link = _REASON.match(said) or _REASON.fullmatch(" ".join(before.split()[-1:]) + " ")
    plain = _plain(match["rest"], known) if link else None
    return f"{plain} {'' if _REASON.match(said) else before.rsplit(maxsplit=1)[-1] + ' '}{said}" if plain else None


def _done(asked: str, said: str, _: str, known: WordNet) -> str | None:
    match = _DONE.match(asked)
    return _about(match["rest"], said, known) if match else None


def _who(asked: str, said: str, _: str, known: WordNet) -> str | None:
    match = _WHO.match(asked)
    if not match or not _finite(match["verb"], known) or match["rest"].split()[-1] in _OPEN_END:
        return None
    return f"{said} {match['verb']} {match['rest']}"


def _which(asked: str, said: str, _: str, known: WordNet) -> str | None:
    match = _WHICH.match(asked)
    if not match or match["rest"].split()[-1] in _OPEN_END:
        return None
    return f"{said} {match['verb']} {match['rest']}"


def _about(rest: str, said: str, known: WordNet) -> str | None:
    """`did she build in May` with what she built: as the object, or after the preposition at the end."""
    statement = told(f"What {rest}", known)
    if statement is None:
        return None
    first = rest.split(maxsplit=1)[1]
    tail = _tail(statement[0], first)
    whole = statement[0]
    if tail and tail.split()[-1] in _OPEN_END:
        return f"{whole} {said}"
    return f"{whole[: len(whole) - len(tail)].rstrip()} {said} {tail}".strip()


def _tail(statement: str, asked: str) -> str:
    """The words that end both, after the verb, whose form differs."""
    one, two = statement.split(), asked.split()
    count = 0
    while count < min(len(one), len(two)) - 1 and one[-1 - count] == two[-1 - count]:
        count += 1
    return " ".join(one[len(one) - count :]) if count else ""


def _plain(rest: str, known: WordNet) -> str | None:
    """`was the treaty signed` as `the treaty was signed`, `did it end` as `it ended`."""
    helping, _, after = rest.partition(" ")
    if re.fullmatch(_DOES, helping):
        statement = told(f"What {rest}", known)
        return statement[0] if statement else None
    words = after.split()
    for row in range(1, len(words)):
        if words[row - 1].lower() in _AFTER_SUBJECT or words[row - 1] in _OPEN_END:
            continue
        read = known.read(words[row]) if words[row].islower() else None
        if words[row] in ("not", "been", "being") or (read and read.part == "v" and read.form != "s"):
            return " ".join([*words[:row], helping, *words[row:]])
    return None


def _finite(verb: str, known: WordNet) -> bool:
    if re.fullmatch(_HELPS, verb):
        return True
    read = known.read(verb)
    return read is not None and read.part == "v" and read.form in ("ed", "s")


def _with_article(answer: str, before: str) -> str:
    match = _ARTICLE.search(before)
    plain = answer[0].isupper() or answer.split(maxsplit=1)[0].lower() in ("the", "a", "an")
    return f"{match[1].lower()} {answer}" if match and not plain else answer
