"""Yes-or-no questions: of a question with its answer, and of a statement; true ones, and ones the text denies."""

from __future__ import annotations

import random
import re

from assistant.reading.training.questions.clauses import clause
from assistant.reading.training.questions.surface import divided
from assistant.reading.training.questions.unanswerable import altered
from assistant.reading.training.wordnet import Read, WordNet

_BE = "is|are|was|were"
_HELPS = f"{_BE}|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
_SUBJECT = re.compile(rf"(?:Who|What) ({_BE}) ((?:the|an?) .+)\?$")
_CALLED = re.compile(
    r"\b(?:called|named|known as|referred to as|titled|like|for|of|in|on|with|from|to|at|by|as)$"
    r"|\b(?:called|what|which)\b"
)
_MANY = re.compile(r"How many ([a-z-]+(?: [a-z-]+)?s|people|men|women|children) ([a-z]+) (.+)\?$")
_DONE = re.compile(r"(?:Who|What|How many ([a-z]+s|people)) (did|does|do) (.+)\?$")
_BY_DEED = re.compile(r"Who ([a-z]+) (.+)\?$")
_WHEN = re.compile(rf"(?:(?:In|On) (?:what|which) [a-z]+|When|Where|What year|In what [a-z]+) ({_HELPS}) (.+)\?$")
_PREPOSITION = re.compile(
    r"\b(in|on|at|near|by|from|since|around|during|after|before|until|to|between)( the| an?)? $"
)

_PREPOSITIONS = frozenset("in on at near by from since around during after before until for with of as".split())
_NO_THING = frozenset("to by because when if that as for in on at from with not how where since after".split())


def of_answered(question: str, answer: str, before: str, known: WordNet) -> str | None:
    """Whether the answer is the right one, as a question; `before` is the text up to the answer."""
    question = " ".join(question.split())
    if len(answer) > 60 or answer.rstrip(".") != answer or "?" in answer:
        return None
    if match := _WHEN.match(question):
        place = _PREPOSITION.search(before.lower())
        if place and not _CALLED.search(match[2]):
            return f"{_capital(match[1])} {match[2]} {place[1]}{place[2] or ''} {answer}?"
        return None
    said = answer if answer[0].isupper() or answer[0].isdigit() else f"{_article(before)}{answer}"
    if answer.split(maxsplit=1)[0].lower() in _NO_THING:
        return None
    ways = [_subject, _number, _doer, _object]
    return next((made for way in ways if (made := way(question, said, known))), None)


def _subject(question: str, said: str, _: WordNet) -> str | None:
    match = _SUBJECT.match(question)
    return f"{_capital(match[1])} {said} {match[2]}?" if match and not _CALLED.search(match[2]) else None


def _doer(question: str, said: str, known: WordNet) -> str | None:
    match = _BY_DEED.match(question)
    base = _base(match[1], known) if match else None
    return f"Did {said} {base} {match[2]}?" if match and base else None


def _number(question: str, said: str, known: WordNet) -> str | None:
    """Were 12 people hurt, did 12 people die, of how many people."""
    if not (match := _MANY.match(question)) or not said[0].isalnum() or " " in said.strip():
        return None
    things, verb, rest = match.groups()
    if re.fullmatch(_HELPS, verb):
        return None if verb in ("do", "does", "did") else f"{_capital(verb)} {said} {things} {rest}?"
    base = _base(verb, known)
    return f"Did {said} {things} {base} {rest}?" if base else None


def _object(question: str, said: str, known: WordNet) -> str | None:
    """Did she build the mill in May, of what she built in May."""
    match = _DONE.match(question)
    halves = divided(match[3], known) if match else None
    if match is None or halves is None:
        return None
    things = f" {match[1]}" if match[1] else ""
    before, after = halves
    if after and after.split()[0] not in _PREPOSITIONS:
        return None
    if after in _PREPOSITIONS:
        return f"{_capital(match[2])} {before} {after} {said}{things}?"
    end = f" {after}" if after else ""
    return f"{_capital(match[2])} {before} {said}{things}{end}?" if " " not in said or not things else None


def _base(past: str, known: WordNet) -> str | None:
    """Of a verb in the past."""
    if re.fullmatch(_HELPS, past):
        return None
    read = known.read(past)
    base = known.irregular.get(("v", past)) or (read.lemma if read and read.part == "v" and read.form == "ed" else "")
    return base if base and base != "be" and known.inflected(Read(base, "v", "ed")) == past else None


def of_statement(sentence: str, known: WordNet) -> tuple[str, tuple[int, int]] | None:
    """The statement asked back, and where in it that is decided."""
    told = clause(sentence, known)
    return (told.question, (told.first, told.end)) if told else None


def denied(question: str, answer: str, others: list[str], text: str, chance: random.Random) -> str | None:
    """The same about another answer of the same kind, or with a word that says the opposite."""
    alike = [one for one in others if one.lower() not in text.lower() and kind_of(one) == kind_of(answer)]
    if answer and answer in question and alike and kind_of(answer)[0] != "w" and chance.random() < 0.7:
        return question.replace(answer, alike[0])
    return altered(question, chance)


def kind_of(answer: str) -> str:
    """What an answer looks like: year, number, name, words; and how long it is."""
    if re.fullmatch(r"1\d\d\d|20\d\d", answer):
        return "year"
    if re.search(r"\d", answer):
        return "number " + re.sub(r"[\d,.]+", "0", answer)
    return f"{'name' if answer[:1].isupper() else 'words'} {min(len(answer.split()), 3)}"


def _article(before: str) -> str:
    match = re.search(r"\b(the|an?|his|her|its|their) $", before, re.IGNORECASE)
    return f"{match[1].lower()} " if match else ""


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
