"""From a follow-up such as "and in Oberhallow?" to a question that can be understood alone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.compose.material import history_lines
from assistant.parts import own_and_lent
from assistant.prompts import render
from assistant.types import Turn
from ingest.language.text import CAPITALS, squeeze

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LONGEST = 400
_SUBJECT_WORDS = 6
_SECONDS = 10.0

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_NAME = re.compile(rf"\b[{CAPITALS}][\w’'.-]*\w(?:\s(?:of\s|de\s|van\s|von\s)?[{CAPITALS}][\w’'.-]*\w)*")
_EMPTY = frozenset(
    "a about after again all also am an and any anyone anything are as at be because been before being but by can "
    "could did do does doing done during else ever exactly for from further get give go going had happen happened "
    "has have he her hers him his how i if in into is it its just know long made make many may me might mean more "
    "much must my new next no not now of off on one ones only or other our out over please really said same say "
    "says she should so some such take tell than that the their theirs them then there these they thing things "
    "think this those to too until up us very was we were what when where whether which who whom whose why will "
    "with would yes yet you your".split()
)
_OPENS = re.compile(r"(?:and|but|or|so|also|what about|how about|what else|who else|where else)\b", re.IGNORECASE)
_TOPIC = re.compile(r"(?:and|what about|how about)\s+(the\s+[^?]+)\?*", re.IGNORECASE)
_PLACED = re.compile(
    r"(?:and|but|or|so|what about|how about)\s+(?P<word>in|at|on|for|from|by|with|to)\s+(?P<new>[^?.!]{1,60})[?.!]*",
    re.I,
)
_HE = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:his|her)\s+(?=[a-z])", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?:him|her|hers|it|them|theirs|this|that|these|those|there|so)\s*[?.!]*$", re.IGNORECASE)
_AFTER_WORD = re.compile(
    r"\b(?:about|of|to|on|in|at|after|before|by|from|with|for|against|behind)\s+(?:him|it|them|this|that|these|those)\b(?!\s+(?:who|which))",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\b(?:this|these|those)\b(?!\s+(?:who|which|day|week|weekend|month|year|morning|afternoon|evening|season|summer|winter|spring|autumn))"
    r"|\b(?:is|was|did|does|has|had|will|would|could)\s+that\b|^that\b|\bthat\s+(?:mean|happen)\w*"
    r"|\bthe (?:latter|former|same)\b|\b(?:from|get|got|go|went|happen\w*|live\w*|stay\w*)\s+there\b",
    re.IGNORECASE,
)
_NO_ONE = re.compile(r"\b(?:is|was) it (?:true|possible|likely|known|clear|safe|legal|the case)\b", re.IGNORECASE)
_THE = re.compile(r"\b[Tt]he ([a-z]\w{2,})")
_MEANT = re.compile(rf"\bthe [a-z]\w+|(?<=\s)[{CAPITALS}]\w+")


def standalone(question: str, history: Sequence[Turn]) -> str:
    """A search text for the question: as it is, or with the names and words that it leaves to the turn before."""
    asked = squeeze(question)
    if not history:
        return asked
    previous = history[-1].answer.standalone or history[-1].question
    if (topic := _TOPIC.fullmatch(asked)) and len(_content(topic[1])) > 1:
        return asked
    if not _leans(asked) and not _returns(asked, previous):
        return asked
    return _elsewhere(asked, previous) or _with_subject(_with_person(asked, history[-1], previous), previous)


def in_context(question: str, history: Sequence[Turn]) -> str | None:
    """The question with the subject of the one before, however it stands; None where it names a subject itself."""
    asked = squeeze(question)
    if not history or any(True for _ in _names(asked)):
        return None
    previous = history[-1].answer.standalone or history[-1].question
    return _lent(_with_person(asked, history[-1], previous), previous)


async def standalone_with(model: BaseChatModel, question: str, history: Sequence[Turn]) -> str:
    """The same by a chat model; as `standalone` gives it where the model fails or says something else."""
    asked = squeeze(question)
    if not history:
        return asked
    from langchain_core.messages import HumanMessage, SystemMessage

    user = render("standalone_user", history=history_lines(history), question=asked)
    try:
        async with asyncio.timeout(_SECONDS):
            reply = await model.ainvoke([SystemMessage(render("standalone_system")), HumanMessage(user)])
        written = str(reply.text).strip()
    except Exception:  # whatever ails the provider, the question can still be asked
        written = ""
    return squeeze(written) if _plausible(written, asked) else standalone(question, history)


def _plausible(written: str, asked: str) -> bool:
    """One line of a question's length that keeps a word of the question, where that has any of its own."""
    own = set(_content(asked))
    kept = not own or bool(own & set(_content(written)))
    return 0 < len(written) <= LONGEST and "\n" not in written and kept


