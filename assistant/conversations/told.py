"""Turns from what a client says was said before: it keeps the conversation, and sends it along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.conversations.followup import standalone
from assistant.types import Answer, Filter, Said, Statement, Turn
from ingest.language.sentences import sentences
from ingest.language.text import squeeze

_MARK = re.compile(r"\s?\[\d{1,3}\]")


def turns_of(said: Iterable[Said]) -> list[Turn]:
    """Turns by which a follow-up is understood. What they cited is not known, and they stand in no archive."""
    turns: list[Turn] = []
    for one in said:
        turns.append(_turn(one, turns))
    return turns


def _turn(said: Said, before: Sequence[Turn]) -> Turn:
    question, text = squeeze(said.question), _MARK.sub("", said.answer)
    answer = Answer(
        question=question,
        standalone=standalone(question, before),
        text=text,
        outcome="answered",
        statements=tuple(Statement(text=text[start:end], citations=()) for start, end in sentences(text)),
        citations=(),
        filters=Filter(),
        as_of=None,
        independent_sources=0,
        receipt=None,
        conversation_id="",
        model="extractive",
    )
    return Turn(question=question, answer=answer)
