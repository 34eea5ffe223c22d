"""From a follow-up such as "and in Oberhallow?" to a question that can be understood alone."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.compose.material import history_lines
from assistant.prompts import render
from assistant.question.asked import telling_words
from assistant.question.broad import Broad
from assistant.question.outlets import without_sources
from assistant.question.parts import own_and_lent, parts_of
from assistant.traced import traced
from assistant.types import Turn
from ingest.language.english import ASKING, AUXILIARIES, PERSONAL, PREPOSITIONS, STOPWORDS
from ingest.language.speech import BODIES
from ingest.language.text import CAPITALISED, CAPITALS, NAME_WORD, squeeze

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger("dateline")

LONGEST = 400
_SUBJECT_WORDS = 6
_SECONDS = 10.0

_FURTHER = 4  # readings beyond the first
_INITIALS = rf"(?:[{CAPITALS}]\.)+"
_NAME = re.compile(rf"\b(?:{_INITIALS} )?{CAPITALISED}(?: {_INITIALS} {NAME_WORD})?")
_PLACE_OF = re.compile(r"\b(?:in|into|at|near|across|inside|outside) (?:the )?\Z", re.IGNORECASE)
_OPENS = re.compile(
    r"(?P<joined>(?:and|but|or|so|also),? )?(?P<about>(?:what|how) about )?(?P<first>\w*)", re.IGNORECASE
)
_WHO_IS = re.compile(rf"[Ww]ho(?:['’]s| is| was) (?:{_INITIALS} )?{CAPITALISED}\W*\Z")
_PLACED = re.compile(
    r"(?:and|but|or|so|what about|how about) (?P<word>in|at|on|of|for|from|by|with|to) (?P<new>[^?.!]{1,60})[?.!]*",
    re.IGNORECASE,
)
_HE = re.compile(r"\b(?:(?P<owned>his|her)(?= [a-z])|he|she|him|her|his|hers)\b", re.IGNORECASE)
_LAST = "hers|theirs|this|that|these|those|(?<!is )(?<!are )(?<!was )(?<!were )there"
_PRONOUN = re.compile(rf"\b(?:(?:{'|'.join(sorted(PERSONAL))})\b|(?:{_LAST})(?=\W*\Z))", re.IGNORECASE)
# Whom a pronoun further on may mean; one that follows at once is of another: "the Republican he beat".
_MEANT = re.compile(rf"\b(?:the [a-z]\w+|(?<=\s)[{CAPITALS}]\w+)\b(?! \Z)")


def standalone(question: str, history: Sequence[Turn]) -> str:
    """A search text for the question: as it is, or with the names and words that it leaves to those before."""
    asked = squeeze(question)
    return _lent_by(history, asked) if history and _leans(asked) and not _is_of_all(asked) else asked


def in_context(question: str, history: Sequence[Turn]) -> str | None:
    """The question with the subject of the one before; None where it says by itself what it is about."""
    asked = squeeze(question)
    return None if not history or _leans(asked) is False else _lent_by(history, asked)


def further_back(question: str, history: Sequence[Turn]) -> list[str]:
    """Other readings of a question that cannot be understood alone: of other people, then of earlier subjects.

    There are none for a question that may be complete.
    """
    asked = squeeze(question)
    if not history or not _leans(asked) or _is_of_all(asked):
        return []
    people = _people(history) if _HE.search(asked) else []
    readings = [_about(asked, history, person) for person in people]
    readings += [_lent_by(history[:end], asked) for end in range(len(history) - 1, 0, -1)]
    first = standalone(question, history)
    return [one for one in dict.fromkeys(readings) if one not in (first, asked)][:_FURTHER]


def _lent_by(history: Sequence[Turn], asked: str) -> str:
    """The question with what it leaves to the last of these turns; a person may be of an earlier one."""
    own, lent = _subject(history[-1])
    if not own:
        return asked
    if elsewhere := _elsewhere(asked, f"{own} ({lent})" if lent else own):
        return elsewhere
    person = next(iter(_people(history)), None) if _HE.search(asked) else None
    return _about(asked, history, person)


def _about(asked: str, history: Sequence[Turn], person: str | None) -> str:
    """The question with a person for "he" or "she", and the subject of the turn before where it still leans."""
    own, lent = _subject(history[-1])
    told = _with_person(asked, person) if person else asked
    return told if told != asked and _leans(told) is False else _lending(told, own, lent)


def _said(turn: Turn) -> tuple[str, str]:
    """The own and the lent part of a question as it was understood, without the sources that it names."""
    asked = without_sources(turn.answer.standalone or turn.question, turn.answer.filters.outlets)
    return own_and_lent(asked, without_sources(turn.question, turn.answer.filters.outlets))


def _subject(turn: Turn) -> tuple[str, str]:
    """The same; of a digest its topic, empty where that was all news."""
    own, lent = _said(turn)
    broad = _broad(own, lent)
    return (broad.topic, "") if broad else (own, lent)


def _is_of_all(asked: str) -> bool:
    """Whether it asks for headlines, which are those of all news."""
    broad = _broad(asked)
    return broad is not None and not broad.topic and "headline" in asked.lower()


def _broad(own: str, lent: str = "") -> Broad | None:
    return None if len(parts_of(own)) > 1 else Broad.read(own, lent)


async def standalone_with(model: BaseChatModel, question: str, history: Sequence[Turn]) -> str:
    """The same by a chat model; as `standalone` gives it where the model fails or says something else."""
    asked = squeeze(question)
    if not history:
        return asked
    from langchain_core.messages import HumanMessage, SystemMessage

    user = render("standalone_user", history=history_lines(history), question=asked)
    try:
        with traced("model", leaf=True):
            async with asyncio.timeout(_SECONDS):
                reply = await model.ainvoke([SystemMessage(render("standalone_system")), HumanMessage(user)])
        written = str(reply.text).strip()
    except Exception as exc:  # whatever ails the provider, the question can still be asked
        log.warning("the chat model did not rewrite the follow-up: %s", exc)
        written = ""
    return squeeze(written) if _plausible(written, asked) else standalone(question, history)


def _plausible(written: str, asked: str) -> bool:
    """One line of a question's length that keeps a word of the question, where that has any of its own."""
    own = set(_content(asked))
    kept = not own or bool(own & set(_content(written)))
    return 0 < len(written) <= LONGEST and "\n" not in written and kept