def _leans(question: str) -> bool:
    """Whether the question cannot be understood alone."""
    bare = len(_content(question)) <= 1 and not any(True for _ in _names(question))
    if _OPENS.match(question) or bare or _SHOWN.search(question):
        return True
    rest = _NO_ONE.sub("", question)
    if _OBJECT.search(rest) or _AFTER_WORD.search(rest):
        return True
    pronoun = _SUBJECT.search(rest)
    return pronoun is not None and _MEANT.search(rest[: pronoun.start()]) is None


def _returns(question: str, previous: str) -> bool:
    """Whether it names nothing but "the strike", of which the question before said which one."""
    if any(True for _ in _names(question)) or len(_content(question)) > 3:
        return False
    spoken_of = {word[:5] for word in _content(previous)}
    return any(word.lower()[:5] in spoken_of for word in _THE.findall(question))


def _content(text: str) -> list[str]:
    """The words that say what a question is about, in lower case and in order."""
    words = (re.sub(r"[’']s$", "", word).casefold() for word in _WORD.findall(text))
    return list(dict.fromkeys(word for word in words if word not in _EMPTY))


def _elsewhere(question: str, previous: str) -> str | None:
    """ "And in Y?" after a question with "in X": that question with Y in the place of X."""
    match = _PLACED.fullmatch(question)
    if match is None:
        return None
    same = re.search(rf"\b{match['word']}\s+(?:the\s+)?{_NAME.pattern[2:]}", previous)
    if same is None:
        return None
    return f"{previous[: same.start()]}{match['word']} {match['new'].strip()}{previous[same.end() :]}"


def _with_person(question: str, turn: Turn, previous: str) -> str:
    """ "he" and "she" become the person last spoken of, where there is one."""
    pronoun = _HE.search(question)
    person = next(_people(turn, previous), None)
    if pronoun is None or person is None:
        return question
    return _HE.sub(person, _OWNED.sub(f"{person}’s ", question, count=1), count=1)


def _people(turn: Turn, previous: str) -> Iterator[str]:
    """Names that may be a person's: whom the answer names, those in the question before, speakers, headlines."""
    if previous.lower().startswith("who"):
        told = [one.answering for one in turn.answer.statements if one.answering]
        texts = told or [one.text for one in turn.answer.statements[:1]]
        yield from (name for text in texts for name in _names(f" {text}") if " " in name)
    yield from (name for name in _names(previous) if " " in name)
    yield from (statement.speaker for statement in turn.answer.statements if statement.speaker)
    yield from _names(previous)
    for citation in turn.answer.citations:
        yield from (name for name in _names(citation.title) if " " in name)


def _names(text: str) -> Iterator[str]:
    """Runs of capitalised words, but for a single word at the beginning."""
    for match in _NAME.finditer(text):
        words = match[0].split()
        if match.start() == 0 and words[0].casefold() in _EMPTY:
            words = words[1:]
        if words and (match.start() > 0 or len(words) > 1):
            yield re.sub(r"[’']s$", "", " ".join(words))


def _with_subject(question: str, previous: str) -> str:
    """The question with the subject of the one before in brackets; not when it has enough itself."""
    if not _leans(question) and any(True for _ in _names(question)):
        return question
    return _lent(question, previous)


def _lent(question: str, previous: str) -> str:
    """The question with words of the one before in brackets: names, what that was lent itself, the rest."""
    own = set(_content(question))
    asked, lent = own_and_lent(previous)
    names = [word for name in _names(previous) for word in name.split()]
    known = {name.casefold() for name in names}
    words = names + [word for word in _content(f"{lent} {asked}") if word not in known]
    missing = [word for word in dict.fromkeys(words) if word.casefold() not in own][:_SUBJECT_WORDS]
    return f"{question} ({' '.join(missing)})"[:LONGEST] if missing else question