def _leans(question: str) -> bool | None:
    """Whether the question cannot be understood without the one before; None where it may be either.

    "What did Musk pay for Twitter, and what did he do with it?" says by its first part what its second is about.
    """
    first, *others = [part.question for part in parts_of(question)]
    return False if others and _part_leans(first) is False else _part_leans(question)


def _part_leans(question: str) -> bool | None:
    """The same of one part by itself, or of a whole with all its words."""
    opens = _OPENS.match(question)
    assert opens is not None  # every part of it may be missing
    own, named = _content(question[opens.start("first") :]), any(True for _ in _names(question))
    fragment = opens["about"] or (opens["joined"] and opens["first"].lower() not in ASKING | AUXILIARIES)
    if (len(own) < 2 and not named) or (fragment and named):
        return True
    pronouns = list(_PRONOUN.finditer(question))
    if not pronouns:
        return False if named else None
    first, last = pronouns[0], pronouns[-1]
    if not any(map(str.isalnum, question[last.end() :])):  # the object of a verb is another than its subject
        return True
    if _MEANT.search(question[: first.start()]):
        return False if named else None
    return None if first[0].lower() == "it" and len(own) > 2 else True  # "is it true that the ferry sank?"


def _content(text: str) -> list[str]:
    """The words that say what a question is about, in lower case and in order."""
    words = telling_words(text) if text.strip() else []
    return [word for word in dict.fromkeys(words) if word not in PREPOSITIONS]


def _elsewhere(question: str, previous: str) -> str | None:
    """ "And in Y?" after a question with "in X": that question with Y in the place of X."""
    match = _PLACED.fullmatch(question)
    if match is None or (match["word"].lower() == "of" and not _NAME.fullmatch(match["new"].removeprefix("the "))):
        return None
    same = re.search(rf"\b{match['word']}\s+(?:the\s+)?{CAPITALISED}", previous)
    if same is None:
        return None
    return f"{previous[: same.start()]}{match['word']} {match['new'].strip()}{previous[same.end() :]}"


def _with_person(question: str, person: str) -> str:
    """ "he" and "she" become the person."""
    return _HE.sub(lambda he: f"{person}’s" if he["owned"] else person, question, count=2)


def _people(history: Sequence[Turn]) -> list[str]:
    """Names that may be a person's, likeliest first: of each turn, latest first; then those of headlines."""
    spoken_of = [name for turn in reversed(history) for name in _spoken_of(turn)]
    in_headlines = [name for turn in reversed(history) for one in turn.answer.citations for name in _names(one.title)]
    return list(dict.fromkeys([*spoken_of, *(name for name in in_headlines if " " in name)]))


def _spoken_of(turn: Turn) -> Iterator[str]:
    """Whom the answer to "who" and the question name, and speakers; behind "in" or "at" a name is a place's."""
    own, _ = _said(turn)
    if own.lower().startswith("who") and not _WHO_IS.match(own):
        told = [one.answering for one in turn.answer.statements if one.answering]
        texts = told or [one.text for one in turn.answer.statements[:1]]
        yield from (name for text in texts for name in _names(f" {text}") if " " in name)
    named = [name for name in _names(own) if not _PLACE_OF.search(own[: own.find(name)])]
    named.sort(key=lambda name: name.split()[-1].casefold() in BODIES)
    yield from (name for name in named if " " in name)
    yield from (statement.speaker for statement in turn.answer.statements if statement.speaker)
    yield from named


def _names(text: str) -> Iterator[str]:
    """Runs of capitalised words, but for a single word at the beginning."""
    for match in _NAME.finditer(text):
        words = match[0].split()
        if match.start() == 0 and words[0].casefold() in STOPWORDS:
            words = words[1:]
        if words and (match.start() > 0 or len(words) > 1):
            yield re.sub(r"[’']s$", "", " ".join(words))


def _lending(question: str, before: str, lent: str) -> str:
    """The question with words of the one before in brackets: names, what that was lent itself, the rest."""
    said = set(_content(question))
    names = [word for name in _names(f"{before} ({lent})") for word in name.split()]
    known = {name.casefold() for name in names}
    words = names + [word for word in _content(f"{lent} {before}") if word not in known]
    missing = [word for word in dict.fromkeys(words) if word.casefold() not in said][:_SUBJECT_WORDS]
    return f"{question} ({' '.join(missing)})"[:LONGEST] if missing else question
